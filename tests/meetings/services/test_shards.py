"""A stage spread over shards: each done once, by whoever comes, the last one sends the job on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import pipeline
from meetings.models import Attempt, Job, OutboxMessage, StageRun
from meetings.pipeline import Spread
from meetings.services import claims, endings, jobs, reaper, runs, shards

LETTERS = "abcdefgh"


def spread_or_end(claim):
    """A stage whose shards each store a letter, and whose end joins them."""
    if len(claim.outputs) < 3:
        return Spread(3)
    claim.metrics["joined"] = "".join(claim.outputs)
    return lambda: None


def store_letter(claim):
    claim.report(0.5)
    claim.output = LETTERS[claim.shard]
    return lambda: None


def fail_for_good(claim):
    error = RuntimeError("broken")
    error.code, error.detail, error.retryable = "broken", "It is broken.", False
    raise error


def do_nothing(claim):
    return lambda: None


@pytest.fixture(autouse=True)
def stages(monkeypatch):
    """All stages do nothing; transcribe and diarize are spread."""
    for stage in pipeline.STAGES:
        work = "spread_or_end" if stage.shard else "do_nothing"
        shard = f"{__name__}.store_letter" if stage.shard else ""
        change(monkeypatch, replace(stage, work=f"{__name__}.{work}", shard=shard, relieve=""))


def change(monkeypatch, changed):
    """Put a stage in place of the one of its name."""
    stages = tuple(changed if s.name == changed.name else s for s in pipeline.STAGES)
    monkeypatch.setattr(pipeline, "STAGES", stages)
    monkeypatch.setitem(pipeline.BY_NAME, changed.name, changed)


@pytest.fixture
def sent(job, monkeypatch):
    """What would be put on the queues after the job's start: stages, and shards by number."""
    messages = []

    def send_chain(job, run):
        done = {s.name for s in job.stages.all() if s.state in StageRun.FINISHED}
        messages.extend([(s.name, None) for s in pipeline.STAGES if s.name not in done][:1])

    monkeypatch.setattr("meetings.services.outbox.send_chain", send_chain)
    monkeypatch.setattr(
        "meetings.services.outbox.send_shard",
        lambda shard, job, run: messages.append((shard.name, shard.shard)),
    )
    return messages


def run(job, name, shard=None):
    return runs.run_stage(job_id=str(job.pk), run=job.run, name=name, shard=shard)


def reach(job, name):
    """Do the stages before ``name``, not spread."""
    job.stages.filter(
        position__lt=next(i for i, s in enumerate(pipeline.STAGES) if s.name == name)
    ).update(state=StageRun.State.SUCCEEDED, progress=1)


pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_shard_sends_the_job_on_and_the_stage_ends_with_all_outputs_in_order(job, sent):
    reach(job, "diarize")
    assert run(job, "diarize") == runs.STOP
    assert job.stages.get(name="diarize").public_state == "running"
    assert sent == [("diarize", 0), ("diarize", 1), ("diarize", 2)]
    for number in (2, 0, 1):
        assert len(sent) == 3
        assert run(job, "diarize", number) == runs.STOP
    assert sent[3:] == [("diarize", None)]
    assert run(job, "diarize") == runs.GO_ON
    [attempt] = Attempt.objects.filter(stage=job.stages.get(name="diarize"))
    assert (attempt.outcome, attempt.metrics["joined"]) == ("succeeded", "abc")


def test_neither_stage_nor_shard_is_done_before_its_time_or_twice(job, sent):
    assert run(job, "transcribe", 0) == runs.STOP
    reach(job, "transcribe")
    assert run(job, "transcribe", 0) == runs.STOP
    run(job, "transcribe")
    assert run(job, "transcribe") == runs.STOP
    run(job, "transcribe", 0)
    assert run(job, "transcribe", 0) == runs.STOP
    assert Attempt.objects.filter(stage__name="transcribe").count() == 2


def test_shards_that_end_at_once_send_the_job_on_once(job, sent):
    reach(job, "transcribe")
    run(job, "transcribe")
    del sent[:]

    def work(number):
        try:
            return run(job, "transcribe", number)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert sent == [("transcribe", None)]


def test_progress_counts_the_shards(job, sent):
    reach(job, "transcribe")
    run(job, "transcribe")
    run(job, "transcribe", 1)
    assert job.stages.get(name="transcribe").progress == pytest.approx(1 / 3)
    assert shards.counted(str(job.pk), "transcribe") == (1, 3)


