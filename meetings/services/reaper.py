"""Housekeeping of lost work: expired leases and unsent messages. Never the way work is found."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_noop

from meetings.models import Job, OutboxMessage, StageRun
from meetings.services import admission, endings, notifications, outbox, shards

LOCK = 0x50524F54
"""The advisory lock under which one reaper works at a time."""

WORKER_LOST = gettext_noop("The worker died every time it tried this stage.")

WAITED_TOO_LONG = timedelta(minutes=15)


def reap() -> int:
    """Send again what was lost with a worker or a broker; how many jobs that were.

    Sending twice is harmless: claims decide who works.
    """
    bury_exhausted()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        lost = _with_expired_leases()
        for stage in lost:
            shard = None if stage.shard is None else stage
            OutboxMessage.objects.create(job=stage.job, run=stage.job.run, shard=shard)
        unheard = _waiting_unheard()
        for job in unheard:
            OutboxMessage.objects.create(job=job, run=job.run)
            shards.send(job)
        notifications.send_due()
        admission.admit()
    outbox.flush()
    return len({stage.job_id for stage in lost} | {job.pk for job in unheard})


def bury_exhausted() -> None:
    """Stages whose last attempt died with its worker are dead, and their jobs failed."""
    exhausted = StageRun.every.filter(
        state=StageRun.State.RUNNING, lease_until__lt=Now(), attempts_left=0
    )
    error = {"code": "worker_lost", "sentence": WORKER_LOST, "retryable": True}
    for pk in exhausted.values_list("pk", flat=True):
        with transaction.atomic():
            locked = exhausted.select_for_update(skip_locked=True, of=("self",))
            for stage in locked.select_related("job").filter(pk=pk):
                endings.bury(stage, error)


def _with_expired_leases() -> list[StageRun]:
    """Stages and shards whose worker is gone, but for those sent again since and still waiting."""
    sent_again = OutboxMessage.objects.filter(
        Q(shard=OuterRef("pk")) | Q(shard=None, job=OuterRef("job")),
        created_at__gt=Greatest(OuterRef("lease_until"), Now() - WAITED_TOO_LONG),
    )
    return list(
        StageRun.every.filter(
            ~Exists(sent_again),
            state=StageRun.State.RUNNING,
            lease_until__lt=Now(),
            job__state__in=Job.ACTIVE,
        ).select_related("job")
    )


def _waiting_unheard() -> list[Job]:
    """Jobs that were admitted; one whose turn has not come has no message to lose."""
    heard = OutboxMessage.objects.filter(job=OuterRef("pk"), created_at__gt=Now() - WAITED_TOO_LONG)
    held = StageRun.every.filter(job=OuterRef("pk"), state=StageRun.State.RUNNING)
    return list(
        Job.objects.filter(state__in=Job.ACTIVE, admitted_at__lt=Now() - WAITED_TOO_LONG)
        .exclude(Exists(heard))
        .exclude(Exists(held))
    )
