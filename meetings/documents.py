"""Jobs as the API and the socket show them."""

from typing import Any

from meetings.models import Job, StageRun
from meetings.services import estimates


def job_document(job: Job) -> dict[str, Any]:
    """A job with its stages; the shape is in docs/api.md."""
    return {
        "id": str(job.pk),
        "meeting": str(job.meeting_id),
        "run": job.run,
        "state": job.state,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "stages": [stage_document(stage) for stage in job.stages_in_order],
        "eta_seconds": estimates.eta_seconds(job),
    }


def stage_document(stage: StageRun) -> dict[str, Any]:
    """A stage with its attempts so far and its error, if it has one."""
    return {
        "name": stage.name,
        "state": stage.public_state,
        "attempt": stage.attempt,
        "progress": round(stage.progress, 3),
        "started_at": stage.started_at,
        "finished_at": stage.finished_at,
        "queue": stage.queue,
        "worker": stage.worker,
        "error": stage.shown_error,
    }
