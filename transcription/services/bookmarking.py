"""Moments marked: for oneself, or with a comment for everybody who sees the meeting."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings import events
from meetings.errors import ReadOnlyMember
from meetings.models import Meeting
from transcription.models import Bookmark


@transaction.atomic
def add(*, meeting: Meeting, by: User, at: float, text: str = "", shared: bool = False) -> Bookmark:
    """Mark a moment; a comment for everybody takes an editor: ReadOnlyMember."""
    if shared and not _edits(by, meeting.pk):
        raise ReadOnlyMember
    made = Bookmark.objects.create(meeting=meeting, author=by, at=at, text=text, is_shared=shared)
    _tell(made, by)
    return made


@transaction.atomic
def change(
    *, bookmark: Bookmark, by: User, text: str | None = None, resolved: bool | None = None
) -> Bookmark:
    """Another text, for its author alone; a comment settled or opened, for editors as well."""
    held = _held(bookmark, by)
    if text is not None:
        if held.author_id != by.pk:
            raise ReadOnlyMember
        held.text = text
    if resolved is not None and resolved != bool(held.resolved_at):
        held.resolved_at = timezone.now() if resolved else None
        held.resolved_by = by if resolved else None
    held.save()
    _tell(held, by)
    return held


@transaction.atomic
def remove(*, bookmark: Bookmark, by: User) -> None:
    """Take it away for good: its author, of a comment any editor."""
    held = _held(bookmark, by)
    _tell(held, by)
    held.delete()


def forget_person(*, user: User, **rest: Any) -> None:
    """What an account that is closed marked for itself alone goes with it."""
    Bookmark.objects.filter(author=user, is_shared=False).delete()


def _held(bookmark: Bookmark, by: User) -> Bookmark:
    held = Bookmark.objects.select_for_update(of=("self",)).get(pk=bookmark.pk)
    if held.author_id != by.pk and not _edits(by, held.meeting_id):
        raise ReadOnlyMember
    return held


def _edits(person: User, meeting: Any) -> bool:
    return Meeting.objects.editable_by(person).filter(pk=meeting).exists()


def _tell(bookmark: Bookmark, by: User) -> None:
    """Comments are everybody's: the pages show them, and the log notes who spoke."""
    if not bookmark.is_shared:
        return
    events.publish(bookmark.meeting_id, {"type": "bookmark", "id": str(bookmark.pk)})
    audit.record(Act.TRANSCRIPT_COMMENTED, of=bookmark.meeting, by=by, comment=bookmark.pk)
