"""Exports of everything: asked for by a person, made by a worker, told of by mail, expired."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from accounts.acts import Act
from accounts.errors import OwnersOnly
from accounts.models import Membership, User, Workspace
from accounts.services import audit, outgoing
from meetings import storage
from meetings.errors import StorageAway
from meetings.models import Deletion, Meeting
from meetings.services import deletion
from reports.archives.bundle import Bundle
from reports.errors import ExportRunning
from reports.models import Archive, ArchiveMail
from reports.services import archive_contents, archive_mails

TASK = "reports.tasks.make_archive"
MAIL_TASK = "reports.tasks.send_archive_mail"
"""By name: services know no tasks."""

BEAT = 2.0
"""Seconds between two looks whether it is still to be made."""

State = Archive.State
log = structlog.get_logger(__name__)


class NotWanted(Exception):  # noqa: N818  (not an error of anybody's)
    """Somebody else makes it now, or nobody may have it any more."""


@transaction.atomic
def ask(*, by: User, workspace: Workspace | None = None) -> Archive:
    """An export that a worker begins after the commit; ExportRunning where one is being made."""
    try:
        with transaction.atomic():
            row = Archive.objects.create(
                asked_by=by, workspace=workspace, due_at=Now() + outgoing.HEAD_START
            )
    except IntegrityError as error:
        raise ExportRunning from error
    audit.record(Act.EXPORT_ASKED, of=workspace or by, by=by)
    transaction.on_commit(lambda: outgoing.queue(TASK, [str(row.pk)]))
    return row


def make(*, archive_id: str) -> None:
    """Make the zip, from the beginning, if nobody else is at it."""
    token = uuid.uuid4()
    waiting = Archive.objects.waiting().filter(pk=archive_id)
    claimed = waiting.filter(attempts_left__gt=0).update(
        token=token, attempts_left=F("attempts_left") - 1, due_at=Now() + Archive.AGAIN_AFTER
    )
    row = waiting.select_related("asked_by", "workspace").first() if claimed else None
    if row is None:
        return
    try:
        _must_be_allowed(row)
        _make(row)
    except (NotWanted, OwnersOnly):
        log.info("export_not_wanted", archive=archive_id)
    except StorageAway as error:
        log.warning("export_waits", archive=archive_id, error=str(error))


def _make(row: Archive) -> None:
    key = f"{prefix_of(row)}{row.token}.zip"
    beat = _Beat(row)
    with storage.writing(key) as target, Bundle(target, beat) as bundle:
        for number, (act, share) in enumerate(_contents(row)):
            act(bundle, number)
            beat.now(share)
        bundle.close(_facts(row))
    _finish(row, key, bundle)


def _contents(row: Archive) -> Any:
    """What is added one after the other, and how much is done then."""
    home = row.workspace or row.asked_by.workspaces.get(personal=True)
    if row.workspace is None:
        yield lambda bundle, _n: archive_contents.add_person(bundle, row.asked_by), 0.0
    yield lambda bundle, _n: archive_contents.add_workspace(bundle, home), 0.01
    meetings = Meeting.objects.kept().filter(workspace=home).order_by("held_at", "pk")
    pks = list(meetings.values_list("pk", flat=True))
    Archive.objects.waiting().filter(pk=row.pk, token=row.token).update(meetings=pks)
    for number, pk in enumerate(pks, 1):
        yield _adding(pk, number), number / (len(pks) + 1)


def _adding(pk: Any, number: int) -> Callable[[Bundle, int], None]:
    def act(bundle: Bundle, _n: int) -> None:
        meeting = Meeting.objects.with_progress().filter(pk=pk).first()
        if meeting is not None:  # deleted meanwhile
            archive_contents.add_meeting(bundle, meeting, number)

    return act


class _Beat:
    """Says now and then that somebody is at it; NotWanted where it is another."""

    def __init__(self, row: Archive) -> None:
        self._mine = Archive.objects.waiting().filter(pk=row.pk, token=row.token)
        self._last = monotonic()

    def __call__(self) -> None:
        if monotonic() - self._last > BEAT:
            self._note({})

    def now(self, progress: float) -> None:
        """Note how far it is."""
        self._note({"progress": progress})

    def _note(self, fields: dict[str, float]) -> None:
        self._last = monotonic()
        if not self._mine.update(due_at=Now() + Archive.AGAIN_AFTER, **fields):
            raise NotWanted


def _facts(row: Archive) -> dict[str, Any]:
    home = row.workspace
    return {
        "protokol": settings.VERSION,
        "made_at": timezone.now(),
        "workspace": {"id": home.pk, "name": home.name} if home else None,
        "person": {"id": row.asked_by_id, "email": row.asked_by.email},
    }


@transaction.atomic
def _finish(row: Archive, key: str, bundle: Bundle) -> None:
    mine = Archive.objects.waiting().filter(pk=row.pk, token=row.token)
    done = mine.update(
        state=State.READY,
        progress=1,
        key=key,
        bytes=bundle.size,
        files_count=len(bundle.files),
        left_out_count=len(bundle.left_out),
        finished_at=Now(),
        expires_at=Now() + timedelta(days=settings.EXPORT_DAYS),
    )
    if done:
        _tell(row.pk)


def _must_be_allowed(row: Archive) -> None:
    """Whoever asked must own the workspace still."""
    if row.workspace is None:
        return
    mine = Membership.objects.filter(user=row.asked_by, workspace=row.workspace)
    if not mine.filter(role=Membership.Role.OWNER).exists():
        _fail(row.pk)
        raise OwnersOnly


@transaction.atomic
def _fail(pk: Any) -> None:
    if (
        Archive.objects.waiting()
        .filter(pk=pk)
        .update(
            state=State.FAILED,
            finished_at=Now(),
            expires_at=Now() + timedelta(days=settings.EXPORT_DAYS),
        )
    ):
        _tell(pk)


def _tell(pk: Any) -> None:
    mail, _is_new = ArchiveMail.objects.get_or_create(
        archive_id=pk, defaults={"due_at": Now() + outgoing.HEAD_START}
    )
    transaction.on_commit(lambda: outgoing.queue(MAIL_TASK, [mail.pk]))


def deliver(*, mail_id: int) -> None:
    """Tell the person, if nobody else has."""
    mine = ArchiveMail.objects.filter(pk=mail_id)
    waiting = mine.filter(state=ArchiveMail.State.PENDING)
    mail = waiting.select_related("archive__asked_by", "archive__workspace").first()
    if mail is None:
        return
    visible = Archive.objects.visible_to(mail.archive.asked_by).filter(pk=mail.archive_id)
    if not mail.archive.asked_by.is_active or not visible.exists():
        outgoing.skip(mine)
        return
    outgoing.hand_over(mine, archive_mails.finished(mail.archive))


def tend() -> None:
    """Every minute: go on with what was lost, give up what cannot be made, expire what is old."""
    late = Archive.objects.waiting().filter(due_at__lt=Now())
    for pk in late.filter(attempts_left=0).values_list("pk", flat=True):
        _fail(pk)
    lost = [str(pk) for pk in late.filter(attempts_left__gt=0).values_list("pk", flat=True)]
    Archive.objects.filter(pk__in=lost).update(due_at=Now() + Archive.AGAIN_AFTER)
    outgoing.queue(TASK, lost)
    outgoing.queue(MAIL_TASK, outgoing.due(ArchiveMail.objects.all()))
    over = Archive.objects.filter(state__in=[State.READY, State.FAILED], expires_at__lt=Now())
    for row in over:
        expire(archive=row)


@transaction.atomic
def expire(*, archive: Archive) -> None:
    """Delete the zip; the row says that there was one."""
    ended = Archive.objects.exclude(state=State.EXPIRED).filter(pk=archive.pk)
    if ended.update(state=State.EXPIRED, key="", token=None):
        deletion.note(
            Deletion.Kind.EXPORT,
            prefix_of(archive),
            cause=Deletion.Cause.BIN,
            workspace_id=archive.workspace_id,
        )


def discard(*, archive: Archive) -> None:
    """Delete the zip because a person wants it; ExportRunning while it is being made."""
    if archive.is_waiting:
        raise ExportRunning
    with transaction.atomic():
        audit.record(Act.EXPORT_DELETED, of=archive.workspace or archive.asked_by)
        expire(archive=archive)


def forget(*, meeting_id: Any) -> None:
    """A meeting, or its recording, is going: zips that hold it go, those in the making begin anew.

    In the transaction of the deletion.
    """
    holding = Archive.objects.filter(meetings__contains=[meeting_id])
    for row in holding.filter(state=State.READY):
        expire(archive=row)
    holding.waiting().update(token=None, meetings=[], attempts_left=Archive.ATTEMPTS, due_at=Now())


def prefix_of(archive: Archive) -> str:
    """What the keys of an export's objects begin with."""
    return f"exports/{archive.pk}/"
