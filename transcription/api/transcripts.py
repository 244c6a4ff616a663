"""Transcripts: read as JSON while they grow, exported in the formats of the trade."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.acts import Act
from accounts.services import audit
from meetings.access import meeting_of
from meetings.models import Meeting
from meetings.openapi import problems
from meetings.services import recordings
from transcription import exports
from transcription.documents import transcript_document
from transcription.models import Transcript
from transcription.serializers.transcripts import ExportQuery, TranscriptSerializer

PREVIEWED = 40
"""Lines of a preview, and the segments that it is made of."""


def current_document(meeting: Meeting, most: int | None = None) -> dict[str, Any]:
    """The meeting's transcript, finished or growing; an empty one before there is any.

    With ``most``, no more than so many segments from its beginning.
    """
    transcript = Transcript.objects.current(meeting)
    if transcript is not None:
        return transcript_document(transcript, most)
    return {
        "meeting": str(meeting.pk),
        "language": meeting.language,
        "engine": "",
        "model": "",
        "diarizer": "",
        "duration": meeting.recording.duration or 0.0,
        "complete": False,
        "speakers": [],
        "segments": [],
    }


class MeetingTranscript(APIView):
    """What was said."""

    @extend_schema(
        operation_id="meetings_transcript",
        responses={200: TranscriptSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Speakers, segments and words with seconds; partial while ``complete`` is false."""
        meeting = meeting_of(request.user, pk)
        audit.record(Act.MEETING_SEEN, of=meeting, hourly=True)
        return Response(current_document(meeting))


class TranscriptExport(APIView):
    """The transcript as a file."""

    @extend_schema(
        operation_id="meetings_transcript_export",
        parameters=[
            OpenApiParameter("format", enum=list(exports.FORMATS), required=True),
            OpenApiParameter("speakers", bool, description="With names; true unless told."),
            OpenApiParameter(
                "times",
                enum=[times.value for times in exports.Times],
                default=exports.Times.PARAGRAPH.value,
                description="Of txt, md: at every paragraph, at every segment, or none.",
            ),
            OpenApiParameter(
                "paragraphs",
                bool,
                description="Of txt, md: what a speaker says in a row is joined; true unless told.",
            ),
            OpenApiParameter(
                "marks",
                bool,
                description="Of txt, md, srt, vtt: [?] behind words that may be wrong.",
            ),
            OpenApiParameter("words", bool, description="Of json: each word; true unless told."),
            OpenApiParameter(
                "line",
                {"type": "integer", "minimum": 20, "maximum": 100, "default": 42},
                description="Of srt, vtt: characters of a line.",
            ),
            OpenApiParameter(
                "preview", bool, description="The first lines alone, as text/plain to be shown."
            ),
        ],
        responses={
            **{
                (200, file.content_type): OpenApiTypes.OBJECT
                if name == "json"
                else OpenApiTypes.STR
                for name, file in exports.FORMATS.items()
            },
            **problems(400, 404),
        },
    )
    def get(self, request: Request, pk: Any) -> HttpResponse:
        """A download in one of the formats; a growing transcript is exported as it is."""
        query = ExportQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        return file_of(meeting_of(request.user, pk), query.validated_data)


def file_of(meeting: Meeting, asked: Mapping[str, Any]) -> HttpResponse:
    """The transcript as a download, or its first lines, as ``ExportQuery`` says."""
    options = exports.Options(
        title=meeting.title,
        held_at=timezone.localtime(meeting.held_at),
        recording=PurePath(meeting.recording.filename).stem,
        remark=recordings.remark(meeting.recording),
        **asked["options"],
    )
    chosen = exports.FORMATS[asked["format"]]
    if asked["preview"]:
        return _preview(meeting, chosen, options)
    audit.record(Act.TRANSCRIPT_EXPORTED, of=meeting, format=asked["format"])
    return HttpResponse(
        chosen.write(current_document(meeting), options),
        content_type=f"{chosen.content_type}; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(
                True, f"{meeting.title}.{asked['format']}"
            ),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _preview(meeting: Meeting, chosen: exports.Format, options: exports.Options) -> HttpResponse:
    audit.record(Act.MEETING_SEEN, of=meeting, hourly=True)
    lines = chosen.write(current_document(meeting, PREVIEWED), options).splitlines()
    return HttpResponse(
        "\n".join(lines[:PREVIEWED]),
        content_type="text/plain; charset=utf-8",
        headers={"X-Content-Type-Options": "nosniff"},
    )
