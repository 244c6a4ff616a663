"""What a sentence is found to say, while minutes are composed; and when two say the same. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from reports.writers.base import SpeakerTime, Statement
from reports.writers.dates import DayMention, Deadline, days
from reports.writers.numerals import numbers
from reports.writers.outlines.outline import POINT
from reports.writers.people import Person
from reports.writers.sentences import Sentence
from reports.writers.words import content_stems

_STEM_LENGTH = 5
_SAME_SHARE = 0.6


@dataclass
class Finding:
    """A statement in the making; it rests on its sources, on ``main`` first of all."""

    kind: str
    text: str
    sources: list[Sentence]
    main: Sentence
    person: Person | None = None
    deadline: Deadline | None = None
    features: frozenset[str] = field(default_factory=frozenset)
    duration: float | None = None
    speakers: tuple[SpeakerTime, ...] = ()
    dated_by: Sentence | None = None
    """The sentence that says which day it is, where the due day is reckoned from it."""

    def rests_on(self, sentence: Sentence) -> bool:
        """Whether ``sentence`` is one of its sources."""
        index = sentence.index
        return any(s.index == index for s in self.sources)

    def add(self, sentences: Iterable[Sentence]) -> None:
        """More sources, each once."""
        self.sources += [s for s in sentences if not self.rests_on(s)]

    def statement(self) -> Statement:
        """The statement; evidence in the order of time, what tells name and day last."""
        parts = [p for s in sorted(self.sources, key=lambda s: s.index) for p in s.parts]
        named = self.person.evidence if self.person else None
        reckoned = self.dated_by.parts if self.dated_by and self.deadline else ()
        evidence = [*parts, *([named] if named else []), *reckoned]
        return Statement(
            kind=self.kind,
            text=self.text,
            evidence=tuple(dict.fromkeys(evidence)),
            assignee=self.person.name if self.person and self.kind != POINT else "",
            due_text=self.deadline.text if self.deadline else "",
            due=self.deadline.day if self.deadline else None,
            duration=self.duration,
            speakers=self.speakers,
        )


@lru_cache(maxsize=20_000)
def features(text: str, held_on: date | None = None) -> frozenset[str]:
    """What tells one statement from another: beginnings of stems, days (``@``), numbers (``=``)."""
    named = days(text, held_on)
    told = {f"@{m.day or (m.month, m.of_month, m.weekday)}" for m in named}
    counted = {
        f"={n.value.normalize()}"
        for n in numbers(text)
        if not any(m.begin <= n.begin < m.end for m in named)
    }
    stems = {s[:_STEM_LENGTH] for s in content_stems(_without(text, named))}
    return frozenset(told | counted | stems)


def _without(text: str, mentions: Sequence[DayMention]) -> str:
    for mention in reversed(mentions):
        text = text[: mention.begin] + " " + text[mention.end :]
    return text


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that the other has too, 0…1."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def same_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of features are of one matter: a day or a large number shared, or most."""
    exact = {f for f in one & other if f[0] == "@" or (f[0] == "=" and len(f) > 2)}
    return bool(exact) or overlap(one, other) >= _SAME_SHARE
