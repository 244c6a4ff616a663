"""The pages about webhooks: made, changed, tried, deleted; what was sent, and sent again."""

import pytest
from django.urls import reverse

from meetings.models import Webhook, WebhookDelivery, WebhookEvent
from meetings.services import webhook_events, webhooks
from tests.factories import MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db

FORM = {"url": "https://example.com/hook", "events": ["job.succeeded", "meeting.binned"]}


@pytest.fixture
def home(user):
    return user.workspaces.get()


@pytest.fixture
def hook(user, home):
    made, _ = webhooks.create(workspace=home, by=user, **FORM)
    return made


def page_of(hook, name="webhook", **more):
    return reverse(f"webhooks:{name}", kwargs={"pk": hook.workspace_id, "hook": hook.pk, **more})


def happen(hook):
    meeting = MeetingFactory.create(workspace=hook.workspace)
    webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
    return hook.deliveries.latest("created_at")


def test_a_new_secret_is_shown_in_the_answer_that_makes_it_alone(browser, home):
    address = reverse("webhooks:list", args=[home.pk])
    page = browser.post(address, FORM).content.decode()
    hook = Webhook.objects.get()
    assert "whsec_" in page
    assert page_of(hook) in page
    again = browser.get(address).content.decode()
    assert "whsec_" not in again
    assert "example.com" in again


@pytest.mark.parametrize("wrong", [{"url": "https://127.0.0.1/"}, {"events": []}])
def test_what_cannot_be_is_said_on_the_page(browser, home, wrong):
    answer = browser.post(reverse("webhooks:list", args=[home.pk]), FORM | wrong)
    assert answer.status_code == 422
    assert 'class="field__error"' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_one_too_many_is_said_on_the_page(browser, home, monkeypatch):
    monkeypatch.setattr(Webhook, "MOST", 0)
    answer = browser.post(reverse("webhooks:list", args=[home.pk]), FORM)
    assert (answer.status_code, Webhook.objects.count()) == (422, 0)


def test_one_is_changed_and_switched_off(browser, hook):
    answer = browser.post(page_of(hook), FORM | {"events": ["job.failed"]})
    assert answer.status_code == 302
    hook.refresh_from_db()
    assert (hook.events, hook.enabled) == (["job.failed"], False)
    browser.post(page_of(hook), FORM | {"enabled": "on"})
    hook.refresh_from_db()
    assert hook.enabled
    assert browser.post(page_of(hook), FORM | {"url": "https://localhost/"}).status_code == 422


def test_the_page_tells_what_was_sent_and_answered(browser, hook):
    row = happen(hook)
    browser.get(page_of(hook))
    WebhookDelivery.objects.update(
        error="refused", status=500, head="<script>alert(1)</script>", attempts=3, seconds=0.25
    )
    page = browser.get(page_of(hook)).content.decode()
    assert "HTTP 500" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert page_of(hook, "again", delivery=row.pk) in page


def test_a_test_is_sent_and_an_event_once_more(browser, hook):
    assert browser.post(page_of(hook, "test")).status_code == 302
    row = WebhookDelivery.objects.get()
    assert row.is_test
    assert "data-waits" in browser.get(page_of(hook)).content.decode()
    WebhookDelivery.objects.update(state="failed")
    assert "data-waits" not in browser.get(page_of(hook)).content.decode()
    browser.post(page_of(hook, "again", delivery=row.pk))
    row.refresh_from_db()
    assert row.state == "pending"


def test_why_nothing_is_sent_again_is_said(browser, hook):
    row = happen(hook)
    webhooks.change(webhook=hook, enabled=False)
    answer = browser.post(page_of(hook, "again", delivery=row.pk), follow=True)
    assert answer.context["messages"]
    row.refresh_from_db()
    assert row.state == "skipped"


def test_one_is_deleted_with_its_log(browser, hook):
    happen(hook)
    assert browser.post(page_of(hook, "delete")).status_code == 302
    assert not WebhookDelivery.objects.exists()


def test_a_webhook_of_another_workspace_is_not_there(browser, hook, user):
    other = MembershipFactory.create(user=user, role="owner").workspace
    address = reverse("webhooks:webhook", kwargs={"pk": other.pk, "hook": hook.pk})
    assert browser.get(address).status_code == 404
    assert browser.post(f"{address}delete/").status_code == 404


@pytest.mark.parametrize("rows", [2, 12])
def test_the_page_costs_constant_queries(browser, hook, rows, django_assert_max_num_queries):
    for _ in range(rows):
        happen(hook)
    with django_assert_max_num_queries(12):
        browser.get(page_of(hook))


def test_owners_alone_are_led_there(browser, client, home):
    link = reverse("webhooks:list", args=[home.pk])
    address = reverse("workspaces:workspace", args=[home.pk])
    assert link in browser.get(address).content.decode()
    client.force_login(MembershipFactory.create(workspace=home, role="editor").user)
    assert link not in client.get(address).content.decode()
    assert client.get(link).status_code == 403
