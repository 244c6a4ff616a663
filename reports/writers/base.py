"""What crosses the boundary to writers of minutes: frozen values in and out, one Protocol.

Writers know neither Django nor settings. The content model is the one of docs/minutes.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from reports.writers.outlines.outline import Outline
from reports.writers.outlines.shipped import MINUTES

AGENDA_NOT_REACHED = "agenda_not_reached"
"""A note: ``agenda_not_reached:2,3`` with the numbers of agenda items, from 1."""


@dataclass(frozen=True)
class Segment:
    """A sentence or so of the transcript; times in seconds."""

    id: int
    start: float
    end: float
    speaker: str
    """Key of the speaker within the meeting, e.g. ``S1``."""
    text: str
    language: str = ""


@dataclass(frozen=True)
class Page:
    """The text of a page of an attachment, a slide, or a part where a format has no pages."""

    id: int
    file: str
    number: int
    text: str


@dataclass(frozen=True)
class Meeting:
    """What is known of a meeting before its minutes are written."""

    segments: tuple[Segment, ...]
    speakers: dict[str, str]
    """Key → name as people see it; a name that nobody gave is e.g. ``Speaker 1``."""
    title: str = ""
    held_on: date | None = None
    language: str = ""
    """ISO 639-1; decides the language of section titles. Empty: that of most segments."""
    participants: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    pages: tuple[Page, ...] = ()
    """What is attached, as far as it could be read."""
    outline: Outline = MINUTES
    """Which sections are to be written."""
    earlier: tuple[str, ...] = ()
    """What the minutes of the meeting before in the series say, a line each; never evidence."""


@dataclass(frozen=True)
class Evidence:
    """The words that a statement rests on: ``quote`` stands in ``segment``, or on ``page``.

    The other of the two is 0; what was said has seconds, what is written has none.
    """

    segment: int
    start: float
    end: float
    quote: str
    page: int = 0

    @classmethod
    def written(cls, page: int, quote: str) -> "Evidence":
        """Words of an attachment's page."""
        return cls(0, 0.0, 0.0, quote, page)


@dataclass(frozen=True)
class SpeakerTime:
    """How long a speaker spoke, seconds."""

    speaker: str
    """Key of the speaker within the meeting."""
    seconds: float


@dataclass(frozen=True)
class Statement:
    """One sentence of the minutes with what it rests on."""

    kind: str
    """``summary topic decision action_item question figure point``"""
    text: str
    evidence: tuple[Evidence, ...]
    assignee: str = ""
    due_text: str = ""
    due: date | None = None
    duration: float | None = None
    """Seconds spent on a topic; None for other kinds."""
    speakers: tuple[SpeakerTime, ...] = ()
    """Who spoke to a topic, whoever spoke longest first."""


@dataclass(frozen=True)
class Section:
    """A heading with its statements, all of one kind."""

    kind: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Draft:
    """Minutes as a writer gives them."""

    sections: tuple[Section, ...]
    writer: str
    notes: tuple[str, ...] = ()
    """What the reader must know of how it was written, as codes."""


class Writer(Protocol):
    """Turns a transcript into minutes."""

    name: str

    def write(
        self, meeting: Meeting, *, progress: Callable[[float], None] = lambda share: None
    ) -> Draft:
        """Minutes of ``meeting``; every statement has evidence in its segments."""
        ...
