"""A made-up talk of any length whose sentences differ: those of the meetings, mixed and varied."""

from itertools import cycle, islice

from reports.writers.base import Meeting, Segment
from reports.writers.words import tokens
from tests.reports.meetings import every

_SECONDS_A_WORD = 0.4
_STRIDE = 7919  # a prime, so that each round pairs sentences with other words


def long_talk(words: int) -> Meeting:
    """A meeting of about ``words`` words, four speakers, at 150 words a minute."""
    lines = [(s.speaker, s.text) for held in every() for s in held.meeting.segments]
    spoken = [t.text for _, text in lines for t in tokens(text) if len(t.text) > 4]
    segments: list[Segment] = []
    at, said = 0.0, 0
    for number, (speaker, text) in enumerate(islice(cycle(lines), words)):
        if said >= words:
            break
        other = spoken[number * _STRIDE % len(spoken)].lower()
        varied = f"{text[:-1]} {other}{text[-1]}"
        count = len(tokens(varied))
        end = at + count * _SECONDS_A_WORD
        segments.append(Segment(number, at, end, speaker, varied))
        at, said = end, said + count
    speakers = {f"S{n}": f"Speaker {n}" for n in range(1, 5)}
    return Meeting(tuple(segments), speakers, held_on=every()[0].meeting.held_on)
