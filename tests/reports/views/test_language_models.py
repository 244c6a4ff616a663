"""A workspace's language model by page, API and admin."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from reports.models import LanguageModel, LlmCall
from reports.notes import REASONS
from reports.templatetags.minutes import note_label
from reports.writers.llm.provider import Failure
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


KEY = "sk-do-not-show-me"
CHOICE = {"provider": "openai", "model": "gpt-5", "key": KEY}


@pytest.fixture
def workspace(user):
    return user.workspaces.get()


def api_url(workspace, end=""):
    return f"/api/v1/workspaces/{workspace.pk}/language-model/{end}"


def page_url(workspace):
    return reverse("language-models:of-workspace", args=[workspace.pk])


def test_a_choice_is_kept_and_its_key_never_given_back(api, workspace):
    answer = api.put(api_url(workspace), CHOICE)
    assert answer.status_code == 200, answer.content
    body = api.get(api_url(workspace)).json()
    assert (body["chosen_by"], body["provider"], body["has_key"]) == ("workspace", "openai", True)
    assert body["host"] == "api.openai.com"
    assert "key" not in body and KEY not in str(answer.json()) + str(body)


def test_a_choice_that_cannot_be_is_refused_with_a_reason(api, workspace):
    answer = api.put(
        api_url(workspace), {"provider": "ollama", "model": "m", "url": "http://10.0.0.1"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "unfit_language_model")
    assert not LanguageModel.objects.exists()


def test_removing_the_choice_goes_back_to_the_instances(api, workspace):
    api.put(api_url(workspace), CHOICE)
    assert api.delete(api_url(workspace)).status_code == 204
    body = api.get(api_url(workspace)).json()
    assert (body["chosen_by"], body["provider"], body["host"]) == ("instance", "none", None)


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_members_see_and_only_owners_choose(api, user, role, client):
    workspace = MembershipFactory(user=user, role=role).workspace
    assert api.get(api_url(workspace)).status_code == 200
    for answer in (
        api.put(api_url(workspace), CHOICE),
        api.delete(api_url(workspace)),
        api.post(api_url(workspace, "test/")),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "owners_only")
    client.force_login(user)
    assert '<form class="settings__part"' not in client.get(page_url(workspace)).content.decode()
    assert client.post(page_url(workspace), CHOICE).status_code == 403
    assert not LanguageModel.objects.exists()


def test_strangers_find_nothing(api_of, stranger, workspace, client):
    assert api_of(stranger).get(api_url(workspace)).status_code == 404
    client.force_login(stranger)
    assert client.get(page_url(workspace)).status_code == 404


def test_the_page_says_where_the_words_go_and_shows_no_key(browser, workspace):
    page = browser.get(page_url(workspace)).content.decode()
    assert "Nowhere" in page
    answer = browser.post(page_url(workspace), CHOICE | {"context_tokens": "0"})
    assert answer.status_code == 302, answer.context["form"].errors
    page = browser.get(page_url(workspace)).content.decode()
    assert "api.openai.com" in page and "gpt-5" in page and "A key is kept" in page
    assert KEY not in page
    assert LanguageModel.objects.get().changed_by == workspace.members.get()


def test_a_wrong_choice_is_explained_at_its_field(browser, workspace):
    answer = browser.post(page_url(workspace), {"provider": "openai", "model": "", "key": ""})
    assert answer.status_code == 422
    assert "Which model?" in answer.content.decode()


def test_an_empty_key_keeps_the_present_one_and_the_instances_forgets_it(browser, workspace):
    browser.post(page_url(workspace), CHOICE)
    browser.post(page_url(workspace), CHOICE | {"key": "", "model": "gpt-5-mini"})
    assert LanguageModel.objects.get().has_key
    browser.post(page_url(workspace), {"provider": "instance"})
    assert not LanguageModel.objects.exists()


def test_a_trial_is_handed_to_a_worker_and_shown_as_waiting(
    browser, api, workspace, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr("reports.services.trials._send", sent.append)
    assert api.post(api_url(workspace, "test/")).status_code == 422
    browser.post(page_url(workspace), CHOICE)
    with django_capture_on_commit_callbacks(execute=True):
        answer = api.post(api_url(workspace, "test/"))
    assert (answer.status_code, answer.json()["trial"]["state"]) == (202, "waiting")
    assert sent == [workspace.pk]
    assert "data-poll" in browser.get(page_url(workspace)).content.decode()


def test_who_has_one_workspace_is_led_to_its_page(browser, workspace, user):
    answer = browser.get(reverse("language-models:mine"))
    assert answer["Location"] == page_url(workspace)
    MembershipFactory(user=user)
    assert browser.get(reverse("language-models:mine")).status_code == 200


def test_the_operator_sees_sums_and_no_key(client, api, workspace):
    api.put(api_url(workspace), CHOICE)
    for cost in ("0.25", "0.5"):
        LlmCall.objects.create(
            workspace=workspace,
            provider="openai",
            host="api.openai.com",
            model="gpt-5",
            purpose="read",
            outcome="ok",
            tokens_in=700,
            tokens_out=50,
            cost=cost,
            seconds=1.5,
        )
    client.force_login(User.objects.create_superuser("operator@example.org", language="en"))
    page = client.get(reverse("admin:reports_llmcall_changelist")).content.decode()
    assert "2 calls" in page and "1,400" in page.replace("\xa0", ",") and "0.75" in page
    row = LanguageModel.objects.get()
    page = client.get(reverse("admin:reports_languagemodel_change", args=[row.pk])).content.decode()
    assert KEY not in page and row.sealed_key not in page


@pytest.mark.parametrize("reason", sorted(Failure.REASONS | {"too_many_calls", "key_lost"}))
def test_every_reason_has_words(reason):
    assert reason in REASONS
    said = note_label(f"written_without:ollama:{reason}")
    assert "Ollama" in said and str(REASONS[reason]) in said


def test_facts_of_notes_are_shown_as_they_were():
    assert "gemma3:4b" in note_label("written_by:ollama:127.0.0.1%3A11434:gemma3%3A4b")
    assert "2" in note_label("partly_without:ollama:slow:2:7")
    assert "1" in note_label("llm_calls:1:9:1200:40")
