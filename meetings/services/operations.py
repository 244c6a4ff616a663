"""What an operator does to jobs: replays, releases, cancels; each leaves a row of history."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.utils import translation

from accounts.acts import Act
from accounts.errors import ProtokolError
from accounts.models import User
from accounts.services import audit
from meetings.errors import NothingToCancel, NothingToRelease, NothingToRetry
from meetings.models import Attempt, Job, Operation, OutboxMessage, StageRun
from meetings.services import attempts, jobs, outbox, processing, shards

KEPT = {
    Operation.Action.REPLAY: Act.OPERATOR_REPLAYED,
    Operation.Action.RELEASE: Act.OPERATOR_RELEASED,
    Operation.Action.CANCEL: Act.OPERATOR_CANCELLED,
}

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Operator:
    """Who acts: a person of the product, or an account of the machine at a terminal."""

    name: str
    source: Operation.Source
    user: User | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of an action: ``code`` and ``detail`` say why it was refused, else are empty."""

    action: str
    job: str
    title: str
    done: bool
    code: str = ""
    detail: str = ""


def replay(*, job: Job, by: Operator) -> Outcome:
    """Run a job's dead stages, and what follows them, again; what is done is inherited.

    A failed or cancelled job gets a new run; of one that succeeded without a stage that is not
    required, a new job begins with that stage.
    """
    return _recorded(Operation.Action.REPLAY, job, by, lambda: _replay(job, by))


def release(*, job: Job, by: Operator) -> Outcome:
    """Take a job's stage, or its shards, from workers that hold it and do not move; send it again.

    The worker is fenced at once; its attempt stays in the history as lost. The stage may be tried
    at least once more. A stage that waits is only sent again.
    """
    return _recorded(Operation.Action.RELEASE, job, by, lambda: _release(job))


def cancel(*, job: Job, by: Operator) -> Outcome:
    """Cancel an active job."""
    return _recorded(Operation.Action.CANCEL, job, by, lambda: _cancel(job))


def _recorded(action: Operation.Action, job: Job, by: Operator, act: Callable[[], None]) -> Outcome:
    """The action and its row in one transaction; a refusal is a row as well."""
    refused: ProtokolError | None = None
    with transaction.atomic():
        try:
            with transaction.atomic():
                act()
        except ProtokolError as error:
            refused = error
        row = Operation.objects.create(
            user=by.user,
            operator=by.name,
            source=by.source,
            action=action,
            job=job,
            subject=str(job)[:300],
            refusal=_in_english(refused)[:300] if refused else "",
        )
        audit.record(
            KEPT[action],
            of=job.meeting,
            by=by.user,
            via="" if by.user else f"{by.name} ({by.source.value})",
            job=job.pk,
            operation=row.pk,
            refused=refused.code if refused else "",
        )
    log.info(
        "operation",
        action=action.value,
        job=str(job.pk),
        operator=by.name,
        source=by.source.value,
        refused=refused.code if refused else None,
    )
    return Outcome(
        action=action.value,
        job=str(job.pk),
        title=str(job),
        done=refused is None,
        code=refused.code if refused else "",
        detail=str(refused.detail) if refused else "",
    )


def _in_english(error: ProtokolError) -> str:
    with translation.override("en"):
        return str(error.detail)


def _replay(job: Job, by: Operator) -> None:
    job.refresh_from_db()
    if job.state != Job.State.SUCCEEDED:
        jobs.retry(job=job)
        return
    dead = job.stages.filter(state=StageRun.State.DEAD).order_by("position").first()
    if dead is None:
        raise NothingToRetry
    processing.process(
        meeting=job.meeting, by=by.user, from_stage=dead.name, options=dict(job.options)
    )


def _release(job: Job) -> None:
    held = list(StageRun.every.select_for_update().filter(job=job, state=StageRun.State.RUNNING))
    job.refresh_from_db()
    if not job.is_active or job.admitted_at is None:
        raise NothingToRelease
    for stage in held:
        attempts.close(Attempt.objects.filter(stage=stage), Attempt.Outcome.LOST)
        stage.state = StageRun.State.PENDING
        stage.token = stage.lease_until = None
        stage.worker = ""
        stage.attempts_left = max(stage.attempts_left, 1)
        stage.save()
        if stage.shard is None:
            jobs.tell_stage(stage)
    OutboxMessage.objects.create(job=job, run=job.run)
    shards.send(job)
    transaction.on_commit(outbox.flush)


def _cancel(job: Job) -> None:
    if not jobs.cancel(job=job):
        raise NothingToCancel
