"""Who speaks in a meeting: how long, from when, and what to hear of them; as JSON and a table."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.acts import Act
from accounts.services import audit
from meetings.openapi import problems
from transcription.access import transcript_of
from transcription.known_voices import known_to
from transcription.roll import ORDERS, Roll, roll_of
from transcription.roll_table import csv_of
from transcription.serializers.roll import RollQuery, RollSerializer

ORDERING = OpenApiParameter(
    "ordering",
    enum=list(ORDERS),
    description="By talk time (unless told), by who speaks first, by name.",
)


class MeetingSpeakers(APIView):
    """Who speaks."""

    @extend_schema(
        operation_id="meetings_speakers",
        parameters=[ORDERING],
        responses={200: RollSerializer, **problems(400, 404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Talk time, silence and overlap, and samples to hear; 404 before there is a transcript."""
        roll = _asked(request, pk)
        audit.record(Act.MEETING_SEEN, of=roll.transcript.meeting, hourly=True)
        return Response(RollSerializer(known_to(roll, request.user)).data)


class SpeakersExport(APIView):
    """The same as a table."""

    @extend_schema(
        operation_id="meetings_speakers_export",
        parameters=[ORDERING],
        responses={(200, "text/csv"): OpenApiTypes.STR, **problems(400, 404)},
    )
    def get(self, request: Request, pk: Any) -> HttpResponse:
        """CSV in the reader's language (UTF-8 with a byte order mark); no cell is a formula."""
        roll = _asked(request, pk)
        meeting = roll.transcript.meeting
        audit.record(Act.TRANSCRIPT_EXPORTED, of=meeting, format="speakers.csv")
        name = f"{meeting.title}, {_('Speakers').lower()}.csv"
        return HttpResponse(
            csv_of(roll),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": content_disposition_header(True, name),
                "X-Content-Type-Options": "nosniff",
            },
        )


def _asked(request: Request, pk: Any) -> Roll:
    query = RollQuery(data=request.query_params)
    transcript = transcript_of(request.user, pk)
    query.is_valid(raise_exception=True)
    return roll_of(transcript, query.validated_data["ordering"])
