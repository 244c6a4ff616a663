"""Segments from recognised windows."""

from collections.abc import Sequence

from transcription import alignment, windows
from transcription.engines.base import Recognition, Word
from transcription.models import Segment, Speaker, Transcript, Window
from transcription.services import transcripts


def write(transcript: Transcript, rows: Sequence[Window], *, provisional: bool) -> list[Segment]:
    """Store the segments of ``rows``; provisional ones remember their window."""
    speakers = {speaker.label: speaker for speaker in transcript.speakers.all()}
    aligned = alignment.align([_heard(row) for row in rows], transcripts.turns(transcript))
    return Segment.objects.bulk_create(
        _segment(
            transcript, speakers.get(found.speaker), found, rows[0].index if provisional else None
        )
        for found in aligned
    )


def _heard(row: Window) -> tuple[windows.Window, Recognition]:
    """A stored window, whose words count from the recording's start, as the recognizer gave it."""
    words = tuple(
        Word(w["start"] - row.start, w["end"] - row.start, w["text"], w["confidence"])
        for w in row.words or []
    )
    window = windows.Window(row.index, row.start, row.end, row.language or None)
    return window, Recognition(row.language, words, tuple(row.flags))


def _segment(
    transcript: Transcript,
    speaker: Speaker | None,
    found: alignment.AlignedSegment,
    window: int | None,
) -> Segment:
    return Segment(
        transcript=transcript,
        speaker=speaker,
        window=window,
        start=round(found.start, 3),
        end=round(found.end, 3),
        text=found.text,
        words=[
            {
                "start": round(word.start, 3),
                "end": round(word.end, 3),
                "text": word.text,
                "confidence": round(word.confidence, 3),
            }
            for word in found.words
        ],
        language=found.language,
        flags=list(found.flags),
    )
