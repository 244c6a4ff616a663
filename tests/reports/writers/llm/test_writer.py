"""Minutes by a language model: what it finds, what goes wrong, and that they exist in any case."""

import asyncio
import itertools
import json
import time
from contextlib import asynccontextmanager, nullcontext

import pytest

from meetings.errors import Superseded
from reports import grounding
from reports.writers.llm import answers
from tests.reports.writers.llm.fake_server import completion, diligent, llama_props
from tests.reports.writers.llm.talks import SAID, talk


def by_kind(draft):
    return {section.kind: [s.text for s in section.statements] for section in draft.sections}


def statements(draft):
    return [s for section in draft.sections for s in section.statements]


def codes(draft):
    return [note.split(":")[0] for note in draft.notes]


def note(draft, code):
    return next(n for n in draft.notes if n.startswith(f"{code}:"))


def test_what_the_model_found_is_written_with_evidence_in_the_talk(serve, writer_on):
    server = serve()
    meeting = talk()
    draft = writer_on(server.url).write(meeting)
    assert draft.writer == "llm"
    assert by_kind(draft)["decision"] == [SAID[1]]
    (task,) = next(s.statements for s in draft.sections if s.kind == "action_item")
    assert (task.assignee, task.due_text, task.due.isoformat()) == (
        "Анна",
        "до среды",
        "2026-03-18",
    )
    assert by_kind(draft)["question"] == [SAID[3]]
    assert by_kind(draft)["summary"]
    segments = {s.id: s for s in meeting.segments}
    metadata = grounding.metadata_of(meeting)
    verdicts = {grounding.check(s, segments, metadata).verdict for s in statements(draft)}
    assert verdicts == {grounding.SUPPORTED}
    host = server.url.split("/")[2].replace(":", "%3A")
    assert note(draft, "written_by") == f"written_by:compatible:{host}:fake"


def test_a_long_talk_is_read_whole_in_stretches(serve, writer_on):
    server = serve()
    meeting = talk(400)
    planned = []
    draft = writer_on(server.url, planned=planned.append).write(meeting)
    reads = [asked for asked in server.asked if asked.is_reading]
    numbers = sorted(n for asked in reads for n, *_rest in asked.lines)
    assert numbers == list(range(1, 401))
    assert len(reads) == len(planned[0].stretches) > 3
    assert len(server.asked) <= planned[0].calls
    assert by_kind(draft)["decision"] == [SAID[1]]
    assert codes(draft)[:2] == ["written_by", "llm_calls"]


def test_what_joining_leaves_out_is_kept(serve, writer_on):
    def forgetful(asked):
        if asked.is_reading:
            return diligent(asked)
        return json.dumps({"statements": [], "withdrawn": []})

    said = tuple(f"Решили вопрос номер {n}, это окончательно." for n in range(200))
    draft = writer_on(serve(forgetful).url).write(talk(200, said))
    found = by_kind(draft)["decision"]
    reads = 200 // 8  # the fake finds eight in a stretch
    assert len(found) > 3 and len(found) == len(set(found))
    assert len(found) <= reads * 8


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (lambda asked: (500, {"error": {"message": "boom"}}), "server_error"),
        (lambda asked: (503, {"error": {"message": "loading"}}), "busy"),
        (lambda asked: (429, {"error": {"message": "too many requests"}}), "busy"),
        (lambda asked: (401, {"error": {"message": "bad key"}}), "key_refused"),
        (lambda asked: (404, {"error": {"message": "model not found"}}), "no_such_model"),
        (lambda asked: "I am sorry, but I cannot help with that.", "invalid"),
        (lambda asked: '{"topics": [{"text": "Выпуск", "evi', "invalid"),
        (lambda asked: '{"topics": "all of them"}', "invalid"),
        (lambda asked: completion("", finish="content_filter"), "refused"),
        (lambda asked: completion('{"topics": [', finish="length"), "too_long"),
        (lambda asked: completion("слово " * 120_000), "endless"),
        (lambda asked: (200, b"<html>not an API</html>"), "invalid"),
    ],
)
def test_a_provider_that_fails_leaves_minutes_without_it(serve, writer_on, behaviour, reason):
    server = serve(behaviour)
    planned = []
    meeting = talk()
    began = time.monotonic()
    draft = writer_on(server.url, planned=planned.append).write(meeting)
    assert time.monotonic() - began < 30
    assert draft.writer == "extractive"
    assert note(draft, "written_without") == f"written_without:compatible:{reason}"
    assert by_kind(draft)["decision"]
    assert len(server.asked) <= planned[0].calls_most


