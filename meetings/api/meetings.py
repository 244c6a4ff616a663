"""Meetings: listed, uploaded, changed, deleted, processed again."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import (
    workspace_of,
)
from accounts.acts import (
    Act,
)
from accounts.services import audit
from meetings.access import caller, home_for, meeting_of, shown_to
from meetings.api.bin import CONFIRMATION, FOR_GOOD, deleted
from meetings.api.filters import MeetingFilter, StableOrdering
from meetings.api.idempotent import answered_once, as_json
from meetings.api.jobs import accepted, job_url
from meetings.documents import job_document
from meetings.errors import MembersOnly, NothingToCancel, UnacceptableRecording
from meetings.models import Job, Meeting
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.serializers import (
    JobSerializer,
    MeetingSerializer,
    ProcessSerializer,
    TicketSerializer,
    UploadedSerializer,
    UploadSerializer,
)
from meetings.services import (
    ingest,
    jobs,
    moving,
    processing,
    retention,
    templates,
    tickets,
    uploads,
)
from meetings.services.idempotency import Answer

TOLD = (
    *("title", "held_at", "language", "speakers", "participants", "agenda", "vocabulary"),
    "series",
)
"""What is told about a new meeting beside its recording."""

CARRIED = ("recording", "upload")
"""The recording: a file, or an upload that arrived in parts."""


class MeetingList(GenericAPIView[Meeting]):
    """The meetings in sight, and the way in for new ones."""

    serializer_class = MeetingSerializer
    filter_backends = [DjangoFilterBackend, StableOrdering]
    filterset_class = MeetingFilter
    ordering_fields: ClassVar[list[str]] = ["held_at", "created_at", "title"]
    ordering: ClassVar[list[str]] = ["-held_at"]
    queryset = Meeting.objects.none()

    def get_queryset(self) -> Any:
        """What the caller may see."""
        return Meeting.objects.visible_to(self.request.user).in_brief()

    def get_parsers(self) -> list[Any]:
        """Only a form can carry a file; JSON names one that was sent in parts."""
        return [MultiPartParser(), JSONParser()]

    @extend_schema(operation_id="meetings_list", responses={200: MeetingSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Meetings, newest first, each with its latest job in brief."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        shown_to(request.user, page)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="meetings_create",
        request={
            "multipart/form-data": UploadSerializer,
            "application/json": UploadedSerializer,
        },
        parameters=[IDEMPOTENCY_KEY, location(202)],
        responses={202: MeetingSerializer, **problems(400, 402, 403, 409, 413, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        """Upload a recording, in the same form or in parts before; processing begins at once.

        ``Location`` is the job to watch.
        """
        is_form = (request.content_type or "").startswith(MultiPartParser.media_type)
        serializer = UploadSerializer if is_form else UploadedSerializer
        form = serializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        fields = dict(form.validated_data)
        recording = fields.pop("recording", None)
        for name in ("workspace", "series", "upload"):
            fields[name] = fields[name].pk if fields.get(name) else None

        def act() -> Answer:
            return self._begin(form.validated_data)

        try:
            return answered_once(request, act, fields=fields, upload=recording)
        except UnacceptableRecording as error:
            if not is_form and not error.retryable:
                uploads.discard(upload=form.validated_data["upload"])
            raise

    def _begin(self, asked: dict[str, Any]) -> Answer:
        home = home_for(self.request.user, asked.get("workspace"), asked.get("series"))
        templates.check(asked.get("template", ""), home.pk)
        take: Callable[..., Job] = ingest.upload if "recording" in asked else ingest.adopt
        job = take(
            workspace=home,
            by=caller(self.request),
            options={"template": asked["template"]} if asked.get("template") else {},
            **{name: asked[name] for name in (*CARRIED, *TOLD) if name in asked},
        )
        meeting = self.get_queryset().get(pk=job.meeting_id)
        return Answer(
            status.HTTP_202_ACCEPTED, as_json(self.get_serializer(meeting).data), job_url(job)
        )


class MeetingDetail(APIView):
    """One meeting."""

    @extend_schema(operation_id="meetings_retrieve", responses=MeetingSerializer)
    def get(self, request: Request, pk: Any) -> Response:
        """The meeting with its latest job in brief."""
        meeting = meeting_of(request.user, pk)
        audit.record(Act.MEETING_SEEN, of=meeting, hourly=True)
        return Response(MeetingSerializer(meeting).data)

    @extend_schema(
        operation_id="meetings_update",
        request=MeetingSerializer(partial=True),
        responses={200: MeetingSerializer, **problems(400, 402, 403, 404)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Change what is known about the meeting; `workspace` moves it, out of its series."""
        meeting = meeting_of(request.user, pk, to_change=True)
        form = MeetingSerializer(
            meeting, data=request.data, partial=True, context={"request": request}
        )
        form.is_valid(raise_exception=True)
        home = form.validated_data.pop("workspace", None)
        if {"workspace", "series", "is_exempt"} & set(request.data) and meeting.shown_alone:
            raise MembersOnly
        exempt = form.validated_data.pop("is_exempt", meeting.is_exempt)
        fields = sorted(form.validated_data)
        if exempt != meeting.is_exempt:
            workspace_of(request.user, meeting.workspace_id, to_change=True)
        with transaction.atomic():
            if exempt != meeting.is_exempt:
                retention.exempt(meeting=meeting, is_exempt=exempt)
            if fields:
                form.save()
                audit.record(Act.MEETING_CHANGED, of=meeting, fields=fields)
            if home is not None:
                moving.move(meeting=meeting, workspace=home)
        return Response(MeetingSerializer(meeting).data)

    @extend_schema(
        operation_id="meetings_delete",
        parameters=[CONFIRMATION, FOR_GOOD],
        responses={204: None, **problems(400, 403, 404, 409)},
    )
    def delete(self, request: Request, pk: Any) -> Response:
        """Move the meeting to the bin with all that was made of it; or delete it for good."""
        return deleted(request, meeting_of(request.user, pk, to_govern=True))


