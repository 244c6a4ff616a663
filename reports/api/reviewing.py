"""Review and approval: sent, approved, returned, talked about."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.services.idempotency import Answer
from reports.access import minutes_of
from reports.documents.minutes import approval_document
from reports.models import Comment, Minutes
from reports.serializers.reviewing import (
    CommentSerializer,
    ResolveSerializer,
    ReturnSerializer,
    ReviewStateSerializer,
    SendSerializer,
)
from reports.services import approving, commenting


def review_of(minutes: Minutes, *, seen: Minutes | None = None) -> Response:
    """How far the version is, for who was shown it as ``seen``."""
    minutes.meeting = (seen or minutes).meeting
    reviews = approving.current(minutes).select_related("reviewer")
    state = {
        "state": minutes.state,
        "reviewers": reviews,
        "candidates": approving.candidates(minutes),
        "approval": approval_document(minutes),
    }
    return Response(ReviewStateSerializer(state).data)


class MinutesReview(APIView):
    """The review of a version."""

    @extend_schema(
        operation_id="minutes_review_retrieve",
        responses={200: ReviewStateSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Who was asked and what they decided; who may be asked."""
        return review_of(minutes_of(request.user, pk))

    @extend_schema(
        operation_id="minutes_review",
        request=SendSerializer,
        responses={200: ReviewStateSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Send the draft to reviewers; its text stands still until they have decided."""
        minutes = minutes_of(request.user, pk, to_change=True)
        form = SendSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sent = approving.send(
            minutes=minutes, by=caller(request), reviewers=form.validated_data["reviewers"]
        )
        return review_of(sent, seen=minutes)


class MinutesApprove(APIView):
    """A reviewer's yes."""

    @extend_schema(
        operation_id="minutes_approve",
        request=None,
        responses={200: ReviewStateSerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Approve; the last reviewer's yes gives the number and freezes the content."""
        minutes = minutes_of(request.user, pk)
        approved = approving.approve(minutes=minutes, by=caller(request))
        return review_of(approved, seen=minutes)


class MinutesReturn(APIView):
    """A reviewer's no."""

    @extend_schema(
        operation_id="minutes_return",
        request=ReturnSerializer,
        responses={200: ReviewStateSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Make it a draft again and say why; for reviewers and for editors."""
        minutes = minutes_of(request.user, pk)
        form = ReturnSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        back = approving.give_back(
            minutes=minutes, by=caller(request), reason=form.validated_data["reason"]
        )
        return review_of(back, seen=minutes)


class MinutesComments(APIView):
    """What people say about a version."""

    @extend_schema(
        operation_id="minutes_comments",
        responses={200: CommentSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """All comments, oldest first; not paged."""
        comments = minutes_of(request.user, pk).comments.select_related("author", "resolved_by")
        return Response(CommentSerializer(comments, many=True).data)

    @extend_schema(
        operation_id="minutes_comments_create",
        request=CommentSerializer,
        parameters=[IDEMPOTENCY_KEY, location(201, what="The comment.")],
        responses={201: CommentSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Comment on a statement by its lineage, or on the whole."""
        minutes = minutes_of(request.user, pk)
        form = CommentSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def act() -> Answer:
            made = commenting.add(minutes=minutes, by=caller(request), **form.validated_data)
            where = reverse("api:comment", args=[made.pk])
            return Answer(status.HTTP_201_CREATED, as_json(CommentSerializer(made).data), where)

        return answered_once(request, act, fields=form.validated_data)


class CommentDetail(APIView):
    """One comment."""

    @extend_schema(
        operation_id="comments_update",
        request=ResolveSerializer,
        responses={200: CommentSerializer, **problems(400, 403, 404, 409)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Settle it, or open it again."""
        visible = Comment.objects.filter(minutes__in=Minutes.objects.visible_to(request.user))
        comment = visible.select_related("minutes", "author").filter(pk=pk).first()
        if comment is None:
            raise Http404
        form = ResolveSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        settled = commenting.resolve(
            comment=comment, by=caller(request), is_resolved=form.validated_data["resolved"]
        )
        return Response(CommentSerializer(settled).data)
