"""A meeting processed once more, from any stage whose predecessors are done."""

from typing import Any

from django.db import transaction

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings import pipeline
from meetings.errors import StageNotDone
from meetings.models import Job, Meeting, StageRun
from meetings.services import jobs


@transaction.atomic
def process(
    *, meeting: Meeting, by: User | None, from_stage: str = "convert", options: dict[str, Any]
) -> Job:
    """A new queued job that begins with ``from_stage``.

    StageNotDone where a required stage before it never succeeded; JobIsRunning where one is active.
    """
    earlier = pipeline.STAGES[: pipeline.STAGES.index(pipeline.BY_NAME[from_stage])]
    done = set(
        StageRun.objects.filter(job__meeting=meeting, state=StageRun.State.SUCCEEDED).values_list(
            "name", flat=True
        )
    )
    missing = [stage for stage in earlier if stage.required and stage.name not in done]
    if missing:
        raise StageNotDone(missing[0].name)
    job = jobs.start(meeting=meeting, by=by, from_stage=from_stage, options=options)
    audit.record(Act.JOB_STARTED, of=meeting, by=by, job=job.pk, from_stage=from_stage)
    return job
