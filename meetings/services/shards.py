"""A stage spread over shards: rows of their own that several workers take at once.

The shards of a stage are claimed, renewed, ended and tried again as stages are. The commit of the
last one, counted in the database under the stage's lock, sends the job on.
"""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest, Now

from meetings import pipeline
from meetings.models import Attempt, Job, OutboxMessage, StageRun
from meetings.services import admission


def of_stage(**where: Any) -> QuerySet[StageRun]:
    """The shards of a stage, given its ``job`` and ``name``."""
    return StageRun.every.filter(shard__isnull=False, **where)


def unfinished(**where: Any) -> QuerySet[StageRun]:
    """Those that are not done."""
    return of_stage(**where).exclude(state__in=StageRun.FINISHED)


def counted(job_id: str, name: str) -> tuple[int, int]:
    """How many shards of a stage are done, and how many there are (at least one)."""
    states = list(of_stage(job=job_id, name=name).values_list("state", flat=True))
    return sum(state in StageRun.FINISHED for state in states), max(1, len(states))


def outputs(stage: StageRun) -> list[str]:
    """What the finished shards of ``stage`` stored, in order."""
    done = of_stage(job=stage.job_id, name=stage.name, state=StageRun.State.SUCCEEDED)
    return list(done.order_by("shard").values_list("output", flat=True))


def spread(stage: StageRun, count: int, metrics: dict[str, Any]) -> None:
    """Have ``count`` shards of a claimed stage done; those that are done already stay done.

    Where all of them are, the stage's work found them wanting: they are done anew. Runs in the
    caller's transaction, under the stage's lock.
    """
    StageRun.every.bulk_create(
        (
            StageRun(
                job_id=stage.job_id,
                position=stage.position,
                name=stage.name,
                shard=number,
                queue=stage.queue,
                required=stage.required,
                attempts_left=0,
            )
            for number in range(count)
        ),
        ignore_conflicts=True,
    )
    mine = of_stage(job=stage.job_id, name=stage.name)
    mine.filter(shard__gte=count).update(state=StageRun.State.SKIPPED, finished_at=Now())
    wanted = mine.filter(shard__lt=count)
    if not wanted.exclude(state=StageRun.State.SUCCEEDED).exists():
        wanted.update(state=StageRun.State.PENDING, output="", admitted_at=None)
    wanted.exclude(state=StageRun.State.SUCCEEDED).update(
        state=StageRun.State.PENDING,
        attempts_left=pipeline.BY_NAME[stage.name].attempts,
        token=None,
        lease_until=None,
        admitted_at=None,
        error={},
        progress=0,
    )
    StageRun.objects.filter(pk=stage.pk).update(state=StageRun.State.SPREAD, lease_until=None)
    Attempt.objects.filter(token=str(stage.token)).update(metrics=metrics)
    admission.admit()


def send(job: Job) -> None:
    """Note that every shard of ``job`` that was admitted and waits is to be sent again."""
    waiting = StageRun.every.filter(
        job=job,
        shard__isnull=False,
        admitted_at__isnull=False,
        state__in=(StageRun.State.PENDING, StageRun.State.FAILED),
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(job=job, run=job.run, shard=shard) for shard in waiting.order_by("shard")
    )


def note_attempt(shard: StageRun) -> StageRun:
    """Count another attempt at a shard as one at its stage, which shows the most that any took."""
    whole = StageRun.objects.filter(job=shard.job_id, name=shard.name)
    whole.update(attempt=Greatest("attempt", shard.attempt))
    return whole.select_related("job").get()


def note_done(shard: StageRun) -> None:
    """Count a shard that is being committed; the last one sends its job on."""
    stage = StageRun.objects.select_for_update().get(job=shard.job_id, name=shard.name)
    done, whole = counted(str(shard.job_id), shard.name)
    stage.progress = done / whole
    stage.save(update_fields=["progress"])
    if done == whole:
        OutboxMessage.objects.create(job=shard.job, run=shard.job.run)
    admission.admit()
