"""Events reach their receivers at least once, whatever dies in between, or are given up aloud."""

import json
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import AuditEntry, Membership
from meetings.errors import WebhookOff
from meetings.models import Webhook, WebhookDelivery, WebhookEvent, WebhookMail
from meetings.outbound.answers import Answer
from meetings.services import (
    housekeeping,
    reaper,
    webhook_deliveries,
    webhook_events,
    webhook_mails,
    webhooks,
)
from meetings.signatures import signature
from meetings.tasks import send_to_webhook, send_webhook_mail
from tests.factories import MeetingFactory, MembershipFactory
from tests.meetings import receiver
from tests.meetings.receiver import receiving

pytestmark = pytest.mark.django_db

A_WHILE = timedelta(days=2)


@pytest.fixture(autouse=True)
def anywhere(settings):
    """Receivers of the tests are on this machine."""
    settings.WEBHOOK_ALLOW_HTTP = settings.WEBHOOK_ALLOW_PRIVATE = True


@pytest.fixture
def program():
    with receiving() as made:
        yield made


@pytest.fixture
def hook(user, program):
    made, secret = webhooks.create(
        workspace=user.workspaces.get(), by=user, url=program.url, events=WebhookEvent.values
    )
    made.secret = secret
    return made


@pytest.fixture
def queued(monkeypatch):
    """What would be sent to the broker."""
    found = []
    told = "accounts.services.outgoing.queue"
    monkeypatch.setattr(told, lambda task, pks: found.extend((task, pk) for pk in pks))
    return found


@pytest.fixture
def event(hook):
    """A delivery that waits."""
    return happen(hook)


def happen(hook):
    meeting = MeetingFactory.create(workspace=hook.workspace)
    webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
    return hook.deliveries.latest("created_at")


def send(row):
    """A worker takes the message."""
    send_to_webhook(str(row.pk))
    row.refresh_from_db()
    return row


def come_due(row, **more):
    """Time passes."""
    WebhookDelivery.objects.filter(pk=row.pk).update(
        not_before=Now() - timedelta(seconds=1), due_at=Now() - timedelta(seconds=1), **more
    )


def test_what_is_sent_is_signed_and_taken(event, hook, program):
    row = send(event)
    [asked] = program.asked
    assert asked.body == row.body.encode()
    assert json.loads(asked.body)["id"] == str(row.pk) == asked.headers["Protokol-Delivery"]
    assert asked.headers["Protokol-Event"] == "meeting.binned"
    assert asked.headers["Content-Type"] == "application/json"
    told = asked.headers["Protokol-Signature"]
    moment = int(told.partition(",")[0].removeprefix("t="))
    assert abs(moment - time.time()) < 60
    assert told == signature(hook.secret, asked.body, moment)
    assert (row.state, row.status, row.attempts, row.error) == ("delivered", 204, 1, "")
    hook.refresh_from_db()
    assert hook.succeeded_at


def test_a_token_in_the_address_reaches_the_receiver_and_no_log(event, program, caplog):
    Webhook.objects.update(url=f"{program.url}?token=for-us-alone")
    assert send(event).state == "delivered"
    assert program.asked[0].path == "/hook?token=for-us-alone"
    assert "webhook_sent" in caplog.text
    assert "for-us-alone" not in caplog.text


def test_a_message_that_comes_twice_is_sent_once(event, program):
    send(event)
    send(event)
    assert len(program.asked) == 1


