"""What holds of any server, however good its model: the fake one and a real llama.cpp alike.

The real one has the packaged Gemma weights (270 million parameters): its text is poor and is not
what is tested.
"""

import time
from contextlib import nullcontext
from datetime import date

import httpx
import pytest

from reports import grounding
from reports.answers import language_model
from reports.answers.base import Inquiry, Place, checked
from reports.writers.extractive import ExtractiveWriter
from reports.writers.llm import answers
from reports.writers.llm.asking import OK
from reports.writers.llm.provider import Provider
from reports.writers.llm.tokens import estimate
from reports.writers.llm.trial import try_out
from reports.writers.llm.writer import LanguageModelWriter, Limits
from reports.writers.titles import KINDS
from tests.reports.writers.llm.fake_server import fake_server, measured
from tests.reports.writers.llm.llama_server import llama_server
from tests.reports.writers.llm.talks import talk

SECONDS = 240.0
REAL = pytest.param(
    "llama.cpp", marks=[pytest.mark.slow, pytest.mark.timeout(560), pytest.mark.xdist_group("llm")]
)
SMALL = {"topics": 1, "decisions": 1, "tasks": 0, "questions": 0, "figures": 0}


@pytest.fixture(
    scope="module",
    params=["fake", REAL],
)
def provider(request, tmp_path_factory):
    if request.param == "fake":
        with fake_server(measured) as server:
            yield Provider("compatible", "fake", server.url, context=2048)
    else:
        with llama_server(tmp_path_factory.mktemp("weights")) as address:
            yield Provider("compatible", "gemma-3-270m", f"{address}/v1")


@pytest.fixture(scope="module")
def written(provider):
    """A short talk written once, with answers that fit however wildly so small a model writes.

    What it writes differs from processor to processor, and a test's machine may be slow.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr(answers, "ITEMS_MOST", SMALL)
    patch.setattr(answers, "TEXT_MOST", 40)
    patch.setattr(answers, "WORDS_MOST", 30)
    patch.setattr(answers, "QUOTES_MOST", 1)
    patch.setattr(answers, "SOURCES_MOST", 2)
    plans, calls = [], []
    writer = LanguageModelWriter(
        provider,
        without=ExtractiveWriter(),
        limits=Limits(SECONDS, SECONDS),
        planned=plans.append,
        record=calls.append,
    )
    meeting = talk(4)
    began = time.monotonic()
    draft = writer.write(meeting)
    patch.undo()
    return meeting, draft, plans, calls, time.monotonic() - began


def test_minutes_exist_in_time_with_all_sections(written):
    _meeting, draft, _plans, _calls, seconds = written
    assert [section.kind for section in draft.sections] == list(KINDS)
    assert any(section.statements for section in draft.sections)
    assert seconds < SECONDS + 15


def test_the_server_was_asked_and_its_answers_had_the_form(written):
    _meeting, draft, _plans, calls, _seconds = written
    assert calls[0].purpose == "read"
    assert OK in {call.outcome for call in calls}
    assert draft.writer == "llm"
    assert draft.notes[0].startswith("written_by:compatible:127.0.0.1%3A")


def test_the_plan_is_kept(written):
    _meeting, _draft, plans, calls, _seconds = written
    (plan,) = plans
    assert len(calls) <= plan.calls_most
    assert sum(c.tokens_in + c.tokens_out for c in calls) <= plan.tokens_most
    assert all(c.tokens_in > 0 and c.seconds > 0 for c in calls)


def test_what_is_cited_is_of_this_talk_and_what_is_unfounded_is_found_out(written):
    meeting, draft, _plans, _calls, _seconds = written
    segments = {s.id: s for s in meeting.segments}
    metadata = grounding.metadata_of(meeting)
    for statement in (s for section in draft.sections for s in section.statements):
        assert {e.segment for e in statement.evidence} <= set(segments)
        checked = grounding.check(statement, segments, metadata)
        quoted = all(
            grounding.stands_in(e.quote, segments[e.segment].text) for e in statement.evidence
        )
        assert checked.verdict == grounding.UNVERIFIED or (statement.evidence and quoted)


def test_tokens_are_counted_not_too_few(written):
    _meeting, _draft, plans, calls, _seconds = written
    read = next(c for c in calls if c.purpose == "read")
    assert read.tokens_in <= plans[0].stretches[0].tokens + plans[0].task_tokens


def test_a_trial_makes_one_call_and_tells_what_came(provider):
    calls = []
    reason, said = try_out(provider, seconds=SECONDS, record=calls.append)
    assert (reason, len(calls), calls[0].outcome) == ("", 1, OK), said


def test_no_model_of_that_name_or_no_server_is_told(provider):
    calls = []
    dead = Provider("compatible", provider.model, "http://127.0.0.1:9/v1")
    reason, said = try_out(dead, seconds=10, record=calls.append)
    assert (reason, calls[0].outcome) == ("unreachable", "unreachable")
    assert said


@pytest.mark.parametrize("provider", [REAL], indirect=True)
def test_the_estimate_is_no_less_than_what_the_server_counts(provider):
    for text in (" ".join(s.text for s in talk(6).segments), "The budget is 200,000 roubles."):
        url = f"{provider.url.removesuffix('/v1')}/tokenize"
        counted = len(httpx.post(url, json={"content": text}, trust_env=False).json()["tokens"])
        assert counted <= estimate(text) <= 3 * counted


def test_an_answer_rests_on_lines_that_were_shown(provider, monkeypatch):
    monkeypatch.setattr(answers, "TEXT_MOST", 60)
    monkeypatch.setattr(answers, "WORDS_MOST", 30)
    monkeypatch.setattr(answers, "QUOTES_MOST", 1)
    monkeypatch.setattr(language_model, "SENTENCES", 2)
    meeting = talk(12)
    place = Place("Совет", date(2026, 11, 20), meeting.segments)
    inquiry = Inquiry("Что решили?", (place,), meeting.speakers)
    calls = []
    found = language_model.answer(
        inquiry,
        provider,
        seconds=SECONDS,
        slot=nullcontext,
        record=calls.append,
        planned=lambda plan: None,
    )
    assert calls[-1].outcome == OK and calls[-1].purpose == "answer"
    shown = inquiry.segments()
    assert len(found) <= 2
    assert all(e.segment in shown for statement in found for e in statement.evidence)
    checked_ones = checked(inquiry, found)
    assert {v.verdict for _s, v in checked_ones} <= {grounding.SUPPORTED, grounding.UNVERIFIED}
