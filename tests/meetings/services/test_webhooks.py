"""Webhooks are made by owners, with addresses that the instance allows and secrets nobody reads."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts import secrets
from accounts.models import AuditEntry
from meetings.errors import TooManyWebhooks, UnfitWebhook
from meetings.models import Webhook
from meetings.services import webhook_events, webhooks

pytestmark = pytest.mark.django_db

URL = "https://example.com/hook?token=for-us-alone"


@pytest.fixture
def workspace(user):
    return user.workspaces.get()


def create(user, url=URL, events=("job.failed", "meeting.created", "job.failed")):
    return webhooks.create(workspace=user.workspaces.get(), by=user, url=url, events=events)


def test_the_secret_is_shown_once_and_kept_sealed(user):
    _hook, secret = create(user)
    assert secret.startswith("whsec_")
    assert len(secret) > 40
    row = Webhook.objects.get()
    assert secret not in row.sealed_secret
    assert secrets.unseal(row.sealed_secret) == secret
    assert (row.events, row.enabled) == (["meeting.created", "job.failed"], True)
    assert str(row) == "example.com"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://localhost/",
        "https://anna:secret@example.com/",
        "example.com",
    ],
)
def test_addresses_that_the_instance_does_not_allow_are_refused(user, url):
    with pytest.raises(UnfitWebhook):
        create(user, url)
    hook, _ = create(user)
    with pytest.raises(UnfitWebhook):
        webhooks.change(webhook=hook, url=url)


def test_an_operator_may_allow_them(user, settings):
    settings.WEBHOOK_ALLOW_HTTP = settings.WEBHOOK_ALLOW_PRIVATE = True
    create(user, "http://127.0.0.1:9000/")


def test_a_workspace_has_twenty_and_no_more(user):
    for _ in range(20):
        create(user)
    with pytest.raises(TooManyWebhooks):
        create(user)


def test_what_is_switched_off_leaves_what_waits_unsent(user):
    hook, _ = create(user)
    row = webhook_events.test_of(hook)
    webhooks.change(webhook=hook, enabled=False)
    row.refresh_from_db()
    assert row.state == "skipped"


def test_what_is_done_is_noted_without_the_address(user):
    hook, _ = create(user)
    webhooks.change(webhook=hook, url="https://example.org/x", events=["job.failed"])
    webhooks.test(webhook=hook)
    webhooks.delete(webhook=hook)
    noted = AuditEntry.objects.filter(what__startswith="webhook.").order_by("pk")
    assert [entry.what for entry in noted] == [
        "webhook.created",
        "webhook.changed",
        "webhook.tested",
        "webhook.deleted",
    ]
    assert noted[1].details["fields"] == ["url", "events"]
    assert {entry.workspace_id for entry in noted} == {hook.workspace_id}
    assert not any("for-us-alone" in str((one.details, one.object_title)) for one in noted)


def test_secrets_survive_a_change_of_the_encrypting_key(user, settings):
    _, secret = create(user)
    before = Webhook.objects.get().sealed_secret
    settings.SECRETS_KEYS = ["a new key, long enough to be one"]
    call_command("reseal")
    after = Webhook.objects.get().sealed_secret
    assert after != before
    settings.SECRET_KEY = "another, so that the old one is gone"
    assert secrets.unseal(after) == secret
    settings.SECRETS_KEYS = []
    with pytest.raises(CommandError, match="webhooks"):
        call_command("reseal")
