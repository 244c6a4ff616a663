"""One link of a chain: claim the stage, do its work, end the attempt."""

from dataclasses import dataclass

from django.db import connection
from django.utils.module_loading import import_string
from structlog.contextvars import bound_contextvars

from meetings import pipeline
from meetings.errors import Superseded
from meetings.models import StageRun
from meetings.services import claims, endings


@dataclass(frozen=True)
class Verdict:
    """What the chain does after a link: goes on, stops, or comes back in ``again_in`` seconds."""

    goes_on: bool
    again_in: float | None = None


GO_ON, STOP = Verdict(True), Verdict(False)


def run_stage(*, job_id: str, run: int, name: str, worker: str = "", task_id: str = "") -> Verdict:
    """Do the stage if it may be claimed; whatever happens is in the database afterwards."""
    claim = claims.claim(job_id=job_id, run=run, name=name, worker=worker, task_id=task_id)
    if claim is None:
        return GO_ON if claims.is_done(job_id=job_id, run=run, name=name) else STOP
    with bound_contextvars(job=job_id, stage=name, attempt=claim.attempt), claim:
        return _work(claim, pipeline.BY_NAME[name])


def _work(claim: claims.StageClaim, stage: pipeline.Stage) -> Verdict:
    try:
        work: pipeline.Work = import_string(stage.work)
        endings.finish(claim, work(claim))
    except Superseded:
        endings.abandon(claim)
        return STOP
    except Exception as error:  # noqa: BLE001  (the process's edge: every error is kept and shown)
        connection.close_if_unusable_or_obsolete()
        return _failed(claim, stage, error)
    return GO_ON


def _failed(claim: claims.StageClaim, stage: pipeline.Stage, error: Exception) -> Verdict:
    try:
        again_in = endings.fail(claim, error)
    except Superseded:
        return STOP
    if again_in is not None:
        return Verdict(False, again_in)
    optional = StageRun.objects.filter(pk=claim.stage_id, required=False).exists()
    return GO_ON if optional else STOP