def test_a_shard_that_dies_ends_its_stage_and_a_retry_does_only_what_is_missing(
    job, sent, monkeypatch
):
    reach(job, "transcribe")
    run(job, "transcribe")
    run(job, "transcribe", 0)
    broken = replace(pipeline.BY_NAME["transcribe"], shard=f"{__name__}.fail_for_good")
    with monkeypatch.context() as patch:
        change(patch, broken)
        run(job, "transcribe", 1)
    job.refresh_from_db()
    stage = job.stages.get(name="transcribe")
    assert (job.state, stage.state, stage.error["code"]) == ("failed", "dead", "broken")
    assert run(job, "transcribe", 2) == runs.STOP
    jobs.retry(job=job)
    job.refresh_from_db()
    del sent[:]
    run(job, "transcribe")
    assert sent == [("transcribe", 1), ("transcribe", 2)]
    run(job, "transcribe", 1)
    run(job, "transcribe", 2)
    assert run(job, "transcribe") == runs.GO_ON
    first = StageRun.every.get(job=job, name="transcribe", shard=0)
    assert first.attempt == 1


def test_a_shard_of_a_stage_that_may_fail_lets_the_job_go_on(job, sent, monkeypatch):
    reach(job, "diarize")
    run(job, "diarize")
    broken = replace(pipeline.BY_NAME["diarize"], shard=f"{__name__}.fail_for_good")
    change(monkeypatch, broken)
    run(job, "diarize", 2)
    job.refresh_from_db()
    assert (job.state, job.stages.get(name="diarize").state) == ("running", "dead")
    assert run(job, "diarize") == runs.GO_ON
    assert sent[-1] == ("diarize", None)


def out_of_memory(claim):
    raise MemoryError


def relieve():
    RELIEVED.append(True)


RELIEVED: list[bool] = []


def test_where_memory_runs_out_the_engine_is_relieved_and_the_shard_tried_again(
    job, sent, monkeypatch
):
    reach(job, "diarize")
    run(job, "diarize")
    stage = pipeline.BY_NAME["diarize"]
    change(
        monkeypatch,
        replace(stage, shard=f"{__name__}.out_of_memory", relieve=f"{__name__}.relieve"),
    )
    RELIEVED.clear()
    assert run(job, "diarize", 1).again_in
    assert RELIEVED == [True]
    change(monkeypatch, stage)
    run(job, "diarize", 1)
    assert StageRun.every.get(job=job, shard=1).state == StageRun.State.SUCCEEDED


def test_of_a_lost_worker_only_its_shard_is_sent_again(job, sent):
    reach(job, "transcribe")
    run(job, "transcribe")
    claims.claim(job_id=str(job.pk), run=1, name="transcribe", shard=1)
    StageRun.every.filter(shard=1).update(lease_until="2020-01-01T00:00Z")
    OutboxMessage.objects.update(created_at="2019-12-31T23:50Z")
    del sent[:]
    assert reaper.reap() == 1
    assert sent == [("transcribe", 1)]
    run(job, "transcribe", 1)
    attempts = Attempt.objects.filter(stage__shard=1).values_list("outcome", flat=True)
    assert list(attempts) == ["lost", "succeeded"]
    assert job.stages.get(name="transcribe").attempt == 2


def test_a_cancelled_job_stops_its_shards_and_leaves_no_attempt_open(job, sent):
    reach(job, "transcribe")
    run(job, "transcribe")
    claim = claims.claim(job_id=str(job.pk), run=1, name="transcribe", shard=0)
    jobs.cancel(job=job)
    assert not claims.renew(claim.stage_id, claim.token, 0.5)
    endings.abandon(claim)
    assert run(job, "transcribe", 1) == runs.STOP
    assert not Attempt.objects.filter(outcome="running").exists()
    assert job.stages.get(name="transcribe").state == StageRun.State.PENDING


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_in_any_order_and_any_number_of_times_each_is_done_once(meeting, sent, data):
    Job.objects.filter(meeting=meeting).delete()
    job = jobs.start(meeting=meeting, by=None, options={})
    orders = [(s.name, n) for s in pipeline.STAGES for n in (None, *(range(3) if s.shard else ()))]
    for name, number in data.draw(st.lists(st.sampled_from(orders), max_size=25)):
        run(job, name, number)
    while sent:
        name, number = sent.pop(0)
        chain = [stage.name for stage in pipeline.from_stage(name)]
        while chain and run(job, chain.pop(0), number) == runs.GO_ON:
            pass
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED
    done = Attempt.objects.filter(stage__job=job)
    assert set(done.values_list("outcome", flat=True)) == {"succeeded"}
    assert done.count() == len(pipeline.STAGES) + 6
