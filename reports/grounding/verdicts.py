"""What the checker gives and what it is given of a meeting besides its segments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.writers.base import Meeting
from reports.writers.people import People

SUPPORTED = "supported"
UNVERIFIED = "unverified"

NO_EVIDENCE = "no_evidence"
SEGMENT_MISSING = "segment_missing"
QUOTE_NOT_IN_SEGMENT = "quote_not_in_segment"
PAGE_MISSING = "page_missing"
QUOTE_NOT_ON_PAGE = "quote_not_on_page"
OF_QUOTES = (SEGMENT_MISSING, QUOTE_NOT_IN_SEGMENT, PAGE_MISSING, QUOTE_NOT_ON_PAGE)
"""Reasons that concern the evidence and not what the statement makes of it."""
NUMBER_NOT_IN_EVIDENCE = "number_not_in_evidence"
DATE_NOT_IN_EVIDENCE = "date_not_in_evidence"
NAME_NOT_IN_EVIDENCE = "name_not_in_evidence"
ASSIGNEE_NOT_CHARGED = "assignee_not_charged"
OTHER_MATTER = "other_matter"
CONTRADICTED = "contradicted"
NOT_DECIDED = "not_decided"


@dataclass(frozen=True)
class Verdict:
    """``supported``, or ``unverified`` with the code of the reason and the words it is about."""

    verdict: str
    reason: str = ""
    words: str = ""


@dataclass(frozen=True)
class Metadata:
    """What is known of a meeting besides its transcript: texts and names that people gave."""

    texts: tuple[str, ...] = ()
    held_on: date | None = None
    speakers: Mapping[str, str] = field(default_factory=dict)
    """Key → name as given, else as heard, else e.g. ``Speaker 1``."""


def metadata_of(meeting: Meeting) -> Metadata:
    """Title, agenda, participants and speakers' names of ``meeting``, and its day."""
    known = (meeting.title, *meeting.agenda, *meeting.participants, *meeting.speakers.values())
    people = People(meeting, meeting.segments)
    speakers = {key: people.speaking(key).name for key in people.keys}
    return Metadata(tuple(text for text in known if text), meeting.held_on, speakers)
