"""Claims: who may work on a stage, for how long, and how their work ends.

PostgreSQL decides, with its own clock: a claim is one conditional UPDATE, and every later write of
the stage names the claim's token. What a message says is only a hint that there may be work.
"""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from meetings import events
from meetings.errors import Superseded
from meetings.models import Attempt, Job, StageRun
from meetings.services import attempts, jobs, shards
from meetings.services.interruption import Interruption

log = structlog.get_logger(__name__)


class StageClaim:
    """A claim on a running stage, renewed by a thread of its own until it is closed."""

    def __init__(self, stage: StageRun, token: uuid.UUID) -> None:
        self.stage_id = stage.pk
        self.job_id = str(stage.job_id)
        self.meeting_id = str(stage.job.meeting_id)
        self.token = str(token)
        self.attempt = stage.attempt
        self.shard = stage.shard
        self.options: dict[str, Any] = dict(stage.job.options)
        self.metrics: dict[str, Any] = {}
        self.output = ""
        self.outputs = shards.outputs(stage) if stage.shard is None else []
        self._name = stage.name
        self._share = 0.0
        self._told = 0.0
        self._lost = threading.Event()
        self._interruption = Interruption(Superseded)
        self._closed = threading.Event()
        self._beat = threading.Thread(target=self._renew_until_closed, name="lease", daemon=True)

    def __enter__(self) -> "StageClaim":
        self._beat.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._closed.set()
        self._beat.join()

    def check(self) -> None:
        """Stop work that lost its claim; cheap, and from any thread."""
        if self._lost.is_set():
            raise Superseded

    def interruptible(self) -> AbstractContextManager[None]:
        """Superseded is raised in here within moments of the claim's loss, whatever runs."""
        return self._interruption.allowed()

    def report(self, share: float) -> None:
        """Note the progress; tell pages at most twice a second; stop work that lost its claim."""
        self.check()
        with self._interruption.forbidden():
            self._note(share)

    def _note(self, share: float) -> None:
        self._share = min(max(share, self._share, 0.0), 1.0)
        now = time.monotonic()
        if now - self._told >= 0.5:
            self._told = now
            events.publish(
                self.meeting_id,
                {
                    "type": "stage",
                    "name": self._name,
                    "state": StageRun.State.RUNNING,
                    "progress": round(self._share_of_stage(), 3),
                    "attempt": self.attempt,
                    "error": None,
                },
            )

    def _share_of_stage(self) -> float:
        if self.shard is None:
            return self._share
        done, whole = shards.counted(self.job_id, self._name)
        return min(1.0, (done + self._share) / whole)

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """A transaction in which the stage's row is locked and is ours; else Superseded."""
        with transaction.atomic():
            owned = StageRun.every.select_for_update().filter(
                pk=self.stage_id, token=self.token, state=StageRun.State.RUNNING
            )
            if not owned.exists():
                raise Superseded
            yield

    def _renew_until_closed(self) -> None:
        try:
            while not self._closed.wait(settings.LEASE_BEAT_SECONDS):
                try:
                    if not renew(self.stage_id, self.token, self._share):
                        self._lost.set()
                        self._interruption.interrupt()
                        return
                except DatabaseError as error:
                    log.warning("lease_not_renewed", stage=self.stage_id, error=str(error))
                    connection.close()
        finally:
            connection.close()


def claim(
    *,
    job_id: str,
    run: int,
    name: str,
    shard: int | None = None,
    worker: str = "",
    task_id: str = "",
) -> StageClaim | None:
    """The right to do stage ``name``, or a shard of it; None where it is done, taken or early.

    Adds an attempt before any work begins, so that a killed worker's attempt counts. A stage whose
    shards are done goes on with the attempt that spread it.
    """
    token = uuid.uuid4()
    rows = StageRun.every.filter(_wanted(run), ~_waits(), job_id=job_id, name=name, shard=shard)
    with transaction.atomic():
        if not (_go_on(rows, token, worker, task_id) or _begin(rows, token, worker)):
            return None
        stage = StageRun.every.select_related("job").get(token=token)
        _note_attempt(stage, token, run, worker, task_id)
        jobs.note_running(stage.job)
        if shard is None:
            jobs.tell_stage(stage)
        elif stage.attempt > 1:
            jobs.tell_stage(shards.note_attempt(stage))
    return StageClaim(stage, token)


