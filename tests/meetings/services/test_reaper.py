from datetime import timedelta

import pytest
from django.db.models.functions import Now

from meetings.models import Job, OutboxMessage, StageRun
from meetings.services import broker, reaper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def known_broker(db):
    broker.begin_epoch()


def age(job, **states):
    """Make a job and its messages old, and its first stage as ``states`` say."""
    hour_ago = Now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(created_at=hour_ago, admitted_at=hour_ago)
    OutboxMessage.objects.filter(job=job).update(
        created_at=Now() - timedelta(minutes=5), sent_at=Now()
    )
    job.stages.filter(name="convert").update(**states)


def test_a_job_that_still_may_be_in_a_queue_is_left_alone(job):
    age(job)
    assert reaper.reap() == 0


def test_a_job_that_waited_too_long_without_a_message_is_sent_again(job, settings):
    settings.UNHEARD_SECONDS = 200
    age(job)
    assert reaper.reap() == 1
    assert reaper.reap() == 0


def test_a_job_that_waits_for_its_turn_is_not_sent_even_where_the_broker_forgot(job, monkeypatch):
    age(job)
    Job.objects.filter(pk=job.pk).update(admitted_at=None, state=Job.State.RUNNING)
    monkeypatch.setattr(broker, "may_have_forgotten", lambda: True)
    assert reaper.reap() == 0


def test_a_failed_stage_whose_next_try_was_lost_is_sent_again_after_its_longest_pause(job):
    age(job, state=StageRun.State.FAILED, finished_at=Now() - timedelta(seconds=30))
    assert reaper.reap() == 0
    age(job, state=StageRun.State.FAILED, finished_at=Now() - timedelta(seconds=100))
    assert reaper.reap() == 1
    assert reaper.reap() == 0
