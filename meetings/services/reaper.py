"""Housekeeping of lost work: expired leases and unsent messages. Never the way work is found."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from meetings.models import Attempt, Job, OutboxMessage, StageRun
from meetings.services import jobs, outbox

LOCK = 0x50524F54
"""The advisory lock under which one reaper works at a time."""

WORKER_LOST = gettext_noop("The worker died every time it tried this stage.")

WAITED_TOO_LONG = timedelta(minutes=15)


def reap() -> int:
    """Send again what was lost with a worker or a broker; how many jobs that were.

    Sending twice is harmless: claims decide who works.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        bury_exhausted()
        lost = {*_with_expired_leases(), *_waiting_unheard()}
        for job in Job.objects.filter(pk__in=lost):
            OutboxMessage.objects.create(job=job, run=job.run)
    outbox.flush()
    return len(lost)


def bury_exhausted() -> None:
    """Stages whose last attempt died with its worker are dead, and their jobs failed."""
    for stage in StageRun.objects.select_related("job").filter(
        state=StageRun.State.RUNNING, lease_until__lt=Now(), attempts_left=0
    ):
        Attempt.objects.filter(stage=stage, outcome=Attempt.Outcome.RUNNING).update(
            outcome=Attempt.Outcome.LOST, finished_at=Now()
        )
        stage.state = StageRun.State.DEAD
        stage.token = stage.lease_until = None
        stage.finished_at = Now()
        stage.error = {"code": "worker_lost", "sentence": WORKER_LOST, "retryable": True}
        stage.save()
        stage.refresh_from_db()
        jobs.tell_stage(stage)
        if stage.required:
            jobs.note_failed(stage.job)
        else:
            OutboxMessage.objects.create(job=stage.job, run=stage.job.run)


def _with_expired_leases() -> set[UUID]:
    return set(
        StageRun.objects.filter(
            state=StageRun.State.RUNNING,
            lease_until__lt=Now(),
            job__state__in=Job.ACTIVE,
        ).values_list("job_id", flat=True)
    )


def _waiting_unheard() -> set[UUID]:
    heard = OutboxMessage.objects.filter(job=OuterRef("pk"), created_at__gt=Now() - WAITED_TOO_LONG)
    held = StageRun.objects.filter(job=OuterRef("pk"), state=StageRun.State.RUNNING)
    return set(
        Job.objects.filter(state__in=Job.ACTIVE, created_at__lt=Now() - WAITED_TOO_LONG)
        .exclude(Exists(heard))
        .exclude(Exists(held))
        .values_list("pk", flat=True)
    )