def _begin(rows: QuerySet[StageRun], token: uuid.UUID, worker: str) -> bool:
    """Take a row that waits, or whose worker let its lease expire, for a new attempt."""
    free = Q(state__in=[StageRun.State.PENDING, StageRun.State.FAILED]) | Q(
        state=StageRun.State.RUNNING, lease_until__lt=Now()
    )
    whole_is_spread = StageRun.objects.filter(
        job=OuterRef("job"), name=OuterRef("name"), state=StageRun.State.SPREAD
    )
    taken = rows.filter(free, Q(shard=None) | Exists(whole_is_spread), attempts_left__gt=0)
    return bool(
        taken.order_by().update(
            **_taken(token, worker),
            attempt=F("attempt") + 1,
            attempts_left=F("attempts_left") - 1,
            started_at=Now(),
            finished_at=None,
            error={},
        )
    )


def _go_on(rows: QuerySet[StageRun], token: uuid.UUID, worker: str, task_id: str) -> bool:
    """Take a stage whose shards are all done, in the attempt that spread it."""
    done = ~Exists(shards.unfinished(job=OuterRef("job"), name=OuterRef("name")))
    ready = rows.filter(done, state=StageRun.State.SPREAD).order_by()
    before = ready.values_list("token", flat=True).first()
    if before is None:
        return False
    if not ready.filter(token=before).update(**_taken(token, worker)):
        return False
    Attempt.objects.filter(token=before).update(token=token, worker=worker, task_id=task_id)
    return True


def _taken(token: uuid.UUID, worker: str) -> dict[str, Any]:
    return {
        "state": StageRun.State.RUNNING,
        "token": token,
        "worker": worker,
        "lease_until": Now() + timedelta(seconds=settings.LEASE_SECONDS),
    }


def _wanted(run: int) -> Exists:
    """Conditions on other rows stand in subqueries, so that PostgreSQL re-checks the stage's own
    columns when a rival's UPDATE went first.
    """
    return Exists(Job.objects.filter(pk=OuterRef("job_id"), run=run, state__in=Job.ACTIVE))


def _waits() -> Exists:
    before = StageRun.objects.filter(job=OuterRef("job"), position__lt=OuterRef("position"))
    passed = Q(state__in=StageRun.FINISHED) | Q(required=False, state=StageRun.State.DEAD)
    return Exists(before.exclude(passed))


def _note_attempt(stage: StageRun, token: uuid.UUID, run: int, worker: str, task_id: str) -> None:
    running = Attempt.objects.filter(stage=stage, outcome=Attempt.Outcome.RUNNING)
    if running.filter(token=token).exists():
        return
    attempts.close(running, Attempt.Outcome.LOST)
    Attempt.objects.create(
        stage=stage,
        run=run,
        number=stage.attempt,
        token=token,
        worker=worker,
        task_id=task_id,
        started_at=Now(),
    )


def renew(stage_id: int, token: str, progress: float) -> bool:
    """Extend the lease and store the progress; False where the claim is lost or unwanted."""
    return bool(
        StageRun.every.filter(
            Exists(Job.objects.filter(pk=OuterRef("job_id"), state__in=Job.ACTIVE)),
            pk=stage_id,
            token=token,
            state=StageRun.State.RUNNING,
        ).update(lease_until=Now() + timedelta(seconds=settings.LEASE_SECONDS), progress=progress)
    )


def is_done(*, job_id: str, run: int, name: str) -> bool:
    """Whether the chain may go on past ``name``: done, skipped, or failed and not required."""
    return StageRun.objects.filter(
        Q(state__in=StageRun.FINISHED) | Q(required=False, state=StageRun.State.DEAD),
        job__pk=job_id,
        job__run=run,
        job__state__in=Job.ACTIVE,
        name=name,
    ).exists()


def close_attempt(
    token: str,
    outcome: str,
    *,
    metrics: dict[str, Any],
    error: dict[str, Any] | None = None,
    traceback: str = "",
) -> None:
    """Close the history's row of an attempt; a row that is closed stays as it is."""
    attempts.close(
        Attempt.objects.filter(token=token),
        outcome,
        metrics=metrics,
        error=error or {},
        traceback=traceback[-20_000:],
    )
