"""Housekeeping of lost work: expired leases, unsent messages, a broker that forgot.

Never the way work is found.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_noop

from accounts.services import post
from meetings.models import Job, OutboxMessage, StageRun
from meetings.services import (
    admission,
    attachments,
    broker,
    deletion,
    endings,
    notifications,
    outbox,
    retention,
    shards,
    webhook_deliveries,
    webhook_mails,
)

LOCK = 0x50524F54
"""The advisory lock under which one reaper works at a time."""

WORKER_LOST = gettext_noop("The worker died every time it tried this stage.")


def reap() -> int:
    """Send again what was lost with a worker or a broker; how many jobs that were.

    Sending twice is harmless: claims decide who works.
    """
    bury_exhausted()
    forgotten = broker.may_have_forgotten()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        lost = _with_expired_leases(and_sent_again=forgotten)
        for stage in lost:
            shard = None if stage.shard is None else stage
            OutboxMessage.objects.create(job=stage.job, run=stage.job.run, shard=shard)
        active = Job.objects.filter(state__in=Job.ACTIVE, admitted_at__isnull=False)
        unheard = list(active if forgotten else _overdue())
        for job in unheard:
            OutboxMessage.objects.create(job=job, run=job.run)
            shards.send(job)
        post.send_due()
        notifications.send_due()
        attachments.send_due()
        deletion.send_due()
        retention.send_due()
        webhook_deliveries.send_due()
        webhook_mails.send_due()
        admission.admit()
    if forgotten:
        broker.begin_epoch()
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


def _with_expired_leases(*, and_sent_again: bool) -> list[StageRun]:
    """Stages and shards whose worker is gone; also those that were sent again since, or not."""
    found = StageRun.every.filter(
        state=StageRun.State.RUNNING, lease_until__lt=Now(), job__state__in=Job.ACTIVE
    ).select_related("job")
    too_long = timedelta(seconds=settings.LEASE_SECONDS)
    sent_again = OutboxMessage.objects.filter(
        Q(shard=OuterRef("pk")) | Q(shard=None, job=OuterRef("job")),
        created_at__gt=Greatest(OuterRef("lease_until"), Now() - too_long),
    )
    return list(found if and_sent_again else found.exclude(Exists(sent_again)))


def _overdue() -> QuerySet[Job]:
    """Admitted jobs that nobody works on and no message speaks of: since long, or since a stage
    failed that was to be tried again, whose message went with its worker.
    """
    pause = timedelta(seconds=endings.LONGEST_PAUSE)
    failed = StageRun.every.filter(
        job=OuterRef("pk"), state=StageRun.State.FAILED, finished_at__lt=Now() - pause
    )
    return Job.objects.filter(
        _unheard(seconds=settings.UNHEARD_SECONDS)
        | _unheard(seconds=1.5 * endings.LONGEST_PAUSE) & Exists(failed),
        ~Exists(StageRun.every.filter(job=OuterRef("pk"), state=StageRun.State.RUNNING)),
        state__in=Job.ACTIVE,
    )


def _unheard(*, seconds: float) -> Q:
    since = Now() - timedelta(seconds=seconds)
    heard = OutboxMessage.objects.filter(job=OuterRef("pk"), created_at__gt=since)
    return Q(~Exists(heard), admitted_at__lt=since)
