"""One link of a chain: claim the stage, do its work, end the attempt."""

import random
from dataclasses import dataclass

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.utils.module_loading import import_string
from structlog.contextvars import bound_contextvars

from meetings import pipeline
from meetings.errors import Superseded
from meetings.models import StageRun
from meetings.services import claims, endings, outbox

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Verdict:
    """What the chain does after a link: goes on, stops, or comes back in ``again_in`` seconds."""

    goes_on: bool
    again_in: float | None = None


GO_ON, STOP = Verdict(True), Verdict(False)

WITHOUT_DATABASE = (5.0, 15.0)
"""Seconds, between which a link comes back when the database did not answer."""


def run_stage(
    *,
    job_id: str,
    run: int,
    name: str,
    shard: int | None = None,
    worker: str = "",
    task_id: str = "",
) -> Verdict:
    """Do the stage, or the shard, if it may be claimed; what happens is in the database then.

    Where there is no database it comes back: nothing was lost, or the lease ends by itself.
    """
    try:
        claim = claims.claim(
            job_id=job_id, run=run, name=name, shard=shard, worker=worker, task_id=task_id
        )
        return _run(claim, job_id=job_id, run=run, name=name, shard=shard)
    except (OperationalError, InterfaceError) as error:
        log.warning("database_away", job=job_id, stage=name, shard=shard, error=str(error))
        connection.close()
        return Verdict(False, random.uniform(*WITHOUT_DATABASE))


def _run(
    claim: claims.StageClaim | None, *, job_id: str, run: int, name: str, shard: int | None
) -> Verdict:
    if claim is None:
        done = shard is None and claims.is_done(job_id=job_id, run=run, name=name)
        return GO_ON if done else STOP
    with bound_contextvars(job=job_id, stage=name, shard=shard, attempt=claim.attempt), claim:
        return _work(claim, pipeline.BY_NAME[name])


def _work(claim: claims.StageClaim, stage: pipeline.Stage) -> Verdict:
    try:
        work: pipeline.Work = import_string(stage.work if claim.shard is None else stage.shard)
        made = work(claim)
        if isinstance(made, pipeline.Spread):
            endings.spread(claim, made)
            return STOP
        endings.finish(claim, made)
    except Superseded:
        endings.abandon(claim)
        return STOP
    except Exception as error:  # noqa: BLE001  (the process's edge: every error is kept and shown)
        connection.close_if_unusable_or_obsolete()
        return _failed(claim, stage, error)
    return STOP if claim.shard is not None else GO_ON


def _failed(claim: claims.StageClaim, stage: pipeline.Stage, error: Exception) -> Verdict:
    if stage.relieve and endings.describe(error)["code"] == "out_of_memory":
        import_string(stage.relieve)()
    try:
        again_in = endings.fail(claim, error)
    except Superseded:
        return STOP
    if again_in is not None:
        return Verdict(False, again_in)
    if claim.shard is not None:
        outbox.flush()
        return STOP
    optional = StageRun.objects.filter(pk=claim.stage_id, required=False).exists()
    return GO_ON if optional else STOP
