"""The stage transcribe: windows of speech, one after another, each kept and shown as it comes."""

import math
from collections import Counter
from collections.abc import Sequence

from django.db.models.functions import Now

from meetings import events, storage
from meetings.media.waveform import Samples
from meetings.pipeline import Claim, Commit, Spread
from transcription import languages, registry, windows
from transcription.documents import segment_document
from transcription.engines.base import (
    SAMPLE_RATE,
    Audio,
    Diarization,
    Recognition,
    Recognizer,
    Sound,
)
from transcription.models import Transcript, Window
from transcription.services import segments, transcripts

WINDOWS_A_SHARD = 4
"""Windows that a worker takes at once, two minutes at most."""
PLANNING = 0.1
"""The share of the stage at which its windows are planned."""


def transcribe(claim: Claim) -> Commit | Spread:
    """Plan the windows, have them recognised, each once, and see what was spoken."""
    transcript = transcripts.of_claim(claim)
    recording = transcript.meeting.recording
    recognizer = registry.recognizer()
    with storage.local_copy(recording.audio_key) as flac:
        sound = Samples(flac)
        if transcript.windows_planned is None:
            language = claim.options.get("language") or transcript.meeting.language
            _plan(claim, transcript, sound, recognizer, language)
        planned = list(transcript.windows.order_by("index"))
        claim.metrics.update(engine=recognizer.name, model=recognizer.model)
        if len(planned) > WINDOWS_A_SHARD and any(window.words is None for window in planned):
            return Spread(math.ceil(len(planned) / WINDOWS_A_SHARD))
        _recognise(claim, transcript, planned, sound, recognizer)

    def commit() -> None:
        spoken = Counter[str]()
        for window in transcript.windows.exclude(words=[]):
            spoken[window.language] += round(window.end - window.start)
        Transcript.objects.filter(pk=transcript.pk).update(
            language=max(spoken, key=lambda code: spoken[code], default=""),
            engine=recognizer.name,
            model=recognizer.model,
        )

    return commit


def recognise_windows(claim: Claim) -> Commit:
    """Recognise the windows of one shard that have no words yet."""
    assert claim.shard is not None
    transcript = transcripts.of_claim(claim)
    first = claim.shard * WINDOWS_A_SHARD
    mine = transcript.windows.filter(index__range=(first, first + WINDOWS_A_SHARD - 1))
    with storage.local_copy(transcript.meeting.recording.audio_key) as flac:
        sound, recognizer = Samples(flac), registry.recognizer()
        _recognise(claim, transcript, list(mine.order_by("index")), sound, recognizer)
    return lambda: None


def _recognise(
    claim: Claim,
    transcript: Transcript,
    planned: Sequence[Window],
    sound: Sound,
    recognizer: Recognizer,
) -> None:
    """Each window is kept and shown as it comes; a restart goes on at the first missing one."""
    kept = sum(window.words is not None for window in planned)
    claim.metrics.update(windows=len(planned), windows_kept=kept)
    for done, window in enumerate(planned):
        claim.report(done / len(planned))
        if window.words is None:
            with claim.interruptible():
                heard = recognizer.recognize(
                    _samples(sound, window),
                    language=window.language or None,
                    prompt=transcript.meeting.vocabulary,
                )
            _keep(claim, transcript, window, heard)


def _plan(
    claim: Claim, transcript: Transcript, sound: Sound, recognizer: Recognizer, language: str
) -> None:
    levels = windows.loudness(sound)
    if not transcript.diarizer and not transcripts.inherit_diarization(transcript):
        turns = tuple(windows.turns_by_loudness(levels, "S1"))
        with claim.fenced():
            transcripts.replace_diarization(transcript, Diarization(turns), "none")
    turns = tuple(transcripts.turns(transcript))
    with claim.interruptible():
        spoken = languages.languages_of_turns(
            turns,
            sound,
            recognizer,
            language=language or None,
            progress=lambda share: claim.report(PLANNING * share),
        )
    planned = windows.plan(turns, spoken, levels)
    with claim.fenced():
        transcript.windows.all().delete()
        Window.objects.bulk_create(
            Window(
                transcript=transcript,
                index=window.index,
                start=window.start,
                end=window.end,
                language=window.language or "",
            )
            for window in planned
        )
        transcript.windows_planned = len(planned)
        transcript.engine, transcript.model = recognizer.name, recognizer.model
        transcript.save(update_fields=["windows_planned", "engine", "model"])


def _samples(sound: Sound, window: Window) -> Audio:
    return sound[round(window.start * SAMPLE_RATE) : round(window.end * SAMPLE_RATE)]


def _keep(claim: Claim, transcript: Transcript, window: Window, heard: Recognition) -> None:
    """Commit a window's words and its provisional segments, then show them."""
    window.words = [
        {
            "start": round(window.start + word.start, 3),
            "end": round(window.start + word.end, 3),
            "text": word.text,
            "confidence": round(word.confidence, 3),
        }
        for word in heard.words
    ]
    window.language = window.language or heard.language
    window.flags = list(heard.flags)
    window.recognized_at = Now()
    with claim.fenced():
        window.save(update_fields=["words", "language", "flags", "recognized_at"])
        rows = segments.write(transcript, [window], provisional=True)
        documents = [segment_document(row, row.speaker) for row in rows]
        events.publish(claim.meeting_id, {"type": "segments", "segments": documents})
