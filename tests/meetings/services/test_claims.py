from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from meetings.errors import Superseded
from meetings.models import Attempt, Job, StageRun
from meetings.services import claims, endings, jobs


def claim(job, name="convert", run=None):
    return claims.claim(job_id=str(job.pk), run=run or job.run, name=name, worker="w1")


def expire(job, name="convert"):
    StageRun.objects.filter(job=job, name=name).update(lease_until=Now() - timedelta(seconds=1))


def test_a_stage_is_claimed_once(job):
    assert claim(job) is not None
    assert claim(job) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_claim(job):
    def try_to_claim(_):
        try:
            return claim(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        claimed = [c for c in pool.map(try_to_claim, range(16)) if c]
    assert len(claimed) == 1
    assert Attempt.objects.count() == 1


def test_the_first_claim_starts_the_job(job):
    claim(job)
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert job.started_at is not None


def test_a_stage_waits_for_its_predecessors(job):
    assert claim(job, "diarize") is None
    endings.finish(claim(job), lambda: None)
    assert claim(job, "diarize") is not None


def test_a_stage_that_is_not_required_lets_others_pass_when_it_is_dead(job):
    endings.finish(claim(job), lambda: None)
    job.stages.filter(name="diarize").update(state=StageRun.State.DEAD)
    assert claims.is_done(job_id=str(job.pk), run=job.run, name="diarize")
    assert claim(job, "transcribe") is not None


def test_an_expired_lease_can_be_taken_and_the_lost_attempt_stays_in_the_history(job):
    first = claim(job)
    expire(job)
    second = claim(job)
    assert second.attempt == 2
    outcomes = list(Attempt.objects.order_by("number").values_list("outcome", flat=True))
    assert outcomes == [Attempt.Outcome.LOST, Attempt.Outcome.RUNNING]
    assert first.token != second.token


def test_a_late_writer_is_fenced(job):
    late = claim(job)
    expire(job)
    claim(job)
    written = []
    with pytest.raises(Superseded):
        endings.finish(late, lambda: written.append(1))
    assert written == []


def test_rows_and_success_are_written_together_or_not_at_all(job):
    mine = claim(job)

    def commit():
        job.meeting.title = "changed"
        job.meeting.save()
        raise ValueError("half way")

    with pytest.raises(ValueError):
        endings.finish(mine, commit)
    job.meeting.refresh_from_db()
    assert job.meeting.title == "Weekly"
    assert job.stages.get(name="convert").state == StageRun.State.RUNNING


def test_attempts_are_bounded(job):
    for _ in range(3):
        assert claim(job) is not None
        expire(job)
    assert claim(job) is None


def test_a_message_of_an_earlier_run_finds_no_claim(job):
    jobs.cancel(job=job)
    jobs.retry(job=job)
    assert claim(job, run=1) is None
    assert claim(job, run=2) is not None


def test_a_cancelled_job_gives_no_claim_and_no_renewal(job):
    mine = claim(job)
    assert claims.renew(mine.stage_id, mine.token, 0.5)
    jobs.cancel(job=job)
    assert not claims.renew(mine.stage_id, mine.token, 0.6)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_running_work_notices_that_it_is_cancelled(job, settings):
    settings.LEASE_BEAT_SECONDS = 0.02
    with claim(job) as mine:
        mine.report(0.1)
        jobs.cancel(job=job)
        mine._beat.join(timeout=5)
        with pytest.raises(Superseded):
            mine.report(0.2)
