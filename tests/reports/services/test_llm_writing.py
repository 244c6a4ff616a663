"""The stage report with a language model: what is stored, noted and entered into the ledger."""

import asyncio
import uuid

import httpx2
import pytest
from django.utils import translation

from accounts.models import Quota
from meetings.errors import Superseded
from meetings.outbound import transport as outbound
from reports.models import LanguageModel, LlmCall, Minutes
from reports.services import asking as questions
from reports.services import going, language_models, llm_slots, trials, writing
from reports.services.language_models import Choice
from reports.templatetags.minutes import note_label
from reports.writers.llm import asking, transport
from reports.writers.llm.provider import Provider
from tests.factories import JobFactory, MeetingFactory, TranscriptFactory
from tests.reports.writers.llm.fake_server import diligent, fake_server
from tests.transcription.test_meaning import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


class Claim:
    """The right to write minutes of a transcript's meeting."""

    def __init__(self, transcript):
        self.job_id, self.meeting_id = str(transcript.job_id), str(transcript.meeting_id)
        self.token = str(uuid.uuid4())
        self.options, self.metrics = {}, {}
        self.lost = False

    def report(self, share):
        self.check()

    def check(self):
        if self.lost:
            raise Superseded


@pytest.fixture
def transcript(user):
    return TranscriptFactory.create(job=JobFactory(meeting=MeetingFactory(owner=user), done=True))


@pytest.fixture
def served(settings, monkeypatch):
    """A server that the settings name; ``behaviour`` can be changed."""
    monkeypatch.setattr(asking, "PAUSE", 0.02)
    with fake_server(diligent) as server:
        settings.LLM_PROVIDER, settings.LLM_URL, settings.LLM_MODEL = (
            "compatible",
            server.url,
            "fake",
        )
        yield server


def write(transcript):
    claim = Claim(transcript)
    writing.report(claim)()
    return claim, Minutes.objects.get(meeting=transcript.meeting_id)


def test_the_instances_model_writes_and_every_call_is_in_the_ledger(transcript, served):
    claim, minutes = write(transcript)
    assert minutes.writer == "llm"
    assert "fake" in note_label(minutes.notes[0]) and "127.0.0.1" in note_label(minutes.notes[0])
    calls = LlmCall.objects.all()
    assert {c.outcome for c in calls} == {"ok"}
    assert {c.purpose for c in calls} == {"read", "reduce"}
    assert {str(c.meeting_id) for c in calls} == {claim.meeting_id}
    assert {str(c.job_id) for c in calls} == {claim.job_id}
    assert {c.workspace for c in calls} == {transcript.meeting.workspace}
    assert LlmCall.objects.sums()["tokens_in"] == 900 * len(calls)
    assert claim.metrics["llm_calls_planned"] >= len(calls)
    assert claim.metrics["writer"] == "llm"


def test_without_its_provider_minutes_say_how_they_were_made(transcript, served):
    served.behaviour = lambda asked: (500, {"error": {"message": "boom"}})
    _claim, minutes = write(transcript)
    assert minutes.writer == "extractive"
    said = note_label(minutes.notes[0])
    assert "without" in said and "_" not in said
    assert set(LlmCall.objects.values_list("outcome", flat=True)) == {"server_error"}


def test_a_workspaces_choice_goes_before_the_instances(transcript, served, user):
    choice = Choice("none")
    language_models.choose(workspace=transcript.meeting.workspace, by=user, choice=choice)
    _claim, minutes = write(transcript)
    assert minutes.writer == "extractive"
    assert not served.asked and not LlmCall.objects.exists()


def test_a_key_that_cannot_be_read_leaves_minutes_that_say_so(transcript, settings, user):
    choice = Choice("openai", "gpt-5", key="sk-x")
    language_models.choose(workspace=transcript.meeting.workspace, by=user, choice=choice)
    settings.SECRET_KEY = "changed without sealing anew"
    _claim, minutes = write(transcript)
    assert minutes.writer == "extractive"
    assert "key" in note_label(minutes.notes[0])


def echo(asked):
    """Refuses with what it was sent, as some servers do."""
    return (422, {"error": {"message": f"cannot read {asked.text[-150:]}"}})


def test_what_a_provider_said_is_in_the_ledger_as_long_as_the_meeting_is_there(transcript, served):
    served.behaviour = echo
    write(transcript)
    calls = LlmCall.objects.filter(outcome="rejected")
    assert calls and all("cannot read" in call.said for call in calls)
    going.wipe(transcript.meeting)
    assert {call.said for call in calls.all()} == {""}


def test_what_a_provider_repeats_of_a_question_is_kept_nowhere(user, served):
    served.behaviour = echo
    told(user, "Ремонт крыши обойдётся в миллион рублей.")
    home = user.workspaces.get(personal=True)
    question = questions.ask(by=user, workspace=home, text="Сколько стоит ремонт крыши?")
    questions.answer(question_id=str(question.pk))
    [call] = LlmCall.objects.all()
    assert (call.purpose, call.outcome, call.said) == ("answer", "rejected", "")


def test_a_cancelled_job_stops_asking_and_stores_nothing(transcript, served):
    claim = Claim(transcript)

    def cancel(asked):
        claim.lost = True
        return diligent(asked)

    served.behaviour = cancel
    with pytest.raises(Superseded):
        writing.report(claim)()
    assert not Minutes.objects.exists()


