"""The one door to changing a version: drafts only, one writer at a time."""

from typing import Any

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings import events
from reports.errors import Frozen, InReview
from reports.models import Edit, Evidence, Minutes, Statement
from reports.services import action_items


def locked(minutes_id: Any) -> Minutes:
    """The version, held until the transaction ends; only where it may change.

    Frozen for approved ones, InReview for those that people are reading.
    """
    minutes = held(minutes_id)
    must_be_draft(minutes)
    return minutes


def must_be_draft(minutes: Minutes) -> None:
    """Frozen for approved versions, InReview for those that people are reading."""
    if minutes.is_approved:
        raise Frozen
    if not minutes.is_draft:
        raise InReview


def held(minutes_id: Any) -> Minutes:
    """The version in any state, held until the transaction ends."""
    return (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting", "transcript")
        .get(pk=minutes_id)
    )


def note(statement: Statement, action: str, by: User | None, before: dict[str, Any]) -> None:
    """Keep who did what to a statement, and what stood there before."""
    Edit.objects.create(
        minutes_id=statement.section.minutes_id,
        lineage=statement.lineage,
        action=action,
        by=by,
        before=before,
    )


def snapshot(statement: Statement) -> dict[str, Any]:
    """A statement as the history keeps it: JSON, enough to bring it back."""
    return {
        "section": statement.section_id,
        "position": statement.position,
        "kind": statement.kind,
        "text": statement.text,
        "assignee": statement.assignee,
        "due_text": statement.due_text,
        "due": statement.due.isoformat() if statement.due else None,
        "stale": statement.stale,
        "revision": statement.revision,
        "edited_by": statement.edited_by_id,
        "edited_at": statement.edited_at.isoformat() if statement.edited_at else None,
        "evidence": [_remembered(e) for e in statement.evidence.all()],
    }


def _remembered(evidence: Evidence) -> dict[str, Any]:
    """As ``base.Evidence`` has it."""
    remembered = {
        "segment": evidence.segment_id or 0,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }
    return remembered | ({"page": evidence.page_id} if evidence.page_id else {})


def changed(minutes: Minutes) -> None:
    """Let the action items be those that it names now, and tell the pages that show it."""
    action_items.sync(minutes=minutes)
    tell(minutes)


def edited(minutes: Minutes, by: User) -> None:
    """As ``changed``, by a person; once an hour the audit log says so, the history each time."""
    changed(minutes)
    note_edit(minutes, by)


def note_edit(minutes: Minutes, by: User | None = None) -> None:
    """The audit log's line of an hour in which somebody edits; ``by`` who calls unless told."""
    audit.record(Act.MINUTES_EDITED, of=minutes.meeting, by=by, hourly=True)


def tell(minutes: Minutes) -> None:
    """Let the pages that show the version take it anew."""
    events.publish(
        minutes.meeting_id, {"type": "minutes", "id": str(minutes.pk), "state": minutes.state}
    )
