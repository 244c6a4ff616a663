"""What the minutes of the meeting before say, for sections that are written beside them."""

from meetings.models import Meeting
from reports.models import Minutes, Statement
from reports.writers.outlines.outline import EARLIER, Outline

KINDS = (
    Statement.Kind.DECISION,
    Statement.Kind.ACTION_ITEM,
    Statement.Kind.QUESTION,
    Statement.Kind.POINT,
)


def lines_for(meeting: Meeting, outline: Outline) -> tuple[str, ...]:
    """Statements of the newest minutes before ``meeting`` in its series, a line each.

    None where no section of the outline asks for them or nothing came before.
    """
    if meeting.series_id is None or all(part.context != EARLIER for part in outline.parts):
        return ()
    before = (
        Minutes.objects.filter(
            meeting__series=meeting.series_id, meeting__held_at__lt=meeting.held_at
        )
        .order_by("-meeting__held_at", "-version")
        .first()
    )
    if before is None:
        return ()
    said = Statement.objects.filter(section__minutes=before, kind__in=KINDS)
    rows = said.select_related("section").order_by("section__position", "position")
    return tuple(_line(row) for row in rows)


def _line(row: Statement) -> str:
    charged = "; ".join(filter(None, (row.assignee, row.due_text)))
    return f"{row.section.title}: {row.text}" + (f" ({charged})" if charged else "")
