"""How an attempt ends: its rows and its success in one transaction, or its error kept."""

import random
import traceback as tb
from typing import Any

import structlog
from django.db import DatabaseError
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from meetings.media import SENTENCES, UnreadableMedia
from meetings.models import Attempt, StageRun
from meetings.pipeline import Commit
from meetings.services import jobs
from meetings.services.claims import StageClaim, close_attempt

log = structlog.get_logger(__name__)

SAID = {
    "out_of_memory": _("The machine ran out of memory. It will be tried again."),
    "infrastructure": _("The database, the store or the disk did not answer."),
    "time_limit": _("This stage took longer than it may."),
    "unexpected": _("Something unexpected happened. The operator can see what."),
}


def finish(claim: StageClaim, commit: Commit) -> None:
    """Write the stage's rows and mark it done, both or neither; Superseded where it is not ours."""
    with claim.fenced():
        commit()
        stage = StageRun.objects.select_related("job").get(pk=claim.stage_id)
        stage.state = StageRun.State.SUCCEEDED
        stage.progress = 1
        stage.finished_at = Now()
        stage.token = stage.lease_until = None
        stage.save()
        close_attempt(claim.token, Attempt.Outcome.SUCCEEDED, metrics=claim.metrics)
        stage.refresh_from_db()
        jobs.tell_stage(stage)
        jobs.note_finished(stage.job)


def abandon(claim: StageClaim) -> None:
    """Close the history of an attempt whose claim was lost or whose job was cancelled."""
    close_attempt(claim.token, Attempt.Outcome.CANCELLED, metrics=claim.metrics)
    StageRun.objects.filter(pk=claim.stage_id, token=claim.token).update(
        state=StageRun.State.PENDING, token=None, lease_until=None
    )


def fail(claim: StageClaim, error: BaseException) -> float | None:
    """Keep ``error``; seconds after which to try again, or None where the stage is dead."""
    described = describe(error)
    log.warning("stage_failed", job=claim.job_id, code=described["code"], exc_info=error)
    with claim.fenced():
        stage = StageRun.objects.select_related("job").get(pk=claim.stage_id)
        again = bool(described["retryable"]) and stage.attempts_left > 0
        stage.state = StageRun.State.FAILED if again else StageRun.State.DEAD
        stage.error = described
        stage.finished_at = Now()
        stage.token = stage.lease_until = None
        stage.save()
        close_attempt(
            claim.token,
            Attempt.Outcome.FAILED,
            metrics=claim.metrics,
            error=described,
            traceback="".join(tb.format_exception(error)),
        )
        stage.refresh_from_db()
        jobs.tell_stage(stage)
        if not again and stage.required:
            jobs.note_failed(stage.job)
    return backoff(stage.attempt) if again else None


def backoff(attempt: int) -> float:
    """Seconds to wait after the ``attempt``-th failure: 2, 4, 8 … 60, each with full jitter."""
    return random.uniform(1, min(60, 2**attempt))


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
    if isinstance(error, DatabaseError | OSError):
        return "infrastructure"
    return "time_limit" if type(error).__name__ == "SoftTimeLimitExceeded" else "unexpected"
