"""Verdicts of the grounding checker for single statements of a stored version."""

from collections.abc import Sequence

from reports import grounding
from reports.models import Statement
from reports.services import writing
from reports.writers import base
from transcription.models import Transcript


def check(transcript: Transcript, statements: Sequence[base.Statement]) -> list[grounding.Verdict]:
    """A verdict for each of ``statements``, from the segments that they cite and no others."""
    cited = {evidence.segment for statement in statements for evidence in statement.evidence}
    meeting = writing.input_of(transcript, only=cited)
    segments = {segment.id: segment for segment in meeting.segments}
    metadata = grounding.metadata_of(meeting)
    return [grounding.check(statement, segments, metadata) for statement in statements]


def value_of(row: Statement) -> base.Statement:
    """A stored statement as writers and the checker know it."""
    return base.Statement(
        kind=row.kind,
        text=row.text,
        evidence=tuple(
            base.Evidence(e.segment_id, e.start, e.end, e.quote) for e in row.evidence.all()
        ),
        assignee=row.assignee,
        due_text=row.due_text,
        due=row.due,
    )
