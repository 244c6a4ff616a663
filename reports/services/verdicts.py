"""Verdicts of the grounding checker for single statements of a stored version."""

from collections.abc import Sequence

from reports import grounding
from reports.models import Statement
from reports.services import carry_overs, writing
from reports.writers import base
from transcription.models import Transcript


def check(transcript: Transcript, statements: Sequence[base.Statement]) -> list[grounding.Verdict]:
    """A verdict for each of ``statements``, from the segments and pages that they cite."""
    evidence = [one for statement in statements for one in statement.evidence]
    meeting = writing.input_of(
        transcript,
        only={one.segment for one in evidence if one.segment},
        pages={one.page for one in evidence if one.page},
    )
    segments = {segment.id: segment for segment in meeting.segments}
    pages = {page.id: page for page in meeting.pages}
    metadata = grounding.metadata_of(meeting)
    return [grounding.check(statement, segments, metadata, pages) for statement in statements]


def settled(row: Statement, checked: grounding.Verdict) -> grounding.Verdict:
    """The verdict on a stored statement that was ``checked`` again.

    What became of an earlier meeting's item rests on that meeting too: of its new verdict only
    counts whether its quotes still stand.
    """
    if row.section.kind == carry_overs.SECTION and checked.reason not in grounding.OF_QUOTES:
        return grounding.Verdict(row.verdict, row.reason)
    return checked


def value_of(row: Statement) -> base.Statement:
    """A stored statement as writers and the checker know it."""
    return base.Statement(
        kind=row.kind,
        text=row.text,
        evidence=tuple(
            base.Evidence(e.segment_id or 0, e.start, e.end, e.quote, e.page_id or 0)
            for e in row.evidence.all()
        ),
        assignee=row.assignee,
        due_text=row.due_text,
        due=row.due,
    )
