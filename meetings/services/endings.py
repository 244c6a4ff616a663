"""How an attempt ends: its rows and its success in one transaction, or its error kept."""

import random
import traceback as tb
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from meetings.media import SENTENCES, UnreadableMedia
from meetings.models import Attempt, OutboxMessage, StageRun
from meetings.pipeline import Commit, Spread
from meetings.services import admission, attempts, jobs, outbox, shards
from meetings.services.claims import StageClaim, close_attempt

log = structlog.get_logger(__name__)

NOT_ITS_FAULT = frozenset({"infrastructure", "storage_away", "disk_full"})
"""Errors of what a stage stands on: they cost it no attempt, up to ``MOST_ATTEMPTS`` in all."""

MOST_ATTEMPTS = 20
"""With the pauses of ``backoff`` between them, some seven minutes."""

LONGEST_PAUSE = 60  # seconds

SAID = {
    "out_of_memory": _("The machine ran out of memory."),
    "infrastructure": _("The database, the store or the disk did not answer."),
    "time_limit": _("This stage took longer than it may."),
    "unexpected": _("Something unexpected happened. The operator can see what."),
}


def finish(claim: StageClaim, commit: Commit) -> None:
    """Write the stage's rows and mark it done, both or neither; Superseded where it is not ours."""
    with claim.fenced():
        commit()
        stage = StageRun.every.select_related("job").get(pk=claim.stage_id)
        stage.state = StageRun.State.SUCCEEDED
        stage.progress = 1
        stage.output = claim.output
        stage.finished_at = Now()
        stage.token = stage.lease_until = None
        stage.save()
        close_attempt(claim.token, Attempt.Outcome.SUCCEEDED, metrics=claim.metrics)
        if stage.shard is not None:
            shards.note_done(stage)
            transaction.on_commit(outbox.flush)
            return
        stage.refresh_from_db()
        jobs.tell_stage(stage)
        jobs.note_finished(stage.job)


def spread(claim: StageClaim, wish: Spread) -> None:
    """Have the stage's shards done; Superseded where the stage is not ours."""
    with claim.fenced():
        stage = StageRun.objects.select_related("job").get(pk=claim.stage_id)
        shards.spread(stage, wish.shards, claim.metrics)
        transaction.on_commit(outbox.flush)


def abandon(claim: StageClaim) -> None:
    """Close the history of an attempt whose claim was lost or whose job was cancelled."""
    close_attempt(claim.token, Attempt.Outcome.CANCELLED, metrics=claim.metrics)
    StageRun.every.filter(pk=claim.stage_id, token=claim.token).update(
        state=StageRun.State.PENDING, token=None, lease_until=None
    )


def fail(claim: StageClaim, error: BaseException) -> float | None:
    """Keep ``error``; seconds after which to try again, or None where the stage is dead."""
    described = describe(error)
    log.warning("stage_failed", job=claim.job_id, code=described["code"], exc_info=error)
    with claim.fenced():
        stage = StageRun.every.select_related("job").get(pk=claim.stage_id)
        if described["code"] in NOT_ITS_FAULT and stage.attempt < MOST_ATTEMPTS:
            stage.attempts_left += 1
        again = bool(described["retryable"]) and stage.attempts_left > 0
        close_attempt(
            claim.token,
            Attempt.Outcome.FAILED,
            metrics=claim.metrics,
            error=described,
            traceback="".join(tb.format_exception(error)),
        )
        _end(stage, StageRun.State.FAILED if again else StageRun.State.DEAD, described)
        if not again:
            _note_death(stage)
    return backoff(stage.attempt) if again else None


def bury(stage: StageRun, error: dict[str, Any]) -> None:
    """A stage or shard whose attempts are used up is dead. Runs in the caller's transaction."""
    attempts.close(Attempt.objects.filter(stage=stage), Attempt.Outcome.LOST)
    _end(stage, StageRun.State.DEAD, error)
    _note_death(stage)
    if stage.shard is None and not stage.required:
        OutboxMessage.objects.create(job=stage.job, run=stage.job.run)


def _end(stage: StageRun, state: StageRun.State, error: dict[str, Any]) -> None:
    stage.state = state
    stage.error = error
    stage.finished_at = Now()
    stage.token = stage.lease_until = None
    stage.save()
    stage.refresh_from_db()
    if stage.shard is None:
        jobs.tell_stage(stage)


def _note_death(stage: StageRun) -> None:
    """What dies with ``stage``: with a shard its whole stage, with a required stage the job."""
    if stage.shard is not None:
        whole = StageRun.objects.select_for_update().filter(
            job=stage.job_id, name=stage.name, state=StageRun.State.SPREAD
        )
        for parent in whole:
            bury(parent, stage.error)
        admission.admit()
    elif stage.required:
        jobs.note_failed(stage.job)


def backoff(attempt: int) -> float:
    """Seconds to wait after the ``attempt``-th failure: 2, 4, 8 … 60, each with full jitter."""
    return random.uniform(1, min(LONGEST_PAUSE, 2**attempt))


def describe(error: BaseException) -> dict[str, Any]:
    """Code, English sentence, its facts, and whether trying again can help, of any error.

    Anticipated errors of this product and of its engines say so themselves.
    """
    code, detail = getattr(error, "code", None), getattr(error, "detail", None)
    if isinstance(error, UnreadableMedia):
        return _described(error.code, SENTENCES[error.reason], error.retryable, **error.facts)
    if isinstance(code, str) and detail is not None:
        return _described(code, detail, bool(getattr(error, "retryable", False)))
    code = _code_of(error)
    return _described(code, SAID[code], code != "time_limit")


def _described(code: str, sentence: Any, retryable: bool, **facts: str | int) -> dict[str, Any]:
    with translation.override("en"):
        said = str(sentence)
    return {"code": code, "sentence": said, "facts": facts, "retryable": retryable}


def _code_of(error: BaseException) -> str:
    if isinstance(error, MemoryError) or "out of memory" in str(error).lower():
        return "out_of_memory"
    if isinstance(error, DatabaseError | OSError | RedisError):
        return "infrastructure"
    return "time_limit" if type(error).__name__ == "SoftTimeLimitExceeded" else "unexpected"
