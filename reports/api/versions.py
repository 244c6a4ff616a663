"""Versions of a meeting's minutes: listed, copied, compared, written anew in part."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller, meeting_of
from meetings.api.idempotent import answered_once, as_json
from meetings.api.jobs import job_url
from meetings.documents import job_document
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.serializers import JobSerializer
from meetings.services.idempotency import Answer
from reports.access import minutes_of
from reports.documents.minutes import minutes_document, version_document
from reports.models import Minutes
from reports.serializers.minutes import MinutesSerializer
from reports.serializers.reviewing import (
    DifferenceSerializer,
    RegenerateSerializer,
    VersionSerializer,
)
from reports.services import comparing, regenerating, versions
from reports.services.regenerating import Scope


class MeetingVersions(APIView):
    """All versions of a meeting's minutes."""

    @extend_schema(
        operation_id="meetings_minutes_versions",
        responses={200: VersionSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The versions in brief, newest first; not paged."""
        rows = Minutes.objects.filter(meeting=meeting_of(request.user, pk)).in_brief()
        return Response([version_document(row) for row in rows])


class MinutesVersions(APIView):
    """A further version."""

    @extend_schema(
        operation_id="minutes_versions_create",
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: MinutesSerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """A draft that begins as a copy of this version, on the newest finished transcript."""
        minutes = minutes_of(request.user, pk, to_change=True)

        def act() -> Answer:
            made = versions.copy(minutes=minutes, by=caller(request))
            copied = Minutes.objects.with_content().get(pk=made.pk)
            copied.meeting = minutes.meeting
            document = minutes_document(copied)
            return Answer(status.HTTP_201_CREATED, as_json(document), f"/api/v1/minutes/{made.pk}/")

        return answered_once(request, act, fields={})


class MinutesDifference(APIView):
    """Two versions side by side."""

    @extend_schema(
        operation_id="minutes_diff",
        parameters=[
            OpenApiParameter(
                "against",
                int,
                description="A version of the same meeting; by default the one before.",
            )
        ],
        responses={200: DifferenceSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """What was added, dropped, changed (word by word) and moved since ``against``."""
        minutes = minutes_of(request.user, pk)
        found = comparing.compare(minutes, request.query_params.get("against", ""))
        if found is None:
            raise Http404
        return Response(found)


class MinutesRegenerate(APIView):
    """A draft written anew."""

    @extend_schema(
        operation_id="minutes_regenerate",
        request=RegenerateSerializer,
        parameters=[IDEMPOTENCY_KEY, location(202)],
        responses={202: JobSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Write a statement, a section or all anew; what people edited stays unless overwritten."""
        minutes = minutes_of(request.user, pk, to_change=True)
        form = RegenerateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        scope = Scope(
            minutes=str(minutes.pk),
            statement=str(asked.get("statement", "")),
            section=asked.get("section"),
            overwrite=asked["overwrite"],
        )

        def act() -> Answer:
            job = regenerating.ask(minutes=minutes, by=caller(request), scope=scope)
            return Answer(status.HTTP_202_ACCEPTED, as_json(job_document(job)), job_url(job))

        return answered_once(request, act, fields=as_json(asked))
