"""What is attached to a meeting, as lines that a model reads behind the talk. Pure.

A line is a stretch of a page, "said" by its file; what a model cites of it becomes evidence on that
page. Documents tell what a meeting was about and what it reckoned with. They decide nothing, charge
nobody and ask nothing, so of a model's statements that rest on them alone only topics and figures
are taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reports.writers.base import Evidence, Meeting, Page, Segment, Statement

UNREAD = "attachments_unread"
"""A note: the attachments were too long to be read with the talk."""
LINE = 400
"""Characters of a line, about."""
TAKEN = ("summary", "topic", "figure")
"""Kinds of statements that may rest on documents alone."""
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n")


@dataclass(frozen=True)
class Papers:
    """``meeting`` with the lines of its pages behind its segments; ``pages``: line → page."""

    meeting: Meeting
    pages: dict[int, int] = field(default_factory=dict)

    def without(self) -> "Papers":
        """The talk alone."""
        said = tuple(s for s in self.meeting.segments if s.id not in self.pages)
        return Papers(replace(self.meeting, segments=said, pages=()))

    def cited(self, statement: Statement) -> Statement | None:
        """The statement resting on pages where it cited their lines; None if it is not taken."""
        evidence = tuple(dict.fromkeys(self._evidence(e) for e in statement.evidence))
        if evidence and all(e.page for e in evidence) and statement.kind not in TAKEN:
            return None
        return replace(statement, evidence=evidence)

    def _evidence(self, evidence: Evidence) -> Evidence:
        page = self.pages.get(evidence.segment)
        return Evidence.written(page, evidence.quote) if page else evidence


def with_lines(meeting: Meeting) -> Papers:
    """``meeting``, whose segments are in order, and what is attached to it."""
    at = max((s.end for s in meeting.segments), default=0.0) + 60.0  # behind all that was said
    pages: dict[int, int] = {}
    lines: list[Segment] = []
    for page in meeting.pages:
        for text in _lines(page):
            number = -(len(lines) + 1)
            pages[number] = page.id
            start = at + len(lines)
            speaker = f"{page.file}, p. {page.number}"
            lines.append(Segment(number, start, start + 1.0, speaker, text))
    return Papers(replace(meeting, segments=(*meeting.segments, *lines)), pages)


def _lines(page: Page) -> Iterator[str]:
    """A page in stretches that end where a sentence or a line does; nothing is left out."""
    line = ""
    for part in _parts(page.text):
        if line and len(line) + len(part) >= LINE:
            yield line
            line = ""
        line = f"{line} {part}".strip()
    if line:
        yield line


def _parts(text: str) -> Iterator[str]:
    for part in _SENTENCE_END.split(text):
        rest = " ".join(part.split())
        while len(rest) > LINE:
            at = rest.rfind(" ", 1, LINE) + 1 or LINE
            yield rest[:at].rstrip()
            rest = rest[at:]
        if rest:
            yield rest
