"""The life of a job: started, told about, cancelled, tried again."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce, Now

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings import events, pipeline
from meetings.errors import (
    InTheBin,
    JobIsRunning,
    NothingToRetry,
    RecordingDeleted,
)
from meetings.models import (
    Attempt,
    Job,
    Meeting,
    Recording,
    StageRun,
)
from meetings.services import (
    admission,
    attempts,
    estimates,
    notifications,
    quotas,
    usage,
    webhook_events,
)


@transaction.atomic
def start(
    *, meeting: Meeting, by: User | None, from_stage: str = "convert", options: dict[str, Any]
) -> Job:
    """A queued job, sent once its workspace's turn comes; JobIsRunning where one is active.

    InTheBin where the meeting was thrown away, RecordingDeleted where a stage would need it.

    Stages before ``from_stage`` are inherited from earlier jobs and stand as skipped.
    QuotaExceeded where the recording is to be recognised and its workspace has no hours left.
    """
    wanted = {stage.name for stage in pipeline.from_stage(from_stage)}
    _admit(meeting, wanted)
    _hold(meeting.pk, wanted)
    if Job.objects.filter(meeting=meeting, state__in=Job.ACTIVE).exists():
        raise JobIsRunning
    job = Job.objects.create(
        meeting=meeting,
        number=Job.objects.filter(meeting=meeting).count() + 1,
        created_by=by,
        options=options,
    )
    StageRun.objects.bulk_create(
        StageRun(
            job=job,
            position=position,
            name=stage.name,
            queue=stage.queue,
            required=stage.required,
            attempts_left=stage.attempts,
            state=StageRun.State.PENDING if stage.name in wanted else StageRun.State.SKIPPED,
        )
        for position, stage in enumerate(pipeline.STAGES)
    )
    _queue(job)
    return job


@transaction.atomic
def retry(*, job: Job) -> Job:
    """Try a failed or cancelled job again; what is done is not done again.

    QuotaExceeded where what is left is the recognition and the workspace has no hours left.
    """
    unfinished = job.stages.exclude(state__in=StageRun.FINISHED)
    left = set(unfinished.values_list("name", flat=True))
    _admit(job.meeting, left)
    _hold(job.meeting_id, left)
    list(job.stages.select_for_update())  # before their job, as everywhere
    job.refresh_from_db()
    active = Job.objects.filter(meeting=job.meeting_id, state__in=Job.ACTIVE)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED) or active.exists():
        raise NothingToRetry
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.QUEUED, run=job.run + 1, admitted_at=None, finished_at=None, started_at=None
    )
    job.refresh_from_db()
    for stage in job.stages.exclude(state__in=StageRun.FINISHED):
        stage.state = StageRun.State.PENDING
        stage.attempts_left = pipeline.BY_NAME[stage.name].attempts
        stage.token = stage.lease_until = stage.finished_at = None
        stage.error = {}
        stage.progress = 0
        stage.save()
        tell_stage(stage)
    _queue(job)
    audit.record(Act.JOB_RETRIED, of=job.meeting, job=job.pk, run=job.run)
    return job


@transaction.atomic
def cancel(*, job: Job) -> bool:
    """Cancel an active job; its running stage notices at its next beat. False where it ended."""
    spread = [
        stage.pk
        for stage in job.stages.select_for_update()  # before their job, as everywhere
        if stage.state == StageRun.State.SPREAD
    ]
    if not Job.objects.filter(pk=job.pk, state__in=Job.ACTIVE).exists():
        return False
    attempts.close(Attempt.objects.filter(stage__in=spread), Attempt.Outcome.CANCELLED)
    StageRun.objects.filter(pk__in=spread).update(state=StageRun.State.PENDING, token=None)
    audit.record(Act.JOB_CANCELLED, of=job.meeting, job=job.pk, run=job.run)
    return _end(job, Job.State.CANCELLED)


def _admit(meeting: Meeting, wanted: set[str]) -> None:
    """Room for what the stages ``wanted`` use; the workspace is held before its meeting."""
    if usage.COUNTED in wanted:
        lengths = Recording.objects.filter(meeting=meeting).values_list("duration", flat=True)
        wish = quotas.Wish(seconds=lengths.first() or quotas.UNKNOWN)
        quotas.admit(workspace_id=meeting.workspace_id, wish=wish)


def _hold(meeting_id: Any, stages: set[str]) -> None:
    """Lock the meeting until the end of the transaction, if these stages can be done for it."""
    if Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id).binned_at:
        raise InTheBin
    gone = Recording.objects.filter(meeting=meeting_id, deleted_at__isnull=False)
    if stages & pipeline.LISTENING and gone.exists():
        raise RecordingDeleted


def _queue(job: Job) -> None:
    admission.admit()
    tell_job(job)


def _end(job: Job, state: Job.State) -> bool:
    """End an active job: its person is told, its place goes to the next, in one transaction.

    False where it had ended before. Who cancelled knows it, and is not told.
    """
    ended = Job.objects.filter(pk=job.pk, state__in=Job.ACTIVE).update(
        state=state, finished_at=Now()
    )
    tell_job(job)
    if ended and state != Job.State.CANCELLED:
        notifications.note(job)
    if ended:
        webhook_events.note_ending(job)
        admission.admit()  # last, for it holds a lock that all endings wait for
    return bool(ended)


def note_running(job: Job) -> None:
    """The first claim of a job starts it."""
    if Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, started_at=Now(), admitted_at=Coalesce("admitted_at", Now())
    ):
        tell_job(job)


def note_finished(job: Job) -> None:
    """The last stage's commit ends the job."""
    over = (*StageRun.FINISHED, StageRun.State.DEAD)
    if job.stages.exclude(state__in=over).exists():
        tell_job(job)
        return
    _end(job, Job.State.SUCCEEDED)


def note_failed(job: Job) -> None:
    """A dead stage that was required ends the job; what is finished stays."""
    _end(job, Job.State.FAILED)


def tell_job(job: Job) -> None:
    """Publish the state that the job has now."""
    job.refresh_from_db()
    events.publish(
        job.meeting_id,
        {"type": "job", "state": job.state, "eta_seconds": estimates.eta_seconds(job)},
        brief=True,
    )


def tell_stage(stage: StageRun) -> None:
    """Publish the state that the stage has now."""
    events.publish(
        stage.job.meeting_id,
        {
            "type": "stage",
            "name": stage.name,
            "state": stage.public_state,
            "progress": stage.progress,
            "attempt": stage.attempt,
            "error": stage.error or None,
        },
        brief=True,
    )