def test_a_trial_really_calls_and_keeps_what_came(transcript, served, settings, user):
    settings.LLM_WORKSPACE_URLS = "any"
    workspace = transcript.meeting.workspace
    choice = Choice("compatible", "fake", served.url, key="k-1")
    language_models.choose(workspace=workspace, by=user, choice=choice)
    assert trials.ask_for(workspace=workspace)
    trials.carry_out(workspace_id=workspace.pk)
    row = LanguageModel.objects.get()
    assert (row.trial, row.trial_reason) == ("ok", "")
    assert row.tried_at
    assert LlmCall.objects.get().purpose == "trial"
    assert served.asked[0].headers["authorization"] == "Bearer k-1"
    served.behaviour = lambda asked: (401, {"error": {"message": "wrong key k-1"}})
    trials.ask_for(workspace=workspace)
    trials.carry_out(workspace_id=workspace.pk)
    row.refresh_from_db()
    assert (row.trial, row.trial_reason) == ("failed", "key_refused")
    assert "k-1" not in row.trial_said


def test_a_private_address_is_refused_again_when_it_is_connected_to(served, settings, user):
    settings.LLM_WORKSPACE_URLS = "public"
    workspace = user.workspaces.get()
    LanguageModel.objects.create(
        workspace=workspace, provider="compatible", model="m", url=served.url, trial="waiting"
    )
    trials.carry_out(workspace_id=workspace.pk)
    assert LanguageModel.objects.get().trial_reason == "address_forbidden"
    assert not served.asked


def test_a_name_that_leads_into_the_private_network_is_refused():
    provider = Provider("compatible", "m", "http://localhost:9/v1", public_only=True)

    async def ask():
        async with transport.http_client(provider, connect=2) as http:
            await http.get(provider.url)

    with pytest.raises(outbound.Forbidden):
        asyncio.run(ask())


def test_redirects_are_not_followed_and_packed_answers_not_read(served):
    provider = Provider("compatible", "m", served.url)

    async def get():
        async with transport.http_client(provider, connect=2) as http:
            assert not http.follow_redirects
            return (await http.post(f"{served.url}/chat/completions", json={"messages": []})).text

    served.behaviour = lambda asked: iter([b"x" * 100_000] * 20)
    with pytest.raises((transport.Endless, httpx2.HTTPError)):
        asyncio.run(get())


def test_a_provider_has_so_many_calls_at_once_and_no_more():
    provider = Provider("compatible", "m", f"http://{uuid.uuid4().hex}/v1")
    most = now = 0

    async def call(slot):
        nonlocal most, now
        async with slot():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.05)
            now -= 1

    async def all_workers():
        workers = [llm_slots.slots(provider, at_once=2, lease=30) for _ in range(3)]
        await asyncio.gather(*(call(slot) for slot in workers for _ in range(3)))

    asyncio.run(all_workers())
    assert most == 2


def test_slots_of_a_dead_worker_come_free_when_their_lease_ends():
    provider = Provider("compatible", "m", f"http://{uuid.uuid4().hex}/v1")

    async def die_then_call():
        slot = llm_slots.slots(provider, at_once=1, lease=0.5)
        await slot().__aenter__()  # never left
        other = llm_slots.slots(provider, at_once=1, lease=0.5)
        async with asyncio.timeout(10), other():
            return True

    assert asyncio.run(die_then_call())


def test_without_redis_calls_go_on(settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    async def call():
        async with llm_slots.slots(
            Provider("compatible", "m", "http://x/v1"), at_once=1, lease=5
        )():
            return True

    assert asyncio.run(call())


def spent(transcript, tokens):
    LlmCall.objects.create(
        workspace=transcript.meeting.workspace, tokens_in=tokens, outcome="ok", seconds=1
    )


def test_once_the_months_tokens_are_spent_minutes_come_without_the_model_and_say_so(
    transcript, served
):
    Quota.objects.create(workspace=transcript.meeting.workspace, llm_tokens=1000)
    spent(transcript, 1000)
    _claim, minutes = write(transcript)
    assert minutes.writer == "extractive" and minutes.sections.exists()
    said = note_label(minutes.notes[0])
    assert "tokens for the month do not suffice" in said and "failed" not in said
    assert LlmCall.objects.count() == 1


def test_minutes_that_need_more_tokens_than_are_left_are_not_begun(transcript, served):
    Quota.objects.create(workspace=transcript.meeting.workspace, llm_tokens=1000)
    spent(transcript, 999)
    _claim, minutes = write(transcript)
    assert minutes.writer == "extractive"
    assert "do not suffice" in note_label(minutes.notes[0])
    assert LlmCall.objects.count() == 1


def test_within_the_quota_the_model_writes_and_other_months_do_not_count(transcript, served):
    Quota.objects.create(workspace=transcript.meeting.workspace, llm_tokens=10_000_000)
    spent(transcript, 10_000_000)
    LlmCall.objects.update(created_at="2026-01-01T00:00Z")
    assert write(transcript)[1].writer == "llm"


def test_the_tokens_of_an_attempt_that_lost_its_stage_count(transcript, served):
    claim = Claim(transcript)
    with pytest.raises(Superseded):
        writing.report(_losing_after_a_call(claim))
    used = LlmCall.objects.sums()
    assert used["calls"] and used["tokens_in"] == 900 * used["calls"]


def _losing_after_a_call(claim):
    def report(share):
        if LlmCall.objects.exists():
            raise Superseded

    claim.report = report
    return claim
