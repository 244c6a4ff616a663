from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from meetings.errors import StageError
from meetings.models import Attempt, Job
from meetings.pipeline import Spread
from meetings.services import claims, desk, endings, jobs, queues
from tests.factories import JobFactory


@pytest.fixture(autouse=True)
def quiet_broker(request, monkeypatch):
    """Two queues with messages and one worker, unless a test is about the broker itself."""
    if "real_broker" not in request.fixturenames:
        monkeypatch.setattr(queues, "depths", lambda names: dict.fromkeys(names, 7))
        monkeypatch.setattr(queues, "answering", lambda: ["cpu@one"])


@pytest.fixture
def real_broker():
    with current_app.connection_for_write() as connection:
        connection.default_channel.queue_purge("gpu")
        yield connection
        connection.default_channel.queue_purge("gpu")


def claim(job, name="convert"):
    return claims.claim(job_id=str(job.pk), run=job.run, name=name, worker="gpu@two")


def by_name(rows):
    return {row.name: row for row in rows}


def test_jobs_are_counted_by_state_and_age(db):
    for hours in (0, 0, 0.5, 30):
        job = JobFactory(state="failed")
        Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(hours=hours))
    [failed] = [line for line in desk.status().jobs if line.state == "failed"]
    assert (failed.count, failed.by_age) == (4, [2, 1, 0, 1])
    assert timezone.now() - failed.oldest > timedelta(hours=29)


def test_a_queues_age_is_that_of_the_stage_that_could_have_run_longest(job):
    ready = timezone.now() - timedelta(minutes=20)
    Job.objects.filter(pk=job.pk).update(admitted_at=ready - timedelta(hours=1))
    endings.finish(claim(job), lambda: None)
    job.stages.filter(name="convert").update(finished_at=ready)
    queues = by_name(desk.status().queues)
    assert (queues["gpu"].waiting, queues["gpu"].oldest) == (1, ready)
    assert (queues["cpu"].waiting, queues["cpu"].oldest) == (0, None)
    assert queues["llm"].waiting == 0


def test_a_job_that_waits_for_its_turn_waits_for_no_worker(job):
    Job.objects.filter(pk=job.pk).update(admitted_at=None)
    status = desk.status()
    assert status.waiting_for_a_turn == 1
    assert by_name(status.queues)["cpu"].waiting == 0


def test_a_worker_that_holds_a_lease_is_shown_though_it_does_not_answer(job, settings):
    settings.LEASE_SECONDS = 90
    claim(job)
    workers = by_name(desk.status().workers)
    assert workers["cpu@one"].answers and not workers["cpu@one"].stages
    silent = workers["gpu@two"]
    assert not silent.answers
    assert silent.stages == [f"convert {job.pk}"]
    assert abs((timezone.now() - silent.renewed_at).total_seconds()) < 10


def test_an_expired_lease_is_marked(job):
    claim(job)
    assert [stage.overdue for stage in desk.status().stages] == [False]
    job.stages.filter(name="convert").update(lease_until=timezone.now() - timedelta(seconds=1))
    assert [stage.overdue for stage in desk.status().stages] == [True]


def test_a_dead_letter_has_input_error_worker_and_all_attempts(job):
    job.options = {"vocabulary": "Protokol"}
    job.save()
    endings.fail(claim(job), OSError("disk"))
    endings.fail(claim(job), StageError("no sound", code="no_audio"))
    [letter] = desk.status().dead
    assert (letter.job, letter.stage, letter.queue) == (str(job.pk), "convert", "cpu")
    assert letter.recording == job.meeting.recording.key
    assert letter.options == {"vocabulary": "Protokol"}
    assert letter.error["code"] == "no_audio"
    assert [a.code for a in letter.attempts] == ["infrastructure", "no_audio"]
    assert {a.worker for a in letter.attempts} == {"gpu@two"}
    assert "StageError" in letter.attempts[1].traceback


def test_of_a_stage_that_died_with_a_shard_the_shards_attempts_are_shown(job):
    endings.finish(claim(job), lambda: None)
    endings.spread(claim(job, "diarize"), Spread(2))
    shard = claims.claim(job_id=str(job.pk), run=1, name="diarize", shard=0, worker="gpu@three")
    assert [line.stage for line in desk.status().stages] == ["diarize 0", "diarize 1"]
    endings.fail(shard, StageError("no memory", code="broken"))
    [letter] = desk.status().dead
    assert (letter.stage, letter.error["code"], letter.required) == ("diarize", "broken", False)
    assert ("gpu@three", 0) in [(line.worker, line.shard) for line in letter.attempts]


def test_a_dead_letter_of_an_earlier_job_is_no_longer_one(job):
    endings.fail(claim(job), StageError("no sound"))
    assert desk.status().dead_in_all == 1
    jobs.start(meeting=job.meeting, by=None, options={})
    assert desk.status().dead_in_all == 0


@pytest.mark.parametrize("rows", [2, 12])
def test_the_desk_costs_constant_queries(db, rows, django_assert_num_queries):
    for n in range(rows):
        job = JobFactory.create(state="failed", stages={"convert": "dead"})
        Attempt.objects.create(
            stage=job.stages.first(),
            run=1,
            number=1,
            token=f"00000000-0000-0000-0000-{n:012}",
            started_at=timezone.now(),
        )
        JobFactory.create(state="running", stages={"convert": "running"})
    with django_assert_num_queries(10):
        desk.status()


def test_messages_are_counted_and_none_is_taken(real_broker):
    for _ in range(3):
        with current_app.amqp.Producer(real_broker.channel()) as producer:
            producer.publish({}, routing_key="gpu", exchange="", declare=[], serializer="json")
    for _ in range(2):
        assert queues.depths(("gpu", "never-declared")) == {"gpu": 3, "never-declared": 0}


def test_a_broker_that_is_away_is_said_and_the_rest_is_shown(job, monkeypatch, real_broker):
    monkeypatch.setattr(queues, "PATIENCE_SECONDS", 1)
    away = current_app.connection("redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app, "connection_for_read", lambda **options: away)
    status = desk.status()
    assert status.broker_error
    assert [queue.depth for queue in status.queues] == [None] * 4
    assert by_name(status.queues)["cpu"].waiting == 1
