"""Comments on statements and on a whole version, by editors and by those who review it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings.errors import ReadOnlyMember
from meetings.models import Meeting
from reports.errors import Frozen, UnknownStatement
from reports.models import Comment, Minutes, Statement
from reports.services import drafts


@transaction.atomic
def add(*, minutes: Minutes, by: User, text: str, lineage: Any = None) -> Comment:
    """A remark about the statement of ``lineage``, by default about the whole."""
    held = _open_to(minutes, by)
    is_here = Statement.objects.filter(section__minutes=held, lineage=lineage).exists()
    if lineage is not None and not is_here:
        raise UnknownStatement
    made = Comment.objects.create(minutes=held, lineage=lineage, author=by, text=text)
    drafts.tell(held)
    audit.record(Act.MINUTES_COMMENTED, of=held.meeting, by=by, comment=made.pk)
    return made


@transaction.atomic
def resolve(*, comment: Comment, by: User, is_resolved: bool) -> Comment:
    """Settle a comment or open it again; the first who settled it stays noted."""
    held = _open_to(comment.minutes, by)
    if is_resolved != bool(comment.resolved_at):
        comment.resolved_at = timezone.now() if is_resolved else None
        comment.resolved_by = by if is_resolved else None
        comment.save(update_fields=["resolved_at", "resolved_by"])
        drafts.tell(held)
        audit.record(
            Act.MINUTES_COMMENTED,
            of=held.meeting,
            by=by,
            comment=comment.pk,
            resolved=is_resolved,
        )
    return comment


def may_comment(minutes: Minutes, person: Any) -> bool:
    """Whether ``person`` edits the meeting or was asked to review the version."""
    edits = Meeting.objects.editable_by(person).filter(pk=minutes.meeting_id).exists()
    return edits or minutes.reviews.filter(reviewer=person.pk).exists()


def _open_to(minutes: Minutes, by: User) -> Minutes:
    held = drafts.held(minutes.pk)
    if not may_comment(held, by):
        raise ReadOnlyMember
    if held.is_approved:
        raise Frozen
    return held
