"""What is asked and what may be cited: frozen values, without Django or settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.grounding import Metadata, Verdict, check
from reports.writers.base import Segment, Statement
from reports.writers.words import language_of

KIND = "point"
"""What the sentences of an answer are to the grounding checker."""


@dataclass(frozen=True)
class Place:
    """Half a minute of a meeting in which the answer may stand; ids of segments are unique."""

    title: str
    held_on: date
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Inquiry:
    """A question and the places that are nearest to it, the nearest first."""

    question: str
    places: tuple[Place, ...]
    speakers: dict[str, str]
    """Key, of all meetings together → name as people see it."""

    @property
    def language(self) -> str:
        """That of the question: the answer has the same."""
        return language_of(self.question)

    def segments(self) -> dict[int, Segment]:
        """What may be cited, by id."""
        return {s.id: s for place in self.places for s in place.segments}


def checked(inquiry: Inquiry, statements: Sequence[Statement]) -> list[tuple[Statement, Verdict]]:
    """Each sentence with the checker's verdict; one that cites nothing is left out."""
    known = Metadata(
        texts=tuple(place.title for place in inquiry.places) + tuple(inquiry.speakers.values()),
        speakers=inquiry.speakers,
    )
    segments = inquiry.segments()
    return [(said, check(said, segments, known)) for said in statements if said.evidence]
