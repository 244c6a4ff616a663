import pytest
from django.db import IntegrityError, transaction

from meetings.errors import JobIsRunning, NothingToRetry
from meetings.models import Attempt, Job, OutboxMessage, StageRun
from meetings.services import claims, endings, jobs, outbox, reaper


def test_a_job_has_all_stages_and_a_message(job):
    names = list(job.stages.values_list("name", flat=True))
    assert names == ["convert", "diarize", "transcribe", "align", "report"]
    assert OutboxMessage.objects.filter(job=job, sent_at=None).count() == 1


def test_a_meeting_has_one_active_job(job):
    with pytest.raises(JobIsRunning):
        jobs.start(meeting=job.meeting, by=None, options={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(meeting=job.meeting, number=2)


def test_a_job_from_a_later_stage_skips_the_earlier(job):
    jobs.cancel(job=job)
    again = jobs.start(meeting=job.meeting, by=None, from_stage="align", options={})
    skipped = again.stages.filter(state=StageRun.State.SKIPPED).values_list("name", flat=True)
    assert list(skipped) == ["convert", "diarize", "transcribe"]
    assert claims.claim(job_id=str(again.pk), run=1, name="align") is not None


def test_retry_does_not_do_again_what_is_done(job):
    endings.finish(claims.claim(job_id=str(job.pk), run=1, name="convert"), lambda: None)
    jobs.cancel(job=job)
    jobs.retry(job=job)
    assert (job.run, job.state) == (2, Job.State.QUEUED)
    assert job.stages.get(name="convert").state == StageRun.State.SUCCEEDED
    assert claims.claim(job_id=str(job.pk), run=2, name="convert") is None
    assert claims.claim(job_id=str(job.pk), run=2, name="diarize") is not None


def test_only_ended_jobs_are_tried_again(job):
    with pytest.raises(NothingToRetry):
        jobs.retry(job=job)


@pytest.mark.django_db(transaction=True)
def test_the_message_is_sent_after_the_commit(job):
    assert OutboxMessage.objects.get(job=job).sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_leaves_the_message_for_the_reaper(meeting, monkeypatch):
    def away(job, run):
        raise OSError("refused")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "send_chain", away)
        job = jobs.start(meeting=meeting, by=None, options={})
    assert OutboxMessage.objects.get(job=job).sent_at is None
    reaper.reap()
    assert OutboxMessage.objects.get(job=job).sent_at is not None


def expire_lease(job):
    StageRun.objects.filter(job=job, state="running").update(lease_until="2020-01-01T00:00Z")
    OutboxMessage.objects.filter(job=job).update(created_at="2019-12-31T23:50Z")


@pytest.mark.django_db(transaction=True)
def test_the_reaper_sends_work_of_a_lost_worker_again(job):
    claims.claim(job_id=str(job.pk), run=1, name="convert")
    assert reaper.reap() == 0
    expire_lease(job)
    assert reaper.reap() == 1
    assert OutboxMessage.objects.filter(job=job).count() == 2


@pytest.mark.django_db(transaction=True)
def test_work_that_was_sent_again_and_waits_is_not_sent_at_every_round(job):
    claims.claim(job_id=str(job.pk), run=1, name="convert")
    expire_lease(job)
    assert [reaper.reap(), reaper.reap()] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_a_stage_that_kills_every_worker_is_dead_after_its_attempts(job):
    for _ in range(3):
        claims.claim(job_id=str(job.pk), run=1, name="convert")
        expire_lease(job)
    reaper.reap()
    job.refresh_from_db()
    stage = job.stages.get(name="convert")
    assert (job.state, stage.state) == (Job.State.FAILED, StageRun.State.DEAD)
    assert stage.error["code"] == "worker_lost"
    assert not Attempt.objects.filter(outcome="running").exists()
