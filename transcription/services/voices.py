"""Voices remembered, recognised and forgotten: only where a person asks for it."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import audit
from transcription import known_voices, rewording
from transcription.errors import (
    NotSuggested,
    VoiceHasNoName,
    VoiceNameTaken,
    VoiceNotHeard,
    VoicesAreOff,
)
from transcription.models import KnownVoice, Speaker, VoiceRefusal, VoiceRule, VoiceSample
from transcription.services import speakers
from transcription.voiceprints import ENOUGH, Sound, mean_of


@transaction.atomic
def remember(*, speaker: Speaker, by: User) -> KnownVoice:
    """Know this voice again, under its name, in later meetings of the workspace.

    A sample is added to what is known of the name; earlier ones of this meeting give way to it.
    That the person agrees is the caller's to ask. VoicesAreOff, VoiceHasNoName, VoiceNotHeard.
    """
    transcript = speaker.transcript
    home = transcript.meeting.workspace
    if not known_voices.are_known(home.pk):
        raise VoicesAreOff
    if not speaker.name:
        raise VoiceHasNoName
    sound = known_voices.sounds_of(transcript, [speaker]).get(speaker.pk)
    if sound is None or sound.seconds < ENOUGH or not transcript.diarizer:
        raise VoiceNotHeard
    Workspace.objects.select_for_update(of=("self",), no_key=True).get(pk=home.pk)
    voice = _voice_named(home, speaker.name, transcript.diarizer, sound, by)
    others = _samples_to_replace(speaker, voice)
    touched = {voice.pk, *others.values_list("voice", flat=True)}
    others.delete()
    VoiceSample.objects.create(
        voice=voice, speaker=speaker, vector=list(sound.vector), seconds=sound.seconds, added_by=by
    )
    made_anew(touched)
    audit.record(Act.VOICE_REMEMBERED, of=voice, by=by, meeting=str(transcript.meeting_id))
    voice.refresh_from_db()
    return voice


@transaction.atomic
def take_back(*, speaker: Speaker, by: User) -> None:
    """Remember this meeting's voice no more; what is known from other meetings stays."""
    sample = _sample_of(speaker)
    if sample is None:
        return
    audit.record(
        Act.VOICE_TAKEN_BACK, of=sample.voice, by=by, meeting=str(speaker.transcript.meeting_id)
    )
    sample.delete()
    made_anew({sample.voice_id})


@transaction.atomic
def accept(*, speaker: Speaker, voice: KnownVoice, by: User) -> Speaker:
    """Give the speaker the name of the voice that was suggested; NotSuggested where it is not."""
    _must_be_suggested(speaker, voice)
    named = speakers.rename(speaker=speaker, by=by, name=voice.name)
    audit.record(Act.VOICE_ACCEPTED, of=voice, by=by, meeting=str(speaker.transcript.meeting_id))
    return named


@transaction.atomic
def refuse(*, speaker: Speaker, voice: KnownVoice, by: User) -> None:
    """This is somebody else: the voice is not suggested for the speaker again."""
    _must_be_suggested(speaker, voice)
    VoiceRefusal.objects.get_or_create(speaker=speaker, voice=voice, defaults={"refused_by": by})
    audit.record(Act.VOICE_REFUSED, of=voice, by=by, meeting=str(speaker.transcript.meeting_id))


@transaction.atomic
def rename(*, voice: KnownVoice, name: str) -> KnownVoice:
    """Another name for what is suggested from now on; transcripts keep theirs. VoiceNameTaken."""
    voice.name = rewording.tidy(name)
    try:
        with transaction.atomic():
            voice.save(update_fields=["name", "changed_at"])
    except IntegrityError as error:
        raise VoiceNameTaken from error
    audit.record(Act.VOICE_RENAMED, of=voice)
    return voice


@transaction.atomic
def forget(*, voice: KnownVoice) -> None:
    """Delete how the person sounds: the voice, its samples, and the embeddings they came from.

    Suggestions go with it. Names in transcripts and minutes stay.
    """
    audit.record(Act.VOICE_FORGOTTEN, of=voice)
    for sample in voice.samples.select_related("speaker__transcript"):
        home = sample.speaker.transcript.meeting_id
        same = Speaker.everyone.filter(transcript__meeting=home, embedding__isnull=False)
        mine = same.filter(pk=sample.speaker_id) | same.filter(merged_into=sample.speaker_id)
        copies = [row.embedding for row in mine]
        same.filter(embedding__in=copies).update(embedding=None)
    voice.delete()


@transaction.atomic
def set_rule(*, workspace: Workspace, by: User, is_on: bool, forget_all: bool = False) -> VoiceRule:
    """Let the workspace know voices again or not; ``forget_all`` deletes those it knows."""
    rule, _is_new = VoiceRule.objects.update_or_create(
        workspace=workspace, defaults={"is_on": is_on, "changed_by": by}
    )
    audit.record(Act.VOICES_SWITCHED, of=workspace, by=by, is_on=is_on, forget_all=forget_all)
    if forget_all:
        for voice in KnownVoice.objects.filter(workspace=workspace):
            forget(voice=voice)
    return rule


def made_anew(voice_ids: Any) -> None:
    """The vectors of these voices from the samples they have now; those without any go."""
    held = KnownVoice.objects.select_for_update(of=("self",)).order_by("pk")
    for voice in held.filter(pk__in=voice_ids).prefetch_related("samples"):
        mean = mean_of(Sound(sample.vector, sample.seconds) for sample in voice.samples.all())
        if mean is None:
            voice.delete()
            continue
        voice.vector, voice.seconds = list(mean.vector), mean.seconds
        voice.save(update_fields=["vector", "seconds", "changed_at"])


def _voice_named(home: Workspace, name: str, model: str, sound: Sound, by: User) -> KnownVoice:
    """What is known of the name by this model, begun where there is nothing."""
    of_model = KnownVoice.objects.filter(workspace=home, model=model)
    found = of_model.filter(name__iexact=name).select_for_update(of=("self",)).first()
    if found:
        return found
    return KnownVoice.objects.create(
        workspace=home,
        name=name,
        model=model,
        dimension=len(sound.vector),
        vector=list(sound.vector),
        seconds=sound.seconds,
        made_by=by,
    )


def _samples_to_replace(speaker: Speaker, voice: KnownVoice) -> Any:
    """The speaker's own, of whatever voice, and those of the meeting's earlier transcripts."""
    own = _sample_of(speaker)
    meeting = speaker.transcript.meeting_id
    earlier = VoiceSample.objects.filter(voice=voice, speaker__transcript__meeting=meeting)
    earlier = earlier.exclude(speaker__transcript=speaker.transcript_id)
    return VoiceSample.objects.filter(pk__in=[own.pk] if own else []) | earlier


def _sample_of(speaker: Speaker) -> VoiceSample | None:
    """What of this voice of the meeting is remembered."""
    sounds = known_voices.sounds_of(speaker.transcript, [speaker])
    return known_voices.samples_of(speaker.transcript, [speaker], sounds).get(speaker.pk)


def _must_be_suggested(speaker: Speaker, voice: KnownVoice) -> None:
    suggestion = known_voices.suggestions_of(speaker.transcript).get(speaker.pk)
    home = speaker.transcript.meeting.workspace_id
    if suggestion is None or suggestion.voice != voice or not known_voices.are_known(home):
        raise NotSuggested
