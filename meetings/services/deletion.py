"""Deletion that deletes: the rows in one transaction, the objects after it, whatever dies between.

The row of ``Deletion`` is written with the rows' end. A task works it off at once; the reaper sends
it again where the store, the broker or a process was away. A worker whose job was cancelled may
store something in the seconds before it notices, so every prefix is looked through once more.
"""

from datetime import timedelta
from typing import Any

import structlog
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from redis.exceptions import RedisError

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit, outgoing
from meetings import events, storage
from meetings.errors import StorageAway
from meetings.models import Deletion, Job, Meeting, StageRun, WebhookEvent
from meetings.services import jobs, traces, webhook_events
from meetings.signals import purging

TASK = "meetings.tasks.delete_objects"
"""By name: services know no tasks."""

SETTLED = timedelta(minutes=15)
"""After which nobody writes any more under the prefix of what is gone."""

AGAIN_AFTER = timedelta(minutes=2)
"""After which a deletion that nobody finished is begun once more."""

log = structlog.get_logger(__name__)


def purge(
    *,
    meeting_id: Any,
    cause: Deletion.Cause,
    by: User | None = None,
    among: QuerySet[Meeting] | None = None,
) -> Deletion | None:
    """Delete a meeting for good with all that hangs on it; None where it is gone, or not ``among``.

    Its job is cancelled first; the worker lets go within seconds. Then the rows go in one
    transaction, and with them what other rows keep of its words. Its objects follow the commit.
    """
    for job in Job.objects.filter(meeting=meeting_id, state__in=Job.ACTIVE):
        jobs.cancel(job=job)  # commits at once: its place goes to another, its worker lets go
    with transaction.atomic():
        held = StageRun.every.select_for_update().filter(job__meeting=meeting_id).order_by("pk")
        list(held.values_list("pk"))  # stages before meetings, as workers lock them
        rows = Meeting.objects.all() if among is None else among
        meeting = rows.select_for_update(of=("self",)).filter(pk=meeting_id).first()
        if meeting is None:
            return None
        audit.record(Act.MEETING_DELETED, of=meeting, by=by, cause=cause.value)
        webhook_events.note_meeting(WebhookEvent.MEETING_DELETED, meeting)
        purging.send(sender=None, meeting=meeting)
        traces.wipe(meeting)
        kind, prefix = Deletion.Kind.MEETING, storage.prefix_of(meeting_id)
        row = note(kind, prefix, cause=cause, by=by, workspace_id=meeting.workspace_id)
        events.publish(meeting_id, {"type": "gone"})
        meeting.delete()
        transaction.on_commit(lambda: _forget_count(meeting_id))
    log.info("meeting_deleted", meeting=str(meeting_id), cause=cause.value)
    return row


def purged(meeting_id: Any, cause: Deletion.Cause, *, among: QuerySet[Meeting]) -> bool:
    """Whether the meeting could be purged; one that could not be today does not hold up others."""
    try:
        return purge(meeting_id=meeting_id, cause=cause, among=among) is not None
    except DatabaseError as error:
        log.error("meeting_not_deleted", meeting=str(meeting_id), error=str(error))
        return False


def note(
    kind: Deletion.Kind,
    prefix: str,
    *,
    cause: Deletion.Cause,
    by: User | None = None,
    workspace_id: Any = None,
    spared: str = "",
) -> Deletion:
    """Write down that what lies under ``prefix`` is to go; in the transaction that frees it."""
    row = Deletion.objects.create(
        kind=kind,
        cause=cause,
        prefix=prefix,
        spared=spared,
        by=by,
        workspace_id=workspace_id,
        due_at=Now() + outgoing.HEAD_START,
    )
    transaction.on_commit(lambda: outgoing.queue(TASK, [row.pk]))
    return row


def work_off(*, deletion_id: int) -> None:
    """Delete the objects; where the store does not answer, the reaper sends it again."""
    waiting = Deletion.objects.filter(pk=deletion_id, finished_at=None)
    if not waiting.update(due_at=Now() + AGAIN_AFTER):
        return
    row = waiting.get()
    try:
        count, size = _delete(row)
    except StorageAway as error:
        log.warning("deletion_waits", deletion=deletion_id, error=str(error))
        return
    waiting.update(
        objects_deleted=F("objects_deleted") + count, bytes_deleted=F("bytes_deleted") + size
    )
    if not waiting.filter(created_at__lt=Now() - SETTLED).update(finished_at=Now()):
        waiting.update(due_at=F("created_at") + SETTLED)


def send_due(*, limit: int = 100) -> int:
    """The reaper's share: queue what nobody finished, and what is to be looked at once more."""
    due = Deletion.objects.filter(finished_at=None, due_at__lt=Now()).order_by("due_at")
    pks = list(due.values_list("pk", flat=True)[:limit])
    Deletion.objects.filter(pk__in=pks).update(due_at=Now() + AGAIN_AFTER)
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))
    return len(pks)


def _delete(row: Deletion) -> tuple[int, int]:
    count = size = 0
    for stored in list(storage.objects_under(row.prefix)):
        if row.spared and stored.key.removeprefix(row.prefix).startswith(row.spared):
            continue
        storage.delete_for_good(stored.key)
        count, size = count + 1, size + stored.bytes
    return count, size


def _forget_count(meeting_id: Any) -> None:
    try:
        cache.delete(f"seq:{meeting_id}")
    except (RedisError, OSError) as error:
        log.warning("count_not_forgotten", meeting=str(meeting_id), error=str(error))
