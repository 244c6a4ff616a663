"""Plans: all of the talk is in them, and they are kept whatever the provider does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.writers.llm.planning import STRETCH_MOST, Allowance, plan
from reports.writers.llm.provider import Failure, Provider
from reports.writers.llm.tokens import Counter, at_least, estimate
from tests.reports.writers.llm.fake_server import completion, diligent
from tests.reports.writers.llm.talks import SAID, talk


def planned(segments, context=8192, kind="compatible", **facts):
    return plan(talk(segments, **facts), Provider(kind, "m", context=context), Counter())


@given(st.integers(1, 1500), st.sampled_from([2500, 4096, 8192, 32_000, 128_000]))
@settings(deadline=None, max_examples=40)
def test_every_segment_is_read_exactly_once(segments, context):
    made = planned(segments, context)
    places = [at for stretch in made.stretches for at in range(stretch.first, stretch.last)]
    assert places == list(range(segments))
    assert all(s.tokens <= made.talk_tokens for s in made.stretches)
    assert made.task_tokens + made.talk_tokens + made.answer_tokens <= context


def test_a_stretch_ends_at_a_pause_of_the_talk():
    meeting = talk(400)
    moved = tuple(
        s if n < 60 else type(s)(**{**vars(s), "start": s.start + 90, "end": s.end + 90})
        for n, s in enumerate(meeting.segments)
    )
    paused = type(meeting)(**{**vars(meeting), "segments": moved})
    made = plan(paused, Provider("compatible", "m", context=4096), Counter())
    assert 60 in {s.first for s in made.stretches} or made.stretches[0].last < 45


def test_a_five_hour_talk_is_planned_in_calls_and_tokens():
    made = planned(4500, context=8192)
    assert 20 <= len(made.stretches) <= 60
    assert len(made.stretches) < made.calls < 3 * len(made.stretches)
    assert made.tokens_in > sum(s.tokens for s in made.stretches)
    assert max(s.tokens for s in made.stretches) <= STRETCH_MOST
    wide = planned(4500, context=128_000)
    assert len(wide.stretches) <= len(made.stretches)


def test_a_model_that_reads_less_than_the_task_is_not_asked():
    with pytest.raises(Failure, match="context_exceeded"):
        planned(10, context=600)


@pytest.mark.parametrize("trouble", ["none", "broken", "long", "down_at_times", "context"])
def test_calls_and_tokens_stay_within_the_plan(serve, writer_on, trouble):
    count = iter(range(10_000))

    def behave(asked):
        n = next(count)
        if trouble == "broken" and n % 3:
            return "{"
        if trouble == "long" and n % 2:
            return completion("{", finish="length")
        if trouble == "down_at_times" and n % 4 == 3:
            return 503, {"error": {"message": "busy"}}
        if trouble == "context" and asked.is_reading and len(asked.lines) > 12:
            return 400, {"error": {"message": "long", "code": "context_length_exceeded"}}
        return diligent(asked)

    plans, calls = [], []
    server = serve(behave)
    writer_on(server.url, planned=plans.append, record=calls.append).write(talk(250))
    (made,) = plans
    assert len(server.asked) <= len(calls) <= made.calls_most
    sent = sum(estimate(asked.text) for asked in server.asked)
    assert sent <= made.tokens_in + made.spare_calls * (made.task_tokens + made.talk_tokens)
    assert all(asked.body["max_tokens"] == made.answer_tokens for asked in server.asked)
    if trouble == "none":
        assert len(calls) <= made.calls


def test_spare_calls_are_for_trouble_only():
    made = planned(50)
    allowance = Allowance(made)
    for _ in made.stretches:
        allowance.take("read", 10)
    for _ in range(made.spare_calls):
        allowance.take("read", 10, again=True)
    with pytest.raises(Failure, match="plan_spent"):
        allowance.take("read", 10)
    allowance.take("reduce", 10)
    with pytest.raises(Failure, match="context_exceeded"):
        allowance.take("reduce", 10**6)


@pytest.mark.parametrize("text", [*SAID, "The budget is 200,000 roubles, due by 20 March.", ""])
def test_the_estimate_lies_above_the_least(text):
    assert at_least(text) <= estimate(text) <= len(text) + 1


def test_a_counter_that_measured_is_near_the_models_own():
    text = " ".join(SAID) * 5
    counter = Counter.measured(text, 400)
    assert 400 <= counter(text) <= 460
