"""A workspace's language model: who chooses it, how its key is kept, what it is asked for."""

import logging

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts import secrets
from accounts.models import Workspace
from reports.errors import UnfitLanguageModel
from reports.models import LanguageModel
from reports.services import language_models
from reports.services.language_models import Choice, choose

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


KEY = "sk-quite-secret-1234"


@pytest.fixture
def workspace(user) -> Workspace:
    return user.workspaces.get()


@pytest.fixture
def anywhere(settings):
    settings.LLM_WORKSPACE_URLS = "any"


def test_without_settings_and_choice_there_is_no_language_model(workspace):
    assert language_models.of_workspace(workspace.pk) is None


def test_the_settings_hold_for_workspaces_without_a_choice(workspace, settings):
    settings.LLM_PROVIDER, settings.LLM_URL = "compatible", "http://127.0.0.1:8080/v1"
    settings.LLM_MODEL, settings.LLM_API_KEY = "gemma", "of-the-instance"
    provider = language_models.of_workspace(workspace.pk)
    assert (provider.kind, provider.model, provider.host) == (
        "compatible",
        "gemma",
        "127.0.0.1:8080",
    )
    assert provider.api_key == "of-the-instance" and not provider.public_only


def test_a_workspace_can_choose_that_nothing_leaves(user, workspace, settings):
    settings.LLM_PROVIDER, settings.LLM_URL = "compatible", "http://127.0.0.1:8080/v1"
    choose(workspace=workspace, by=user, choice=Choice("none"))
    assert language_models.of_workspace(workspace.pk) is None


def test_a_key_is_kept_encrypted_and_opened_only_for_a_call(user, workspace, caplog):
    with caplog.at_level(logging.DEBUG):
        choose(workspace=workspace, by=user, choice=Choice("openai", "gpt-5", key=KEY))
    row = LanguageModel.objects.get()
    assert row.sealed_key and KEY not in row.sealed_key
    assert KEY not in caplog.text and KEY not in str(vars(row)) + repr(row)
    provider = language_models.of_workspace(workspace.pk)
    assert provider.api_key == KEY and KEY not in repr(provider)
    assert provider.host == "api.openai.com"


def test_a_key_stays_with_its_provider_only(user, workspace):
    choose(workspace=workspace, by=user, choice=Choice("openai", "gpt-5", key=KEY))
    choose(workspace=workspace, by=user, choice=Choice("openai", "gpt-5-mini"))
    assert language_models.of_workspace(workspace.pk).api_key == KEY
    with pytest.raises(UnfitLanguageModel, match="key"):
        choose(workspace=workspace, by=user, choice=Choice("anthropic", "claude"))


def test_a_key_never_follows_to_another_address(user, workspace, anywhere):
    first = Choice("compatible", "m", "https://llm.example.com/v1", key=KEY)
    choose(workspace=workspace, by=user, choice=first)
    choose(
        workspace=workspace, by=user, choice=Choice("compatible", "m", "https://evil.example/v1")
    )
    assert language_models.of_workspace(workspace.pk).api_key == ""


@pytest.mark.parametrize("url", ["https://llm.example.com/v1", "http://127.0.0.1:11434/v1"])
def test_by_default_workspaces_reach_only_the_vendors(user, workspace, url):
    with pytest.raises(UnfitLanguageModel):
        choose(workspace=workspace, by=user, choice=Choice("ollama", "gemma3", url))


PRIVATE = [
    "https://127.0.0.1/v1",
    "https://10.1.2.3/v1",
    "https://192.168.0.1/v1",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/v1",
    "https://[fd00::1]/v1",
    "https://[::ffff:127.0.0.1]/v1",
    "https://[64:ff9b::7f00:1]/v1",
    "https://localhost/v1",
    "https://postgres:5432/v1",
    "https://db.internal/v1",
    "http://llm.example.com/v1",
    "ftp://llm.example.com/v1",
    "https://user:password@llm.example.com/v1",
    "https://llm.example.com/v1?x=1",
    "https:///v1",
    "llm.example.com",
    "https://100.64.0.1/v1",
    "https://0.0.0.0/v1",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_public_addresses_exclude_private_ones(user, workspace, settings, url):
    settings.LLM_WORKSPACE_URLS = "public"
    with pytest.raises(UnfitLanguageModel):
        choose(workspace=workspace, by=user, choice=Choice("compatible", "m", url))
    fine = choose(
        workspace=workspace,
        by=user,
        choice=Choice("compatible", "m", "https://llm.example.com/v1/"),
    )
    assert fine.url == "https://llm.example.com/v1"
    assert language_models.of_workspace(workspace.pk).public_only


def test_an_operator_may_allow_this_network(user, workspace, anywhere):
    choose(workspace=workspace, by=user, choice=Choice("ollama", "g", "http://127.0.0.1:11434/v1"))
    assert not language_models.of_workspace(workspace.pk).public_only


def test_keys_survive_a_change_of_the_encrypting_key(user, workspace, settings):
    choose(workspace=workspace, by=user, choice=Choice("openai", "gpt-5", key=KEY))
    before = LanguageModel.objects.get().sealed_key
    settings.SECRETS_KEYS = ["a new key, long enough to be one"]
    assert language_models.of_workspace(workspace.pk).api_key == KEY
    call_command("reseal")
    assert LanguageModel.objects.get().sealed_key != before
    settings.SECRET_KEY = "another, so that the old one is gone"
    assert language_models.of_workspace(workspace.pk).api_key == KEY
    settings.SECRETS_KEYS = []
    with pytest.raises(secrets.Unreadable):
        language_models.of_workspace(workspace.pk)
    with pytest.raises(CommandError, match="1 keys"):
        call_command("reseal")


def test_going_back_to_the_instance_forgets_the_key(user, workspace):
    choose(workspace=workspace, by=user, choice=Choice("openai", "gpt-5", key=KEY))
    language_models.forget(workspace=workspace)
    assert not LanguageModel.objects.exists()
