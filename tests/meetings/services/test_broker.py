"""The broker's epoch, against the Redis of the tests."""

import pytest
import redis
from django.conf import settings

from meetings.models import Job, OutboxMessage
from meetings.services import broker, reaper


@pytest.fixture
def server():
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    client.delete(broker.EPOCH)
    yield client
    client.delete(broker.EPOCH)
    client.close()


def test_a_broker_that_bears_the_mark_has_kept_its_messages(server):
    assert broker.may_have_forgotten()
    broker.begin_epoch()
    assert not broker.may_have_forgotten()


def test_a_wiped_broker_has_forgotten(server):
    broker.begin_epoch()
    server.flushdb()
    assert broker.may_have_forgotten()


def test_a_broker_that_was_restarted_may_have_forgotten_what_came_last(server):
    server.set(broker.EPOCH, "another process's run_id")
    assert broker.may_have_forgotten()


def test_a_broker_that_is_away_is_not_taken_for_wiped(settings):
    broker.current_app.conf.broker_url, kept = (
        "redis://127.0.0.1:1/0",
        broker.current_app.conf.broker_url,
    )
    try:
        assert not broker.may_have_forgotten()
        broker.begin_epoch()
    finally:
        broker.current_app.conf.broker_url = kept


@pytest.mark.django_db(transaction=True)
def test_the_reaper_sends_every_active_job_again_once_when_the_broker_forgot(server, job):
    broker.begin_epoch()
    assert reaper.reap() == 0
    before = OutboxMessage.objects.filter(job=job).count()
    server.flushdb()
    assert reaper.reap() == 1
    assert OutboxMessage.objects.filter(job=job).count() == before + 1
    assert reaper.reap() == 0
    Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED)
    server.flushdb()
    assert reaper.reap() == 0
