"""Moments that people marked, for themselves or for everybody."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller, meeting_of
from meetings.api.idempotent import answered_once, as_json
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.services.idempotency import Answer
from transcription.access import bookmark_of
from transcription.models import Bookmark
from transcription.serializers.bookmarks import BookmarkChangeSerializer, BookmarkSerializer
from transcription.services import bookmarking


class MeetingBookmarks(APIView):
    """The marked moments of a meeting."""

    @extend_schema(
        operation_id="meetings_bookmarks",
        responses={200: BookmarkSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The caller's own and everybody's comments, as the recording goes; not paged."""
        meeting = meeting_of(request.user, pk)
        shown = Bookmark.objects.visible_to(request.user).filter(meeting=meeting).in_order()
        return Response(BookmarkSerializer(shown, many=True).data)

    @extend_schema(
        operation_id="meetings_bookmarks_create",
        request=BookmarkSerializer,
        parameters=[IDEMPOTENCY_KEY, location(201, what="The bookmark.")],
        responses={201: BookmarkSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Mark a moment for oneself; editors also with a comment for everybody."""
        meeting = meeting_of(request.user, pk)
        form = BookmarkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = form.validated_data

        def act() -> Answer:
            made = bookmarking.add(
                meeting=meeting,
                by=caller(request),
                at=told["at"],
                text=told["text"],
                shared=told["is_shared"],
            )
            where = reverse("api:bookmark", args=[made.pk])
            return Answer(status.HTTP_201_CREATED, as_json(BookmarkSerializer(made).data), where)

        return answered_once(request, act, fields=told)


class BookmarkDetail(APIView):
    """One of them."""

    @extend_schema(
        operation_id="bookmarks_update",
        request=BookmarkChangeSerializer,
        responses={200: BookmarkSerializer, **problems(400, 403, 404)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Another note, by its author; a comment settled or opened, by editors too."""
        bookmark = bookmark_of(request.user, pk)
        form = BookmarkChangeSerializer(bookmark, data=request.data)
        form.is_valid(raise_exception=True)
        changed = bookmarking.change(bookmark=bookmark, by=caller(request), **form.validated_data)
        return Response(BookmarkSerializer(changed).data)

    @extend_schema(operation_id="bookmarks_destroy", responses={204: None, **problems(403, 404)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Take it away: its author, of a comment any editor."""
        bookmarking.remove(bookmark=bookmark_of(request.user, pk), by=caller(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