class MeetingProcess(APIView):
    """Process a meeting once more."""

    @extend_schema(
        operation_id="meetings_process",
        request=ProcessSerializer,
        parameters=[IDEMPOTENCY_KEY, location(202)],
        responses={202: JobSerializer, **problems(400, 402, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """A new job from ``from_stage``; what comes before is kept. 409 while a job runs."""
        meeting = meeting_of(request.user, pk, to_change=True)
        form = ProcessSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        options = {key: value for key, value in form.validated_data.items() if value}
        return answered_once(
            request, lambda: start(request, meeting, options), fields=form.validated_data
        )


def start(request: Request, meeting: Meeting, options: dict[str, Any]) -> Answer:
    """A new job, as the answer to the request that asked for it."""
    asked = dict(options)
    templates.check(asked.get("template", ""), meeting.workspace_id)
    from_stage = asked.pop("from_stage")
    job = processing.process(
        meeting=meeting, by=caller(request), from_stage=from_stage, options=asked
    )
    return Answer(status.HTTP_202_ACCEPTED, as_json(job_document(job)), job_url(job))


class MeetingCancel(APIView):
    """Stop the work on a meeting."""

    @extend_schema(
        operation_id="meetings_cancel",
        request=None,
        parameters=[location(202)],
        responses={202: JobSerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Cancel the active job; what its finished stages made is kept."""
        meeting = meeting_of(request.user, pk, to_change=True)
        job = meeting.job
        if job is None or not jobs.cancel(job=job):
            raise NothingToCancel
        return accepted(request, job)


class MeetingTicket(APIView):
    """The way to the socket for programs that have no session."""

    @extend_schema(
        operation_id="meetings_ticket",
        request=None,
        responses={201: TicketSerializer, **problems(404)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """A ticket to open ``/ws/meetings/{id}/?token=…`` once, within a minute."""
        meeting = meeting_of(request.user, pk)
        ticket = tickets.issue(user=caller(request), meeting_id=meeting.pk)
        return Response(
            {"ticket": ticket, "expires_in": tickets.SECONDS},
            status=status.HTTP_201_CREATED,
            headers={"Cache-Control": "no-store"},
        )