def test_who_is_away_is_tried_again_for_a_day_and_given_up(event, hook, program, monkeypatch):
    monkeypatch.setattr("random.uniform", lambda low, high: (low + high) / 2)
    program.behave = receiver.answer(503, b"down for the night")
    pauses = []
    row = send(event)
    while row.state == "pending":
        pauses.append((row.not_before - row.tried_at).total_seconds())
        assert (row.status, row.head, row.error) == (503, "down for the night", "refused")
        send(row)  # an early message changes nothing
        assert row.attempts == len(pauses)
        come_due(row)
        row = send(row)
    assert (row.state, row.attempts, row.attempts_left) == ("failed", 10, 0)
    assert len(program.asked) == 10
    for pause, planned in zip(pauses, webhook_deliveries.PAUSES, strict=True):
        assert 0.79 * planned < pause < 1.21 * planned
    assert 20 * 3600 < sum(webhook_deliveries.PAUSES) < 28 * 3600


def test_pauses_are_spread(monkeypatch):
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    assert webhook_deliveries._pause(9) == 36
    assert webhook_deliveries._pause(1) == 1.2 * 28_800


def test_who_comes_back_gets_it(event, program):
    program.behave = receiver.answer(500)
    come_due(send(event))
    program.behave = receiver.answer(200, b"ok")
    row = send(event)
    assert (row.state, row.attempts, row.status, row.head, row.error) == (
        "delivered",
        2,
        200,
        "ok",
        "",
    )
    assert program.asked[0].body == program.asked[1].body


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (receiver.answer(302, Location="http://127.0.0.1:1/"), "redirected"),
        (receiver.no_http, "not_http"),
    ],
)
def test_what_went_wrong_is_told(event, program, behave, error):
    program.behave = behave
    row = send(event)
    assert (row.state, row.error) == ("pending", error)
    assert row.reason


def test_who_is_slow_is_tried_again(event, program, monkeypatch):
    monkeypatch.setattr(webhook_deliveries, "SECONDS", 0.5)
    program.behave = receiver.slow(1.0)
    row = send(event)
    assert (row.state, row.error, row.status) == ("pending", "timeout", None)


def test_an_answer_of_any_length_costs_two_kilobytes(event, program):
    program.behave = receiver.endless
    row = send(event)
    assert (row.state, len(row.head)) == ("delivered", 2048)


