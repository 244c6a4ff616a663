"""The outbox: what must be sent is written with its cause, and sent after the commit."""

from typing import Any

import structlog
from celery import chain, current_app
from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from meetings import pipeline
from meetings.models import Job, OutboxMessage, StageRun

TASK = "meetings.tasks.run_stage"
"""By name: services know no tasks."""

log = structlog.get_logger(__name__)


def flush(*, limit: int = 100) -> int:
    """Send what is unsent; how many were. A broker that is away leaves them for the reaper."""
    sent = 0
    with transaction.atomic():
        waiting = OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            sent_at=None
        )
        ordered = waiting.select_related("job__meeting__recording", "shard").order_by("pk")
        for message in ordered[:limit]:
            try:
                if message.shard is None:
                    send_chain(message.job, message.run)
                else:
                    send_shard(message.shard, message.job, message.run)
            except (OperationalError, OSError) as error:
                log.warning("broker_away", error=str(error), waiting=len(waiting))
                break
            message.sent_at = Now()
            message.save(update_fields=["sent_at"])
            sent += 1
    return sent


def send_chain(job: Job, run: int) -> None:
    """Put the stages that ``job`` still needs on their queues, as one chain of ids only."""
    done = set(
        StageRun.objects.filter(job=job, state__in=StageRun.FINISHED).values_list("name", flat=True)
    )
    links = [
        current_app.signature(
            TASK, (str(job.pk), run, stage.name), immutable=True, options=_options(job, stage)
        )
        for stage in pipeline.STAGES
        if stage.name not in done
    ]
    if links:
        chain(*links).apply_async()


def send_shard(shard: StageRun, job: Job, run: int) -> None:
    """Put one shard on its queue."""
    current_app.signature(
        TASK,
        (str(job.pk), run, shard.name, shard.shard),
        immutable=True,
        options=_options(job, pipeline.BY_NAME[shard.name]),
    ).apply_async()


def _options(job: Job, stage: pipeline.Stage) -> dict[str, Any]:
    soft = stage.limit + stage.limit_factor * (job.meeting.recording.duration or 0)
    return {"queue": stage.queue, "soft_time_limit": soft, "time_limit": soft + 60}
