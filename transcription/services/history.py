"""Undo, redo, and any earlier state of a transcript.

Everybody undoes their own edits, the latest first and without limit; what somebody else has
changed since is not overwritten. Nothing is taken out of the history: undoing is an edit too.
"""

from typing import Any

from django.db import transaction

from accounts.models import User
from transcription.errors import ChangedSince, NothingToRedo, NothingToUndo
from transcription.models import Transcript, TranscriptEdit
from transcription.services import desk as desks

Action = TranscriptEdit.Action


@transaction.atomic
def undo(*, transcript: Transcript, by: User) -> TranscriptEdit:
    """Put back what stood before the latest edit of ``by`` that stands.

    NothingToUndo where there is none, ChangedSince where somebody worked on top of it.
    """
    desk = desks.opened(transcript.pk, by)
    edit = _of(transcript, to_undo(transcript, by))
    if edit is None:
        raise NothingToUndo
    return _put(desk, edit, from_=edit.after, to=edit.before, action=Action.UNDONE)


@transaction.atomic
def redo(*, transcript: Transcript, by: User) -> TranscriptEdit:
    """Do again what ``by`` undid last; NothingToRedo after another edit, ChangedSince as above."""
    desk = desks.opened(transcript.pk, by)
    edit = _of(transcript, to_redo(transcript, by))
    if edit is None:
        raise NothingToRedo
    return _put(desk, edit, from_=edit.before, to=edit.after, action=Action.REDONE)


@transaction.atomic
def restore(*, transcript: Transcript, by: User, number: int) -> TranscriptEdit | None:
    """The transcript as it was after edit ``number``, 0 for as it was recognised.

    Everybody's later edits are put back in one edit, which can be undone; None where nothing was.
    """
    desk = desks.opened(transcript.pk, by)
    target: desks.States = {"segments": {}, "speakers": {}}
    later = transcript.edits.filter(number__gt=number).order_by("-number")
    for before in later.values_list("before", flat=True):
        for kind, rows in before.items():
            for pk, fields in rows.items():
                target[kind].setdefault(pk, {}).update(fields)
    desks.put_back(desk, target)
    return desk.keep(Action.RESTORED, of=transcript.edits.filter(number=number).first())


def to_undo(transcript: Transcript, by: User) -> int | None:
    """The edit that ``by`` would undo."""
    skip = 0
    for pk, action, of in _mine(transcript, by):
        if action == Action.UNDONE:
            skip += 1
        elif skip:
            skip -= 1
        else:
            return of if action == Action.REDONE else pk
    return None


def to_redo(transcript: Transcript, by: User) -> int | None:
    """The edit that ``by`` would do again."""
    done_again = 0
    for _pk, action, of in _mine(transcript, by):
        if action == Action.REDONE:
            done_again += 1
        elif action != Action.UNDONE:
            return None
        elif done_again:
            done_again -= 1
        else:
            return of
    return None


def _mine(transcript: Transcript, by: User) -> Any:
    """A person's edits, the latest first, in brief."""
    mine = transcript.edits.filter(by=by).order_by("-number")
    return mine.values_list("pk", "action", "of").iterator(chunk_size=200)


def _of(transcript: Transcript, pk: int | None) -> TranscriptEdit | None:
    return transcript.edits.filter(pk=pk or 0).first()


def _put(
    desk: desks.Desk, edit: TranscriptEdit, *, from_: Any, to: Any, action: str
) -> TranscriptEdit:
    if not desks.stands(desk.transcript, from_):
        raise ChangedSince
    desks.put_back(desk, to)
    made = desk.keep(action, of=edit)
    if made is None:
        raise ChangedSince
    return made
