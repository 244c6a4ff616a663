"""The statements of a draft: added, changed, moved, dropped, checked as one types."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.services.idempotency import Answer
from reports.access import minutes_of, statement_of
from reports.documents.minutes import statement_document
from reports.models import Minutes, Statement
from reports.serializers.editing import (
    NewStatementSerializer,
    StatementChangeSerializer,
    StatementCheckSerializer,
    StatementConflictSerializer,
    StatementDropSerializer,
    VerdictSerializer,
)
from reports.serializers.minutes import StatementSerializer
from reports.services import editing, verdicts
from reports.services.editing import Place
from reports.templatetags.minutes import reason_label
from reports.writers import base
from transcription.models import Transcript

CONFLICT = {
    (409, "application/problem+json"): OpenApiResponse(
        StatementConflictSerializer,
        "Changed meanwhile (`current` is the statement as it stands), or no draft.",
    )
}


class MinutesStatements(APIView):
    """The statements of a draft."""

    @extend_schema(
        operation_id="minutes_statements_create",
        request=NewStatementSerializer,
        parameters=[IDEMPOTENCY_KEY, location(201, what="The statement.")],
        responses={201: StatementSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Add a statement, or bring back a dropped one with ``restore``."""
        minutes = minutes_of(request.user, pk, to_change=True)
        form = NewStatementSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def act() -> Answer:
            made = added(form, minutes, caller(request))
            where = reverse("api:statement", args=[made.pk])
            return Answer(status.HTTP_201_CREATED, as_json(statement_document(made)), where)

        return answered_once(request, act, fields=as_json(request.data))


class MinutesCheck(APIView):
    """A statement that is not there yet."""

    @extend_schema(
        operation_id="minutes_statements_check",
        request=StatementCheckSerializer,
        responses={200: VerdictSerializer, **problems(400, 403, 404)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """The verdict on a new statement; nothing is stored."""
        minutes = minutes_of(request.user, pk, to_change=True)
        return checked(request, minutes.transcript, None)


class StatementDetail(APIView):
    """One statement of a draft."""

    @extend_schema(
        operation_id="statements_update",
        request=StatementChangeSerializer,
        responses={200: StatementSerializer, **CONFLICT, **problems(400, 403, 404)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Change or move it; ``revision`` is the one that was read, else 409 with what is there."""
        statement = statement_of(request.user, pk)
        form = StatementChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        changed = editing.change(
            statement=statement,
            by=caller(request),
            revision=form.validated_data["revision"],
            wording=form.wording,
            spans=form.spans,
            place=form.place(statement.section_id),
        )
        return Response(statement_document(changed))

    @extend_schema(
        operation_id="statements_delete",
        parameters=[OpenApiParameter("revision", int, required=True)],
        responses={204: None, **CONFLICT, **problems(400, 403, 404)},
    )
    def delete(self, request: Request, pk: Any) -> Response:
        """Drop it; ``minutes/{id}/statements/`` brings it back by its lineage."""
        statement = statement_of(request.user, pk)
        form = StatementDropSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        editing.drop(
            statement=statement, by=caller(request), revision=form.validated_data["revision"]
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class StatementCheck(APIView):
    """A statement as it would be."""

    @extend_schema(
        operation_id="statements_check",
        request=StatementCheckSerializer,
        responses={200: VerdictSerializer, **problems(400, 403, 404)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """The verdict on the statement with these words and evidence; nothing is stored."""
        statement = statement_of(request.user, pk)
        return checked(request, statement.section.minutes.transcript, statement)


def added(form: NewStatementSerializer, minutes: Minutes, by: User) -> Statement:
    """The statement that was asked for: a new one, or one that was dropped."""
    asked = form.validated_data
    if "restore" in asked:
        return editing.restore(minutes=minutes, by=by, lineage=asked["restore"])
    place = Place(asked["section"], asked.get("position"))
    return editing.add(
        minutes=minutes, by=by, place=place, wording=form.wording, spans=form.spans or []
    )


def checked(request: Request, transcript: Transcript, row: Statement | None) -> Response:
    """The verdict on what the request proposes."""
    form = StatementCheckSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    value: base.Statement = editing.proposed(transcript, row, form.wording, form.spans)
    [found] = verdicts.check(transcript, [value])
    return Response(
        {
            "verdict": found.verdict,
            "reason": found.reason,
            "label": reason_label(found.reason) if found.reason else "",
            "words": found.words,
        }
    )
