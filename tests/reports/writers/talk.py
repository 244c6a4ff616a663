"""Meetings for tests, written as they are spoken: ``A: text`` on each line."""

from datetime import date

from reports.writers.base import Meeting, Segment
from reports.writers.people import People
from reports.writers.sentences import Sentence, sentences

MONDAY = date(2026, 3, 16)
_CHARACTERS_A_SECOND = 15.0
_PAUSE_SECONDS = 0.4


def segments(talk: str) -> tuple[Segment, ...]:
    """A segment for each line, one behind the other."""
    found: list[Segment] = []
    at = 0.0
    for line in talk.strip().splitlines():
        speaker, text = line.strip().split(": ", 1)
        lasts = len(text) / _CHARACTERS_A_SECOND
        found.append(Segment(len(found) + 1, at, at + lasts, speaker, text))
        at += lasts + _PAUSE_SECONDS
    return tuple(found)


def meeting(talk: str, **known) -> Meeting:
    """A meeting on a Monday, 16 March 2026, whose speakers have no names yet."""
    said = segments(talk)
    keys = dict.fromkeys(s.speaker for s in said)
    speakers = {key: f"Speaker {place}" for place, key in enumerate(keys, 1)}
    return Meeting(**{"segments": said, "speakers": speakers, "held_on": MONDAY, **known})


def heard(talk: str, **known) -> tuple[list[Sentence], People]:
    """Sentences of a talk and its people, as the finders take them."""
    held = meeting(talk, **known)
    return sentences(held.segments), People(held, held.segments)