def test_addresses_inside_are_refused_when_it_is_sent(event, program, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    assert send(event).error == "address_forbidden"
    settings.WEBHOOK_ALLOW_PRIVATE, settings.WEBHOOK_ALLOW_HTTP = True, False
    come_due(event)
    assert send(event).error == "address_forbidden"
    assert program.asked == []


def test_a_name_that_leads_inside_is_refused_when_it_is_sent(hook, program, settings):
    """What was entered looks public; what it leads to is judged when it is connected to."""
    settings.WEBHOOK_ALLOW_PRIVATE = False
    port = program.url.split(":")[2]
    Webhook.objects.update(url=f"http://localtest.example.com:{port}")
    with pytest.MonkeyPatch.context() as patch:
        inside = [(2, 1, 6, "", ("127.0.0.1", 80))]
        patch.setattr("socket.getaddrinfo", lambda *told, **more: inside)
        row = send(happen(hook))
    assert row.error == "address_forbidden"
    assert program.asked == []


def test_a_killed_worker_loses_nothing(event, program, queued, django_capture_on_commit_callbacks):
    """It died between the claim and the end: the row's lease ends, and the reaper sends again."""
    assert webhook_deliveries._claim(event.pk)
    assert send(event).state == "sending"
    assert program.asked == []
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    assert queued == []
    WebhookDelivery.objects.update(due_at=Now() - timedelta(seconds=1))
    reaper.reap()
    event.refresh_from_db()
    assert (event.state, event.error, event.attempts) == ("pending", "worker_lost", 1)
    come_due(event)
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    assert queued == [(webhook_events.TASK, str(event.pk))]
    row = send(event)
    assert (row.state, row.attempts, len(program.asked)) == ("delivered", 2, 1)


def test_a_worker_that_dies_in_the_last_attempt_ends_it(event, queued):
    WebhookDelivery.objects.update(attempts_left=1)
    webhook_deliveries._claim(event.pk)
    WebhookDelivery.objects.update(due_at=Now() - timedelta(seconds=1))
    reaper.reap()
    event.refresh_from_db()
    assert (event.state, event.error) == ("failed", "worker_lost")


def test_who_was_too_slow_writes_nothing(event):
    late = webhook_deliveries._claim(event.pk)
    WebhookDelivery.objects.update(state="pending")
    come_due(event)
    assert send(event).state == "delivered"
    webhook_deliveries._finish(late, Answer(error="timeout"))
    event.refresh_from_db()
    assert (event.state, event.attempts, event.error) == ("delivered", 2, "")


def test_a_lost_message_is_found(event, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    assert queued == []  # its own message may still come
    come_due(event)
    for _ in range(2):  # and not again for a while
        with django_capture_on_commit_callbacks(execute=True):
            reaper.reap()
    assert queued == [(webhook_events.TASK, str(event.pk))]


def test_a_broker_that_is_away_undoes_nothing(
    hook, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*told, **more):
        raise OperationalError("away")

    monkeypatch.setattr("accounts.services.outgoing.current_app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        row = happen(hook)
    assert row.state == "pending"


def test_one_webhook_does_not_hold_up_the_others(hook, user, program, queued):
    rows = [happen(hook) for _ in range(25)]
    other, _ = webhooks.create(
        workspace=hook.workspace, by=user, url=program.url, events=["meeting.binned"]
    )
    last = happen(other)
    for row in [*rows, last]:
        come_due(row)
    WebhookDelivery.objects.filter(pk=last.pk).update(due_at=Now() - timedelta(microseconds=1))
    webhook_deliveries.send_due(limit=12)
    looked_after = WebhookDelivery.objects.filter(due_at__gt=Now())
    assert looked_after.filter(pk__in=[row.pk for row in rows]).count() == 10
    assert looked_after.filter(webhook=other).exists()


def test_a_slow_receiver_gets_two_at_a_time(hook, program):
    first, second, third = (happen(hook) for _ in range(3))
    webhook_deliveries._claim(first.pk)
    webhook_deliveries._claim(second.pk)
    assert (send(third).state, third.attempts) == ("pending", 0)
    assert third.due_at <= timezone.now()  # the reaper's next look
    WebhookDelivery.objects.filter(pk=first.pk).update(state="delivered")
    assert send(third).state == "delivered"


def given_up(hook, program, **more):
    """An event that did not get through in a day."""
    program.behave = receiver.answer(500)
    row = happen(hook)
    WebhookDelivery.objects.filter(pk=row.pk).update(attempts_left=1, **more)
    return send(row)


def test_after_a_day_without_success_it_is_switched_off_and_owners_are_told(
    hook, program, user, settings
):
    settings.PUBLIC_URL = "https://protokol.example.org"
    user.language = "en"
    user.save()
    second = MembershipFactory.create(workspace=hook.workspace, role="owner").user
    MembershipFactory.create(workspace=hook.workspace, role="editor")
    waiting = happen(hook)
    assert given_up(hook, program).state == "failed"
    hook.refresh_from_db()
    waiting.refresh_from_db()
    assert (hook.enabled, bool(hook.disabled_at), waiting.state) == (False, True, "skipped")
    assert AuditEntry.objects.filter(what="webhook.switched_off", kind="system").count() == 1
    for row in WebhookMail.objects.all():
        send_webhook_mail(row.pk)
        send_webhook_mail(row.pk)
    assert {to for message in mail.outbox for to in message.to} == {user.email, second.email}
    assert len(mail.outbox) == 2
    [message] = [message for message in mail.outbox if message.to == [user.email]]
    assert message.subject == "The webhook to 127.0.0.1 was switched off"
    page = f"https://protokol.example.org/workspaces/{hook.workspace_id}/webhooks/{hook.pk}/"
    assert page in message.body
    assert program.url not in message.body


def test_where_something_got_through_meanwhile_it_stays_on(hook, program):
    send(happen(hook))
    assert given_up(hook, program, begun_at=Now() - A_WHILE).state == "failed"
    hook.refresh_from_db()
    assert hook.enabled
    assert not WebhookMail.objects.exists()


def test_a_mail_that_is_lost_is_sent_and_one_that_is_late_is_not(hook, program, user, queued):
    given_up(hook, program)
    WebhookMail.objects.update(due_at=Now() - timedelta(minutes=1))
    assert webhook_mails.send_due() == 1
    webhooks.change(webhook=hook, enabled=True)
    row = WebhookMail.objects.get()
    webhook_mails.deliver(mail_id=row.pk)
    row.refresh_from_db()
    assert (row.state, mail.outbox) == ("skipped", [])
    hook.refresh_from_db()
    assert (hook.enabled, hook.disabled_at) == (True, None)


def test_who_owns_it_no_more_is_not_told(hook, program, user):
    given_up(hook, program)
    Membership.objects.filter(user=user).update(role="editor")
    webhook_mails.deliver(mail_id=WebhookMail.objects.get().pk)
    assert mail.outbox == []


def test_a_test_is_sent_once_also_where_it_is_off(hook, program):
    webhooks.change(webhook=hook, enabled=False)
    program.behave = receiver.answer(500)
    row = send(webhooks.test(webhook=hook))
    assert (row.type, row.state, row.attempts) == ("webhook.test", "failed", 1)
    assert row.payload["data"] == {"webhook": {"id": str(hook.pk)}}
    program.behave = receiver.answer()
    webhook_deliveries.send_again(delivery=row)
    assert send(row).state == "delivered"
    assert not WebhookMail.objects.exists()


def test_what_is_sent_again_has_its_id_and_all_attempts(hook, program):
    program.behave = receiver.answer(500)
    row = happen(hook)
    WebhookDelivery.objects.update(attempts=9, attempts_left=1)
    send(row)
    Webhook.objects.update(enabled=True)
    program.behave = receiver.answer()
    webhook_deliveries.send_again(delivery=row)
    row = send(row)
    assert (row.state, row.attempts, row.attempts_left) == ("delivered", 11, 9)
    assert {asked.headers["Protokol-Delivery"] for asked in program.asked} == {str(row.pk)}


def test_what_is_being_sent_is_not_sent_again(event):
    webhook_deliveries._claim(event.pk)
    webhook_deliveries.send_again(delivery=event)
    event.refresh_from_db()
    assert (event.state, event.attempts) == ("sending", 1)


def test_one_that_is_off_sends_nothing(hook, program, event):
    Webhook.objects.update(enabled=False)
    assert send(event).state == "skipped"
    assert program.asked == []
    event.webhook.refresh_from_db()
    with pytest.raises(WebhookOff):
        webhook_deliveries.send_again(delivery=event)


def test_a_secret_that_cannot_be_read_signs_nothing(event, program, settings):
    settings.SECRET_KEY = "another, so that the old one is gone"
    assert send(event).error == "secret_lost"
    assert program.asked == []


def test_the_log_goes_back_thirty_days(hook, program):
    old, kept, waiting = (happen(hook) for _ in range(3))
    send(old)
    send(kept)
    long_ago = {"created_at": F("created_at") - timedelta(days=31)}
    long_ago["begun_at"] = F("begun_at") - timedelta(days=31)
    WebhookDelivery.objects.exclude(pk=kept.pk).update(**long_ago)
    housekeeping.keep()
    assert set(WebhookDelivery.objects.values_list("pk", flat=True)) == {kept.pk, waiting.pk}


def test_transitions_are_those_of_the_table():
    State = WebhookDelivery.State  # noqa: N806  (a class)
    assert set(WebhookDelivery.TRANSITIONS) == set(State)
    assert all(State.PENDING in WebhookDelivery.TRANSITIONS[over] for over in WebhookDelivery.OVER)
