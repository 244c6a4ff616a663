"""What a meeting sounds like and how loud it is."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.acts import Act
from accounts.services import audit
from meetings.access import meeting_of
from meetings.errors import NotMadeYet, RecordingDeleted
from meetings.models import Meeting
from meetings.openapi import problems
from meetings.responses import ObjectFile, object_response
from meetings.serializers import PeaksSerializer

TYPES = {
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "wma": "audio/x-ms-wma",
    "amr": "audio/amr",
    "3gp": "video/3gpp",
}
"""Types by the ending of a key; whatever else was uploaded is bytes and nothing more."""


class MediaQuery(serializers.Serializer[Any]):
    """Which rendition is asked for."""

    original = serializers.BooleanField(default=False)


class MeetingMedia(APIView):
    """The recording."""

    @extend_schema(
        operation_id="meetings_media",
        parameters=[
            OpenApiParameter("original", bool, description="The uploaded file, as a download."),
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="`bytes=0-1023`"),
        ],
        responses={
            (200, "audio/mp4"): OpenApiResponse(OpenApiTypes.BINARY, "The whole."),
            (206, "audio/mp4"): OpenApiResponse(OpenApiTypes.BINARY, "The range asked for."),
            302: OpenApiResponse(description="To a signed address, where objects lie on S3."),
            **problems(404, 410, 416),
        },
    )
    def get(self, request: Request, pk: Any) -> HttpResponseBase:
        """The playback rendition; ``Range`` is supported."""
        query = MediaQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        meeting = meeting_of(request.user, pk)
        return media_response(request, meeting, is_original=query.validated_data["original"])


def media_response(
    request: HttpRequest, meeting: Meeting, *, is_original: bool
) -> HttpResponseBase:
    """The uploaded file or the rendition, of which the audit log has a line an hour."""
    file = original(meeting) if is_original else rendition(meeting)
    response = object_response(request, file)
    what = Act.MEDIA_DOWNLOADED if is_original else Act.MEDIA_PLAYED
    audit.record(what, of=meeting, hourly=True)
    return response


def rendition(meeting: Meeting) -> ObjectFile:
    """What the player plays; NotMadeYet before convert is done, RecordingDeleted after its end."""
    _must_be_there(meeting)
    key = meeting.recording.rendition_key
    if not key:
        raise NotMadeYet
    return ObjectFile(key, type_of(key))


def original(meeting: Meeting) -> ObjectFile:
    """What was uploaded, as a download under its own name."""
    _must_be_there(meeting)
    key = meeting.recording.key
    return ObjectFile(key, type_of(key), filename=meeting.recording.filename)


def peaks_key(meeting: Meeting) -> str:
    """Where the waveform lies; NotMadeYet before convert is done, RecordingDeleted in the end."""
    _must_be_there(meeting)
    if not meeting.recording.peaks_key:
        raise NotMadeYet
    return meeting.recording.peaks_key


def _must_be_there(meeting: Meeting) -> None:
    if meeting.recording.deleted_at:
        raise RecordingDeleted


def type_of(key: str) -> str:
    """The content type of an object: a medium's, or plain bytes."""
    return TYPES.get(PurePosixPath(key).suffix[1:], "application/octet-stream")


class MeetingPeaks(APIView):
    """The waveform."""

    @extend_schema(
        operation_id="meetings_peaks", responses={200: PeaksSerializer, **problems(404, 410)}
    )
    def get(self, request: Request, pk: Any) -> HttpResponseBase:
        """Peaks for drawing; they never change, so they may be kept."""
        key = peaks_key(meeting_of(request.user, pk))
        file = ObjectFile(key, "application/json")
        headers = {"ETag": file.etag, "Cache-Control": "private, max-age=86400"}
        if request.headers.get("If-None-Match") == file.etag:
            return HttpResponse(status=304, headers=headers)
        with default_storage.open(key) as source:
            return HttpResponse(source.read(), content_type=file.content_type, headers=headers)
