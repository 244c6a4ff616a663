from datetime import timedelta

import pytest
from django.db.models.functions import Now

from meetings.errors import Superseded
from meetings.models import Attempt, StageRun
from meetings.services import claims, endings, releases


def claim(job, task_id="first"):
    return claims.claim(job_id=str(job.pk), run=job.run, name="convert", task_id=task_id)


def test_what_a_stopped_worker_held_can_be_claimed_at_once_and_costs_no_attempt(job):
    before = job.stages.get(name="convert").attempts_left
    held = claim(job)
    assert claim(job, "second") is None
    assert releases.release(task_id="first")
    stage = job.stages.get(name="convert")
    assert (stage.state, stage.attempts_left) == (StageRun.State.PENDING, before)
    lost = Attempt.objects.get(stage=stage)
    assert lost.outcome == Attempt.Outcome.LOST and lost.finished_at
    assert lost.error["code"] == "worker_stopped"
    assert claim(job, "second") is not None
    with pytest.raises(Superseded):
        endings.finish(held, lambda: None)


def test_the_lease_of_a_dead_process_is_over_and_its_attempt_counts(job):
    before = job.stages.get(name="convert").attempts_left
    claim(job)
    assert releases.expire(task_id="first")
    stage = job.stages.get(name="convert")
    assert stage.attempts_left == before - 1
    assert StageRun.objects.filter(pk=stage.pk, lease_until__lt=Now() + timedelta(0)).exists()
    assert claim(job, "second").attempt == 2
    outcomes = [a.outcome for a in Attempt.objects.order_by("number")]
    assert outcomes == [Attempt.Outcome.LOST, Attempt.Outcome.RUNNING]


def test_a_message_that_holds_nothing_lets_go_of_nothing(job):
    held = claim(job)
    endings.finish(held, lambda: None)
    assert not releases.release(task_id="first")
    assert not releases.expire(task_id="first")
    assert not releases.release(task_id="")
    assert job.stages.get(name="convert").state == StageRun.State.SUCCEEDED