def test_a_dead_port_leaves_minutes_without_it(writer_on):
    draft = writer_on("http://127.0.0.1:9/v1").write(talk())
    assert note(draft, "written_without") == "written_without:compatible:unreachable"
    assert by_kind(draft)["decision"]


def test_a_server_that_never_answers_is_not_waited_for(serve, writer_on):
    draft_of = writer_on(serve(lambda asked: time.sleep(60)).url, seconds=8.0, call_seconds=1.0)
    began = time.monotonic()
    draft = draft_of.write(talk(300))
    assert time.monotonic() - began < 17
    assert note(draft, "written_without") == "written_without:compatible:slow"


def test_a_server_that_drips_for_ever_is_not_waited_for(serve, writer_on):
    def drip(asked):
        for _ in itertools.count():
            time.sleep(0.05)
            yield b" "

    began = time.monotonic()
    draft = writer_on(serve(drip).url, seconds=8.0, call_seconds=1.0).write(talk())
    assert time.monotonic() - began < 17
    assert note(draft, "written_without") == "written_without:compatible:slow"


def test_what_was_read_before_the_time_was_up_is_kept(serve, writer_on):
    first = []

    def slower(asked):
        if not first:
            first.append(asked)
            return diligent(asked)
        time.sleep(30)

    meeting = talk(300)
    draft = writer_on(serve(slower).url, seconds=10.0, call_seconds=60.0).write(meeting)
    assert draft.writer == "llm"
    assert {"written_by", "partly_without"} <= set(codes(draft))
    assert note(draft, "partly_without").startswith("partly_without:compatible:slow:")
    read = {n + 100 for n, *_rest in first[0].lines}
    cited = {e.segment for s in statements(draft) for e in s.evidence}
    assert cited & read and cited - read


@asynccontextmanager
async def taken():
    """A slot that others have."""
    await asyncio.sleep(60)
    yield


@pytest.mark.parametrize(("slot", "seconds"), [(taken, 2.0), (taken, 0.5), (nullcontext, 0.5)])
def test_without_a_slot_in_time_nothing_is_asked_or_charged(serve, writer_on, slot, seconds):
    server, calls = serve(), []
    writer = writer_on(server.url, seconds=seconds, slot=slot, record=calls.append)
    draft = writer.write(talk())
    assert note(draft, "written_without") == "written_without:compatible:busy"
    assert by_kind(draft)["decision"] and server.asked == [] and calls == []


def test_where_own_calls_took_the_time_the_server_was_slow_and_not_busy(serve, writer_on):
    server, calls = serve(lambda asked: time.sleep(30)), []
    only = asyncio.Semaphore(1)
    writer = writer_on(server.url, seconds=10.0, slot=lambda: only, record=calls.append)
    draft = writer.write(talk(300))
    assert note(draft, "written_without") == "written_without:compatible:slow"
    assert len(server.asked) == len(calls) == 1


@pytest.mark.parametrize(("context", "reads"), [(0, 2048), (4096, 4096)])
def test_it_reads_at_once_what_the_server_tells_unless_the_operator_knows(
    serve, writer_on, context, reads
):
    server, planned = serve(), []
    server.props = llama_props(2048)
    writer_on(server.url, context=context, planned=planned.append).write(talk(300))
    [plan] = planned
    largest = plan.task_tokens + plan.talk_tokens + plan.answer_tokens
    assert reads * 0.9 < largest <= reads


def test_a_moment_of_trouble_is_waited_for(serve, writer_on):
    troubles = iter([(503, {"error": {"message": "busy"}}), (500, {"error": {"message": "x"}})])
    calls = []
    server = serve(lambda asked: next(troubles, None) or diligent(asked))
    draft = writer_on(server.url, record=calls.append).write(talk())
    assert codes(draft)[0] == "written_by"
    assert [c.outcome for c in calls][:3] == ["busy", "server_error", "ok"]


