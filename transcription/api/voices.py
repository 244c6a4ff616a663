"""Voices known again: remembered, suggested, listed, renamed, forgotten."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from meetings.access import caller
from meetings.openapi import problems
from transcription.access import known_voice_of, voiced_speaker_of
from transcription.documents import speaker_document
from transcription.known_voices import are_known
from transcription.models import KnownVoice, Speaker
from transcription.serializers.transcripts import SpeakerSerializer
from transcription.serializers.voices import (
    AnswerSerializer,
    KnownVoiceSerializer,
    RememberSerializer,
    VoiceRuleSerializer,
)
from transcription.services import voices


class SpeakerVoice(APIView):
    """How a speaker sounds, to be known again."""

    @extend_schema(
        operation_id="speakers_remember",
        request=RememberSerializer,
        responses={201: KnownVoiceSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Remember the voice under the speaker's name; only with the person's consent."""
        speaker = voiced_speaker_of(request.user, pk)
        RememberSerializer(data=request.data).is_valid(raise_exception=True)
        voice = voices.remember(speaker=speaker, by=caller(request))
        found = known_voice_of(request.user, voice.pk)
        return Response(KnownVoiceSerializer(found).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="speakers_take_back", responses={204: None, **problems(403, 404)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Delete what was remembered of this speaker; of other meetings it stays."""
        speaker = voiced_speaker_of(request.user, pk)
        voices.take_back(speaker=speaker, by=caller(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SpeakerSuggestion(APIView):
    """The known voice that a speaker sounds like."""

    @extend_schema(
        operation_id="speakers_answer_suggestion",
        request=AnswerSerializer,
        responses={200: SpeakerSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Accept it, which names the speaker, or refuse it; 409 where it is not suggested."""
        speaker = voiced_speaker_of(request.user, pk)
        form = AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        voice = _voice_of_home(speaker, form.validated_data["voice"])
        by = caller(request)
        if form.validated_data["accepted"]:
            speaker = voices.accept(speaker=speaker, voice=voice, by=by)
        else:
            voices.refuse(speaker=speaker, voice=voice, by=by)
        return Response(speaker_document(speaker))


class WorkspaceVoices(APIView):
    """Whom a workspace knows by voice."""

    @extend_schema(
        operation_id="workspace_voices_list",
        responses={200: KnownVoiceSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """All known voices, by name, without their vectors; not paged."""
        found = KnownVoice.objects.filter(workspace=workspace_of(request.user, pk)).listed()
        return Response(KnownVoiceSerializer(found, many=True).data)


class WorkspaceVoiceRule(APIView):
    """Whether a workspace knows voices again."""

    @extend_schema(
        operation_id="workspace_voices_rule", responses={200: VoiceRuleSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: int) -> Response:
        """It does unless its owners decided otherwise."""
        return Response({"is_on": are_known(workspace_of(request.user, pk).pk)})

    @extend_schema(
        operation_id="workspace_voices_set_rule",
        request=VoiceRuleSerializer,
        responses={200: VoiceRuleSerializer, **problems(400, 403, 404)},
    )
    def put(self, request: Request, pk: int) -> Response:
        """Switch it on or off, for owners; what is known stays unless it is to be forgotten."""
        workspace = workspace_of(request.user, pk, to_change=True)
        form = VoiceRuleSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        rule = voices.set_rule(workspace=workspace, by=caller(request), **form.validated_data)
        return Response({"is_on": rule.is_on})


class KnownVoiceDetail(APIView):
    """One known voice."""

    @extend_schema(
        operation_id="voices_update",
        request=KnownVoiceSerializer,
        responses={200: KnownVoiceSerializer, **problems(400, 403, 404, 409)},
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Another name; transcripts keep theirs. 409 ``name_taken``."""
        voice = known_voice_of(request.user, pk, to_change=True)
        form = KnownVoiceSerializer(voice, data=request.data)
        form.is_valid(raise_exception=True)
        voices.rename(voice=voice, name=form.validated_data["name"])
        return Response(KnownVoiceSerializer(voice).data)

    @extend_schema(operation_id="voices_delete", responses={204: None, **problems(403, 404)})
    def delete(self, request: Request, pk: int) -> Response:
        """Forget it: all vectors go, and with them what is suggested."""
        voices.forget(voice=known_voice_of(request.user, pk, to_change=True))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _voice_of_home(speaker: Speaker, pk: int) -> KnownVoice:
    """A known voice of the speaker's workspace; Http404 for any other."""
    home = speaker.transcript.meeting.workspace_id
    voice = KnownVoice.objects.filter(workspace=home, pk=pk).first()
    if voice is None:
        raise Http404
    return voice
