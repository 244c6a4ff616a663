"""The ledger of what jobs used: every ended attempt once, every recording once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.months import this_month
from meetings.errors import StageError, Superseded
from meetings.models import Attempt, Deletion, Operation, Recording, StageRun, StageUsage
from meetings.pipeline import Spread
from meetings.services import claims, deletion, endings, jobs, operations, reaper, releases, usage
from tests.factories import AttachmentFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def claim(job, name="convert", **more):
    return claims.claim(job_id=str(job.pk), run=job.run, name=name, **more)


def finish(job, *names):
    for name in names:
        endings.finish(claim(job, name), lambda: None)


def lose(job, name):
    """The worker that has the stage dies; its lease ends."""
    taken = claim(job, name)
    StageRun.every.filter(pk=taken.stage_id).update(lease_until=timezone.now() - timedelta(hours=1))
    return taken


def recognised(job):
    return usage.seconds_recognised(job.meeting.workspace_id, this_month())


def test_a_job_that_is_done_counts_its_recording_once_and_every_stage(job):
    finish(job, "convert", "diarize", "transcribe", "align", "report")
    rows = StageUsage.objects.filter(job=job)
    assert {row.stage: row.recording_seconds for row in rows} == {
        **dict.fromkeys(("convert", "diarize", "align", "report"), 0),
        "transcribe": 60,
    }
    assert {row.workspace_id for row in rows} == {job.meeting.workspace_id}
    assert {row.outcome for row in rows} == {"succeeded"}
    assert recognised(job) == 60


def test_failed_attempts_count_their_work_and_no_recording(job):
    finish(job, "convert", "diarize")
    endings.fail(claim(job, "transcribe"), StageError("away", retryable=True))
    assert recognised(job) == 0
    finish(job, "transcribe")
    assert recognised(job) == 60
    outcomes = StageUsage.objects.filter(stage="transcribe").order_by("pk")
    assert [row.outcome for row in outcomes] == ["failed", "succeeded"]


def test_an_attempt_that_was_lost_with_its_worker_is_entered_and_the_recording_counts_once(job):
    finish(job, "convert", "diarize")
    lost = lose(job, "transcribe")
    finish(job, "transcribe")
    with pytest.raises(Superseded):
        endings.finish(lost, lambda: None)
    outcomes = StageUsage.objects.filter(stage="transcribe").order_by("pk")
    assert [row.outcome for row in outcomes] == ["lost", "succeeded"]
    assert recognised(job) == 60


def test_a_commit_that_is_rolled_back_enters_nothing(job):
    finish(job, "convert", "diarize")

    def broken():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        endings.finish(claim(job, "transcribe"), broken)
    assert recognised(job) == 0
    assert not StageUsage.objects.filter(stage="transcribe").exists()


def test_a_job_tried_again_counts_what_it_had_not_recognised_and_nothing_twice(job):
    finish(job, "convert", "diarize", "transcribe")
    endings.fail(claim(job, "align"), StageError("no"))
    jobs.retry(job=job)
    job.refresh_from_db()
    finish(job, "align", "report")
    assert recognised(job) == 60


def test_entering_an_attempt_once_more_changes_nothing(job):
    finish(job, "convert", "diarize", "transcribe")
    before = list(StageUsage.objects.values())
    usage.note(Attempt.objects.values_list("pk", flat=True))
    assert list(StageUsage.objects.values()) == before


def test_a_new_job_from_an_early_stage_counts_anew_and_from_a_late_one_does_not(job):
    finish(job, "convert", "diarize", "transcribe", "align", "report")
    again = jobs.start(meeting=job.meeting, by=None, from_stage="report", options={})
    finish(again, "report")
    assert recognised(job) == 60
    anew = jobs.start(meeting=job.meeting, by=None, from_stage="transcribe", options={})
    finish(anew, "transcribe", "align", "report")
    assert recognised(job) == 120


def test_shards_are_part_of_their_stages_attempt(job):
    finish(job, "convert", "diarize")
    endings.spread(claim(job, "transcribe"), Spread(2))
    for shard in (0, 1):
        endings.finish(claim(job, "transcribe", shard=shard), lambda: None)
    finish(job, "transcribe")
    assert StageUsage.objects.filter(stage="transcribe").count() == 1
    assert recognised(job) == 60


@pytest.mark.parametrize("how", ["cancelled while spread", "released", "buried", "stopped"])
def test_every_other_end_of_an_attempt_is_entered_as_well(job, how):
    finish(job, "convert")
    if how == "cancelled while spread":
        endings.spread(claim(job, "diarize"), Spread(2))
        jobs.cancel(job=job)
    elif how == "released":
        claim(job, "diarize")
        operations.release(job=job, by=operations.Operator("root", Operation.Source.TERMINAL))
    elif how == "stopped":
        claim(job, "diarize", task_id="t1")
        releases.release(task_id="t1")
    else:
        lose(job, "diarize")
        StageRun.objects.filter(name="diarize").update(attempts_left=0)
        reaper.bury_exhausted()
    assert not Attempt.objects.filter(outcome=Attempt.Outcome.RUNNING).exists()
    assert StageUsage.objects.get(stage="diarize").outcome in ("cancelled", "lost")


def test_what_a_deleted_meeting_used_stays_used(job):
    finish(job, "convert", "diarize", "transcribe")
    workspace = job.meeting.workspace_id
    deletion.purge(meeting_id=job.meeting.pk, cause=Deletion.Cause.PERSON)
    assert usage.seconds_recognised(workspace, this_month()) == 60
    assert set(StageUsage.objects.values_list("meeting", "job")) == {(None, None)}


def test_last_months_use_is_not_this_months(job):
    finish(job, "convert", "diarize", "transcribe")
    month = this_month()
    StageUsage.objects.update(ended_at=month.start - timedelta(seconds=1))
    assert recognised(job) == 0
    assert usage.seconds_recognised(job.meeting.workspace_id, month.later(-1)) == 60
    StageUsage.objects.update(ended_at=month.start)
    assert recognised(job) == 60


def test_storage_is_the_recording_what_was_made_of_it_and_the_attachments(user):
    meeting = MeetingFactory.create(owner=user, recording__bytes=1000)
    Recording.objects.filter(meeting=meeting).update(derived_bytes=300)
    AttachmentFactory(meeting=meeting, bytes=20)
    MeetingFactory.create()
    assert usage.bytes_stored(user.workspaces.get().pk) == 1320
    deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON)
    assert usage.bytes_stored(user.workspaces.get().pk) == 0
