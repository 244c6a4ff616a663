"""Meetings by the thousand, as they stand once they are done."""

import uuid
from datetime import timedelta

from django.utils import timezone

from accounts.models import User, Workspace
from meetings import pipeline
from meetings.models import Job, Meeting, Recording, StageRun

WORDS = "планёрка бюджет выпуск совет ремонт найм продажи отчёт склад договор".split()
BATCH = 2000


def many_meetings(*, workspace: Workspace, count: int, by: User | None = None) -> list[Meeting]:
    """``count`` meetings, an hour apart, each with its recording and a finished job."""
    now = timezone.now()
    meetings = [
        Meeting(
            workspace=workspace,
            created_by=by,
            title=f"{WORDS[n % len(WORDS)]} {WORDS[n // 10 % len(WORDS)]} {n}",
            participants=["Анна", f"Гость {n % 50}"],
            held_at=now - timedelta(hours=n),
        )
        for n in range(count)
    ]
    Meeting.objects.bulk_create(meetings, batch_size=BATCH)
    Recording.objects.bulk_create((_recording(meeting) for meeting in meetings), batch_size=BATCH)
    jobs = [
        Job(meeting=meeting, number=1, state=Job.State.SUCCEEDED, started_at=now, finished_at=now)
        for meeting in meetings
    ]
    Job.objects.bulk_create(jobs, batch_size=BATCH)
    stages = (stage for job in jobs for stage in _stages(job))
    StageRun.every.bulk_create(stages, batch_size=BATCH)
    return meetings


def _recording(meeting: Meeting) -> Recording:
    return Recording(
        meeting=meeting,
        key=f"meetings/{meeting.pk}/original-{uuid.uuid4().hex}.ogg",
        filename=f"{meeting.title}.ogg",
        bytes=1_000_000,
        sha256=uuid.uuid4().hex * 2,
        container="ogg",
        duration=1800.0,
        tracks=[],
    )


def _stages(job: Job) -> list[StageRun]:
    return [
        StageRun(
            job=job,
            position=position,
            name=stage.name,
            queue=stage.queue,
            required=stage.required,
            attempts_left=stage.attempts,
            state=StageRun.State.SUCCEEDED,
            progress=1.0,
        )
        for position, stage in enumerate(pipeline.STAGES)
    ]
