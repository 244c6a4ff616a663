"""Which voices of a transcript sound like those that its workspace knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import F, Sum

from accounts.models import Workspace
from meetings.models import Meeting
from transcription.models import (
    KnownVoice,
    Speaker,
    Transcript,
    VoiceRefusal,
    VoiceRule,
    VoiceSample,
)
from transcription.models.voices import KnownVoiceQuerySet
from transcription.roll import Roll, Suggestion
from transcription.voiceprints import ENOUGH, Sound, likenesses, mean_of, similarity

SAME = 0.9999
"""The cosine from which two embeddings of one recording are the same one, stored twice."""


def are_known(workspace_id: Any) -> bool:
    """Whether the workspace's owners let it know voices again."""
    return not VoiceRule.objects.filter(workspace=workspace_id, is_on=False).exists()


def may_know(user: Any, meeting: Meeting) -> bool:
    """Whether ``user`` is asked: an editor of the workspace, where it knows voices.

    Not who is let into the meeting alone: they would learn who else speaks in the workspace.
    """
    home = Workspace.objects.editable_by(user).filter(pk=meeting.workspace_id)
    return home.exists() and are_known(meeting.workspace_id)


def sounds_of(transcript: Transcript, speakers: Iterable[Speaker]) -> dict[int, Sound]:
    """The sound of those of ``speakers`` whose embedding is stored, by id, in one query.

    Of voices that people merged it is the mean of all of them, weighed by what was heard of each.
    """
    wanted = {speaker.pk for speaker in speakers}
    rows = (
        Speaker.everyone.filter(transcript=transcript, embedding__isnull=False)
        .annotate(heard=Sum(F("turns__end") - F("turns__start"), default=0.0))
        .values_list("pk", "merged_into", "embedding", "heard")
    )
    heard: dict[int, list[Sound]] = defaultdict(list)
    for pk, heir, embedding, seconds in rows:
        heard[heir or pk].append(Sound(embedding or (), seconds))
    found = {pk: mean_of(sounds) for pk, sounds in heard.items() if pk in wanted}
    return {pk: sound for pk, sound in found.items() if sound}


def suggestions_of(transcript: Transcript) -> dict[int, Suggestion]:
    """By speaker's id, those without a name that sound like a known voice of the same model."""
    if not _comparable(transcript).exists():
        return {}
    return _suggested(transcript, sounds_of(transcript, transcript.speakers.filter(name="")))


def known_to(roll: Roll, user: Any) -> Roll:
    """The roll with suggestions and what is remembered, where ``user`` is asked about voices."""
    transcript = roll.transcript
    if not may_know(user, transcript.meeting):
        return roll
    speakers = [row.speaker for row in roll.rows]
    sounds = sounds_of(transcript, speakers)
    nameless = {s.pk: sounds[s.pk] for s in speakers if not s.name and s.pk in sounds}
    suggested = _suggested(transcript, nameless)
    samples = samples_of(transcript, speakers, sounds)
    rows = [
        replace(
            row,
            suggestion=suggested.get(row.speaker.pk),
            remembered=_voice_of(samples.get(row.speaker.pk)),
            is_heard=_is_enough(sounds.get(row.speaker.pk)),
        )
        for row in roll.rows
    ]
    return replace(roll, rows=rows, knows_voices=True)


def samples_of(
    transcript: Transcript, speakers: Iterable[Speaker], sounds: Mapping[int, Sound]
) -> dict[int, VoiceSample]:
    """What of ``speakers`` is remembered, by id, in one query.

    Also where it was in an earlier transcript of the meeting that heard the same voice: processed
    again without a new diarization, a meeting has new speakers with the old embeddings.
    """
    rows = VoiceSample.objects.filter(speaker__transcript__meeting=transcript.meeting_id)
    samples = list(rows.select_related("voice", "speaker").defer("voice__vector").order_by("pk"))
    found = {}
    for speaker in speakers:
        for sample in samples:
            if sample.speaker_id == speaker.pk or _is_twin(sample, speaker, sounds):
                found[speaker.pk] = sample
    return found


def _is_twin(sample: VoiceSample, speaker: Speaker, sounds: Mapping[int, Sound]) -> bool:
    """Whether the sample is of the same voice of the same recording, in another transcript."""
    if sample.speaker.transcript_id == speaker.transcript_id or speaker.pk not in sounds:
        return False
    is_same_label = sample.speaker.label == speaker.label
    return is_same_label and similarity(sample.vector, sounds[speaker.pk].vector) > SAME


def _voice_of(sample: VoiceSample | None) -> KnownVoice | None:
    return sample.voice if sample else None


def _comparable(transcript: Transcript) -> KnownVoiceQuerySet:
    home = transcript.meeting.workspace_id
    return KnownVoice.objects.filter(workspace=home, model=transcript.diarizer)


def _suggested(transcript: Transcript, sounds: Mapping[int, Sound]) -> dict[int, Suggestion]:
    known = {voice.pk: voice for voice in _comparable(transcript)} if sounds else {}
    if not known:
        return {}
    pairs = VoiceRefusal.objects.filter(speaker__in=sounds).values_list("speaker", "voice")
    vectors = {pk: voice.vector for pk, voice in known.items()}
    found = likenesses(sounds, vectors, set(pairs))
    return {pk: Suggestion(known[like.known], like.similarity) for pk, like in found.items()}


def _is_enough(sound: Sound | None) -> bool:
    return sound is not None and sound.seconds >= ENOUGH
