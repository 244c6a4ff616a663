"""Stages that were given up, with all that an operator needs to judge them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from meetings import errors
from meetings.models import Attempt, Job, StageRun


@dataclass(frozen=True)
class AttemptLine:
    """An attempt at a dead stage, or at a shard of it."""

    shard: int | None
    number: int
    run: int
    outcome: str
    label: str
    worker: str
    started_at: datetime
    finished_at: datetime | None
    code: str
    traceback: str


@dataclass(frozen=True)
class DeadLetter:
    """A stage that was given up: its input, its error, its attempts."""

    id: int
    job: str
    run: int
    job_state: str
    meeting: str
    title: str
    workspace: str
    recording: str
    options: dict[str, Any]
    stage: str
    queue: str
    required: bool
    died_at: datetime | None
    error: dict[str, Any]
    attempts: list[AttemptLine]

    @property
    def options_as_json(self) -> str:
        """What was asked for, as it was asked."""
        return json.dumps(self.options, ensure_ascii=False)


def stages() -> QuerySet[StageRun]:
    """Stages given up in the latest job of their meeting, newest first; later jobs bury earlier."""
    later = Job.objects.filter(meeting=OuterRef("job__meeting"), number__gt=OuterRef("job__number"))
    return (
        StageRun.objects.filter(~Exists(later), state=StageRun.State.DEAD)
        .select_related("job__meeting__recording", "job__meeting__workspace")
        .order_by("-finished_at", "-pk")
    )


def letters(dead: Iterable[StageRun]) -> list[DeadLetter]:
    """Each of ``dead`` with its input, error and attempts, in a constant number of queries."""
    dead = list(dead)
    attempts = _attempts(dead)
    return [
        DeadLetter(
            id=stage.pk,
            job=str(stage.job_id),
            run=stage.job.run,
            job_state=stage.job.state,
            meeting=str(stage.job.meeting_id),
            title=stage.job.meeting.title,
            workspace=stage.job.meeting.workspace.name,
            recording=stage.job.meeting.recording.key,
            options=stage.job.options,
            stage=stage.name,
            queue=stage.queue,
            required=stage.required,
            died_at=stage.finished_at,
            error=errors.shown(stage.error) or {},
            attempts=attempts[stage.job_id, stage.name],
        )
        for stage in dead
    ]


def _attempts(dead: Iterable[StageRun]) -> dict[tuple[UUID, str], list[AttemptLine]]:
    """By job and stage, oldest first; of shards only those that did not succeed."""
    stages = {(stage.job_id, stage.name) for stage in dead}
    rows = (
        Attempt.objects.filter(stage__job__in={job for job, _name in stages})
        .exclude(stage__shard__isnull=False, outcome=Attempt.Outcome.SUCCEEDED)
        .select_related("stage")
        .order_by("started_at", "pk")
    )
    found: dict[tuple[UUID, str], list[AttemptLine]] = defaultdict(list)
    for row in rows:
        found[row.stage.job_id, row.stage.name].append(_attempt(row))
    return found


def _attempt(attempt: Attempt) -> AttemptLine:
    return AttemptLine(
        shard=attempt.stage.shard,
        number=attempt.number,
        run=attempt.run,
        outcome=attempt.outcome,
        label=str(attempt.get_outcome_display()),
        worker=attempt.worker,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        code=str(attempt.error.get("code", "")),
        traceback=attempt.traceback,
    )
