import pytest
from django.db.models.functions import Now

from accounts.models import User
from meetings.errors import StageError, Superseded
from meetings.models import Attempt, Job, Operation, OutboxMessage, StageRun
from meetings.pipeline import Spread
from meetings.services import claims, endings, jobs, operations, reaper


@pytest.fixture
def operator(db):
    user = User.objects.create_superuser("operator@example.org")
    return operations.Operator(user.email, Operation.Source.ADMIN, user)


def claim(job, name="convert"):
    return claims.claim(job_id=str(job.pk), run=job.run, name=name, worker="gpu@one")


def messages(job):
    return OutboxMessage.objects.filter(job=job).count()


def test_a_replay_is_a_new_run_that_inherits_what_is_done(job, operator):
    endings.finish(claim(job), lambda: None)
    endings.finish(claim(job, "diarize"), lambda: None)
    endings.fail(claim(job, "transcribe"), StageError("broken"))
    assert operations.replay(job=job, by=operator).done
    job.refresh_from_db()
    assert (job.state, job.run) == (Job.State.QUEUED, 2)
    states = dict(job.stages.values_list("name", "state"))
    assert states["convert"] == states["diarize"] == StageRun.State.SUCCEEDED
    assert states["transcribe"] == StageRun.State.PENDING


def test_a_stage_that_was_not_required_is_replayed_by_a_new_job_from_there(job, operator):
    endings.finish(claim(job), lambda: None)
    endings.fail(claim(job, "diarize"), StageError("no weights"))
    for name in ("transcribe", "align", "report"):
        endings.finish(claim(job, name), lambda: None)
    assert operations.replay(job=job, by=operator).done
    newer = job.meeting.jobs.get(number=2)
    assert newer.created_by == operator.user
    assert newer.stages.get(name="convert").state == StageRun.State.SKIPPED
    assert newer.stages.get(name="diarize").state == StageRun.State.PENDING


def test_a_release_fences_the_worker_and_sends_the_stage_again(job, operator):
    stuck = claim(job)
    before = messages(job)
    assert operations.release(job=job, by=operator).done
    assert not claims.renew(stuck.stage_id, stuck.token, 0.5)
    with pytest.raises(Superseded):
        endings.finish(stuck, lambda: None)
    assert messages(job) == before + 1
    again = claim(job)
    assert again.attempt == 2
    outcomes = list(Attempt.objects.order_by("number").values_list("outcome", flat=True))
    assert outcomes == ["lost", "running"]


def test_a_released_stage_may_be_tried_once_more_even_after_its_last_attempt(job, operator):
    claim(job)
    job.stages.filter(name="convert").update(attempts_left=0)
    operations.release(job=job, by=operator)
    assert claim(job) is not None


def test_a_stage_that_only_waits_is_sent_again(job, operator):
    before = messages(job)
    assert operations.release(job=job, by=operator).done
    assert messages(job) == before + 1


def test_a_release_shuts_out_the_workers_of_all_shards_and_sends_those_again(job, operator):
    endings.finish(claim(job), lambda: None)
    endings.spread(claim(job, "diarize"), Spread(2))
    stuck = claims.claim(job_id=str(job.pk), run=1, name="diarize", shard=1)
    OutboxMessage.objects.all().delete()
    assert operations.release(job=job, by=operator).done
    assert not claims.renew(stuck.stage_id, stuck.token, 0.5)
    sent = OutboxMessage.objects.values_list("shard__shard", flat=True)
    assert sorted(sent, key=str) == [0, 1, None]
    assert claims.claim(job_id=str(job.pk), run=1, name="diarize", shard=1) is not None


def test_a_job_whose_turn_has_not_come_cannot_be_pushed_ahead(job, operator):
    Job.objects.filter(pk=job.pk).update(admitted_at=None)
    outcome = operations.release(job=job, by=operator)
    assert (outcome.done, outcome.code) == (False, "nothing_to_release")


def test_every_action_and_every_refusal_is_written_down(job, operator):
    terminal = operations.Operator("root", Operation.Source.TERMINAL)
    operations.replay(job=job, by=operator)
    operations.cancel(job=job, by=terminal)
    first, second = Operation.objects.order_by("pk")
    assert (first.user, first.operator, first.action) == (operator.user, operator.name, "replay")
    assert first.refusal == "Only a failed or cancelled job can be tried again."
    assert (second.user, second.operator, second.source) == (None, "root", "terminal")
    assert (second.action, second.refusal, second.job) == ("cancel", "", job)


def test_a_refused_action_changes_nothing(job, operator):
    endings.finish(claim(job), lambda: None)
    before = list(StageRun.objects.values())
    assert not operations.replay(job=job, by=operator).done
    assert list(StageRun.objects.values()) == before


def test_the_history_of_actions_outlives_the_meeting(job, operator):
    operations.cancel(job=job, by=operator)
    job.meeting.delete()
    row = Operation.objects.get()
    assert (row.job, row.subject) == (None, "Weekly · 1.1")


def test_an_expired_lease_that_was_released_is_not_buried(job, operator):
    claim(job)
    job.stages.filter(name="convert").update(attempts_left=0, lease_until=Now())
    operations.release(job=job, by=operator)
    reaper.bury_exhausted()
    job.refresh_from_db()
    assert job.is_active
    assert jobs.cancel(job=job)