def test_an_answer_that_cannot_be_used_is_asked_for_once_more_with_what_was_wrong(serve, writer_on):
    wrong = iter(['{"topics": []}'])
    server = serve(lambda asked: next(wrong, None) or diligent(asked))
    draft = writer_on(server.url).write(talk())
    assert codes(draft)[0] == "written_by"
    assert "could not be used: decisions: Field required" in server.asked[1].text


def test_answers_in_fences_and_after_thoughts_are_read(serve, writer_on):
    def thoughtful(asked):
        return f"<think>{{hm}}</think>\n```json\n{diligent(asked)}\n```"

    assert by_kind(writer_on(serve(thoughtful).url).write(talk()))["decision"] == [SAID[1]]


def test_the_form_that_a_server_of_ones_own_gets_bounds_every_list_and_text(serve, writer_on):
    server = serve()
    writer_on(server.url).write(talk(4))
    (reading, *_) = [asked.schema for asked in server.asked if asked.is_reading]
    assert reading == answers.reading_schema(1, 4)


def test_a_server_that_knows_no_schemas_is_told_the_form_in_words(serve, writer_on):
    def old(asked):
        if "response_format" in asked.body:
            return 400, {"error": {"message": "response_format is not supported"}}
        assert '"topics": [{"text": "", "evidence": [{"line": 1, "words": ""}]}]' in asked.text or (
            '"statements": [{"text": "", "sources": [1]}]' in asked.text
        )
        return diligent(asked)

    assert codes(writer_on(serve(old).url).write(talk()))[0] == "written_by"


def test_a_stretch_that_is_too_long_for_the_model_is_halved(serve, writer_on):
    def small(asked):
        if asked.is_reading and len(asked.lines) > 20:
            return 400, {"error": {"message": "exceeds", "code": "context_length_exceeded"}}
        return diligent(asked)

    server = serve(small)
    draft = writer_on(server.url).write(talk(30))
    assert codes(draft) == ["written_by", "llm_calls"]
    assert by_kind(draft)["decision"] == [SAID[1]]


def test_a_question_that_the_server_cut_in_silence_is_no_answer(serve, writer_on):
    def cutting(asked):
        usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
        return completion(diligent(asked), usage=usage)

    draft = writer_on(serve(cutting).url).write(talk())
    assert note(draft, "written_without") == "written_without:compatible:context_exceeded"


def test_more_calls_than_the_operator_allows_are_not_begun(serve, writer_on):
    server = serve()
    draft = writer_on(server.url, calls=2).write(talk(400))
    assert note(draft, "written_without") == "written_without:compatible:too_many_calls"
    assert not server.asked


def test_every_call_is_told_with_its_tokens(serve, writer_on):
    calls = []
    draft = writer_on(serve().url, record=calls.append).write(talk())
    assert [(c.purpose, c.outcome, c.tokens_in, c.tokens_out) for c in calls] == [
        ("read", "ok", 900, 50),
        ("reduce", "ok", 900, 50),
    ]
    assert note(draft, "llm_calls").split(":")[1] == "2"
    assert note(draft, "llm_calls").split(":")[3:] == ["1800", "100"]


def test_work_that_is_not_wanted_any_more_stops_at_once(serve, writer_on):
    def told(share):
        if server.asked:
            raise Superseded

    server = serve(lambda asked: time.sleep(30))
    began = time.monotonic()
    with pytest.raises(Superseded):
        writer_on(server.url).write(talk(), progress=told)
    assert time.monotonic() - began < 10


def test_silence_needs_no_model(serve, writer_on):
    server = serve()
    draft = writer_on(server.url).write(talk(0))
    assert draft.notes == ("empty_transcript",)
    assert not server.asked


def test_the_key_goes_only_into_the_header(serve, writer_on):
    said = []
    server = serve(lambda asked: (401, {"error": {"message": f"bad {asked.headers}"}}))
    writer = writer_on(server.url, record=said.append)
    secret = "sk-very-secret-7"
    writer.provider = type(writer.provider)("compatible", "fake", server.url, secret, 4096)
    writer.write(talk())
    assert server.asked[0].headers["authorization"] == f"Bearer {secret}"
    assert secret not in server.asked[0].text
    assert secret not in repr(writer.provider)
    assert said[0].said and secret not in said[0].said
