"""Voices named and merged."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller
from meetings.openapi import problems
from transcription.access import speaker_of
from transcription.documents import speaker_document
from transcription.errors import UnknownSpeaker
from transcription.models import Speaker
from transcription.serializers.editing import SpeakerChangeSerializer, SpeakerMergeSerializer
from transcription.serializers.transcripts import SpeakerSerializer
from transcription.services import speakers


class SpeakerDetail(APIView):
    """One voice of a transcript."""

    @extend_schema(
        operation_id="speakers_retrieve",
        responses={200: SpeakerSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The speaker's label, name and place."""
        return Response(speaker_document(speaker_of(request.user, pk)))

    @extend_schema(
        operation_id="speakers_update",
        request=SpeakerChangeSerializer,
        responses={200: SpeakerSerializer, **problems(400, 403, 404, 409)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Name them, in the transcript and in the drafts of its minutes."""
        speaker = speaker_of(request.user, pk, to_change=True)
        form = SpeakerChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        named = speakers.rename(speaker=speaker, by=caller(request), **form.validated_data)
        return Response(speaker_document(named))


class SpeakerMerge(APIView):
    """Two voices that are one person's."""

    @extend_schema(
        operation_id="speakers_merge",
        request=SpeakerMergeSerializer,
        responses={200: SpeakerSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Give all that this speaker said to another, who is answered."""
        speaker = speaker_of(request.user, pk, to_change=True)
        form = SpeakerMergeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        into = Speaker.objects.filter(
            transcript=speaker.transcript_id, pk=form.validated_data["into"]
        ).first()
        if into is None:
            raise UnknownSpeaker
        heir = speakers.merge(speaker=speaker, into=into, by=caller(request))
        return Response(speaker_document(heir))
