"""A meeting of five hours and fifty thousand words, with minutes: nobody said any of it."""

import random
from collections.abc import Iterator
from typing import Any

from meetings.models import Meeting
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    SpeakerFactory,
    TranscriptFactory,
)
from transcription.models import Segment, Speaker, Transcript

WORDS = 50_000
SECONDS = 5 * 3600.0
VOICES = 8
KNOWN = 9000
"""Words that the speakers know; how often each comes falls with its rank (Zipf)."""
SYLLABLES = [c + v for c in "бвгджзклмнпрстфхчш" for v in "аеиоуыэюя"]
PAUSE = 0.2
"""Of a segment's time, what is silent after it."""


def vocabulary(chance: random.Random) -> list[str]:
    """``KNOWN`` words that sound Russian."""
    found: dict[str, None] = {}
    while len(found) < KNOWN:
        found["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4))))] = None
    return list(found)


def long_meeting(
    *, words: int = WORDS, seconds: float = SECONDS, statements: int = 60, **more: object
) -> Transcript:
    """The finished transcript of such a meeting, the same every time; ``more`` is the meeting's."""
    meeting: Meeting = MeetingFactory.create(title="Съезд", **more)
    meeting.recording.rendition_key = "none"
    meeting.recording.duration = seconds
    meeting.recording.save()
    job = JobFactory.create(meeting=meeting, done=True)
    transcript: Transcript = TranscriptFactory.create(job=job, segments=0, duration=seconds)
    voices = [SpeakerFactory.create(transcript=transcript) for _ in range(VOICES)]
    Segment.objects.bulk_create(_segments(transcript, voices, words, seconds), batch_size=500)
    MinutesFactory.create(transcript=transcript, statements=statements)
    return transcript


def _segments(
    transcript: Transcript, voices: list[Speaker], words: int, seconds: float
) -> Iterator[Segment]:
    chance = random.Random(5)
    known = vocabulary(chance)
    weights = [1 / rank for rank in range(1, KNOWN + 1)]
    pace = seconds / words
    at, said, left, voice = 0.0, 0, 0, voices[0]
    while said < words:
        if left == 0:
            left, voice = chance.randint(1, 12), chance.choice(voices)
        count = min(chance.randint(4, 24), words - said)
        texts = chance.choices(known, weights, k=count)
        yield _segment(transcript, voice, at, pace, texts, chance)
        at, said, left = at + count * pace, said + count, left - 1


def _segment(
    transcript: Transcript,
    voice: Speaker,
    at: float,
    pace: float,
    texts: list[str],
    chance: random.Random,
) -> Segment:
    """A sentence; one word in fifty is in doubt, one sentence in a hundred."""
    texts[0], texts[-1] = texts[0].capitalize(), texts[-1] + "."
    step = pace * (1 - PAUSE)
    words: list[dict[str, Any]] = [
        {
            "start": round(at + n * step, 3),
            "end": round(at + (n + 1) * step, 3),
            "text": text,
            "confidence": 0.3 if chance.random() < 0.02 else round(chance.uniform(0.6, 1), 3),
        }
        for n, text in enumerate(texts)
    ]
    return Segment(
        transcript=transcript,
        speaker=voice,
        start=words[0]["start"],
        end=words[-1]["end"],
        text=" ".join(texts),
        words=words,
        language="ru",
        flags=["low_confidence"] if chance.random() < 0.01 else [],
    )
