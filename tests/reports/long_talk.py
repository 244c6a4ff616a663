"""A made-up talk of any length whose sentences are all different: those of the meetings, varied."""

from itertools import cycle, islice

from reports.writers.base import Meeting, Segment
from reports.writers.words import tokens
from tests.reports.meetings import every

_SYLLABLES = "ба ве гу дро жи зна ке лю мо ни пра ру сте тю фа хо це чу ша эл".split()
_SECONDS_A_WORD = 0.4


def _made_up(number: int) -> str:
    """A word that no other sentence has."""
    syllables = []
    while number or not syllables:
        number, place = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[place])
    return "".join(syllables) + "тор"


def long_talk(words: int, *, agenda: tuple[str, ...] = ()) -> Meeting:
    """A meeting of about ``words`` words, four speakers, at 150 words a minute."""
    lines = [(s.speaker, s.text) for held in every() for s in held.meeting.segments]
    segments: list[Segment] = []
    at, said = 0.0, 0
    for number, (speaker, text) in enumerate(islice(cycle(lines), 10**6)):
        if said >= words:
            break
        varied = f"{text[:-1]} {_made_up(number)}{text[-1]}"
        count = len(tokens(varied))
        end = at + count * _SECONDS_A_WORD
        segments.append(Segment(number, at, end, speaker, varied))
        at, said = end, said + count
    speakers = {f"S{n}": f"Speaker {n}" for n in range(1, 5)}
    held_on = every()[0].meeting.held_on
    return Meeting(tuple(segments), speakers, held_on=held_on, agenda=agenda)
