"""Minutes: read, and written anew."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.acts import Act
from accounts.services import audit
from meetings.access import meeting_of
from meetings.api.idempotent import answered_once
from meetings.api.meetings import start
from meetings.errors import NotMadeYet
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.serializers import JobSerializer
from reports.access import minutes_of
from reports.documents.minutes import minutes_document
from reports.models import Minutes
from reports.serializers.minutes import MinutesSerializer, NewVersionSerializer


class MeetingMinutes(APIView):
    """The minutes of a meeting."""

    @extend_schema(
        operation_id="meetings_minutes", responses={200: MinutesSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The newest version; 404 with the code ``not_ready`` before there is one."""
        meeting = meeting_of(request.user, pk)
        minutes = Minutes.objects.current(meeting)
        if minutes is None:
            raise NotMadeYet
        minutes.meeting = meeting
        audit.record(Act.MEETING_SEEN, of=meeting, hourly=True)
        return Response(minutes_document(minutes))

    @extend_schema(
        operation_id="meetings_minutes_create",
        request=NewVersionSerializer,
        parameters=[IDEMPOTENCY_KEY, location(202)],
        responses={202: JobSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Write a new version from the finished transcript; ``Location`` is the job to watch."""
        meeting = meeting_of(request.user, pk, to_change=True)
        form = NewVersionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = {name: value for name, value in form.validated_data.items() if value}
        options = {"from_stage": "report", **asked}
        return answered_once(request, lambda: start(request, meeting, options), fields=asked)


class MinutesDetail(APIView):
    """One version of the minutes."""

    @extend_schema(
        operation_id="minutes_retrieve", responses={200: MinutesSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The version with every statement and what it rests on."""
        minutes = minutes_of(request.user, pk)
        audit.record(Act.MEETING_SEEN, of=minutes.meeting, hourly=True)
        return Response(minutes_document(minutes))
