"""Whoever is named is reminded in time, once a day at most, in their language and time zone."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import User
from accounts.models.outgoing import ATTEMPTS
from accounts.services import outgoing
from reports.models import Reminder
from reports.services import action_items, reminders
from reports.tasks import remind, send_reminders
from tests.factories import ActionItemFactory, MeetingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 20)
DAY_BEFORE = datetime(2026, 3, 19, 12, tzinfo=UTC)
THE_DAY = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def meeting(user):
    return MeetingFactory(owner=user, title="Планёрка")


@pytest.fixture
def anna(meeting):
    person = UserFactory(name="Анна Смирнова", language="ru", time_zone="Europe/Moscow")
    MembershipFactory(workspace=meeting.workspace, user=person, role="viewer")
    return person


@pytest.fixture
def item(meeting, anna):
    return ActionItemFactory(
        meeting=meeting, text="Анна подготовит отчёт.", assignee="Анна", due=DUE
    )


def rounds(at, times=1):
    """The beat's rounds at a moment, with the mails that they queue."""
    with time_machine.travel(at, tick=False):
        for _ in range(times):
            remind()
            for pk in Reminder.objects.filter(state="pending").values_list("recipient", flat=True):
                send_reminders(pk)


def test_the_assignee_is_reminded_the_day_before_and_on_the_day_once_each(item, anna, settings):
    settings.PUBLIC_URL = "https://protokol.example.org"
    rounds(datetime(2026, 3, 18, 12, tzinfo=UTC))
    assert mail.outbox == []
    rounds(DAY_BEFORE, times=3)
    [message] = mail.outbox
    assert message.to == [anna.email]
    assert message.subject == "Скоро срок: Анна подготовит отчёт."
    segment = item.statement.evidence.get().segment_id
    link = f"https://protokol.example.org/meetings/{item.meeting_id}/#segment-{segment}"
    html, kind = message.alternatives[0]
    assert (kind, link in html, link in message.body) == ("text/html", True, True)
    assert "20 марта 2026" in message.body
    rounds(THE_DAY, times=3)
    assert len(mail.outbox) == 2
    assert "срок сегодня" in mail.outbox[1].body
    rounds(datetime(2026, 3, 21, 12, tzinfo=UTC))
    assert len(mail.outbox) == 2


def test_a_persons_own_days_before(item, anna):
    anna.remind_days_before = 3
    anna.save()
    rounds(datetime(2026, 3, 17, 12, tzinfo=UTC))
    assert len(mail.outbox) == 1
    rounds(DAY_BEFORE)
    assert len(mail.outbox) == 1
    rounds(THE_DAY)
    assert len(mail.outbox) == 2


def test_a_day_that_the_beat_slept_through_is_made_up_for(item, anna):
    anna.remind_days_before = 5
    anna.save()
    rounds(DAY_BEFORE)
    assert len(mail.outbox) == 1


def test_what_is_due_today_is_told_once_where_no_day_before_is_wanted(item, anna):
    User.objects.filter(pk=anna.pk).update(remind_days_before=0)
    rounds(DAY_BEFORE)
    rounds(THE_DAY, times=2)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("zone", "hour", "mails"),
    [
        ("Europe/Moscow", 4, 0),
        ("Europe/Moscow", 5, 1),
        ("Asia/Vladivostok", 21, 0),
        ("Asia/Vladivostok", 22, 1),
    ],
)
def test_the_morning_is_the_one_where_the_person_lives(item, anna, zone, hour, mails):
    """Eight in Moscow is five in UTC; in Vladivostok it is ten in the evening of the day before."""
    User.objects.filter(pk=anna.pk).update(time_zone=zone)
    day = 18 if zone.startswith("Asia") else 19
    rounds(datetime(2026, 3, day, hour, 30, tzinfo=UTC))
    assert len(mail.outbox) == mails
    if mails:
        assert Reminder.objects.get().day == date(2026, 3, 19)


def test_several_items_come_in_one_mail(item, meeting, anna):
    ActionItemFactory(meeting=meeting, text="Анна закажет зал.", assignee="Анна", due=DUE)
    rounds(DAY_BEFORE, times=2)
    [message] = mail.outbox
    assert message.subject == "Скоро срок: 2 поручения"
    assert "отчёт" in message.body
    assert "зал" in message.body
    assert Reminder.objects.filter(state="sent").count() == 2


@pytest.mark.parametrize(
    "change",
    [{"mail_reminders": False}, {"is_active": False}, {"name": "Ольга"}],
    ids=["unwanted", "dismissed", "another name"],
)
def test_who_is_not_to_be_told_is_not_told(item, anna, change):
    User.objects.filter(pk=anna.pk).update(**change)
    rounds(DAY_BEFORE)
    assert mail.outbox == []


def test_a_name_that_two_people_share_reminds_nobody(item, meeting, anna):
    MembershipFactory(workspace=meeting.workspace, user=UserFactory(name="Анна Козлова"))
    rounds(DAY_BEFORE)
    assert mail.outbox == []


def test_the_address_beside_a_participants_name_tells_who_it_is(item, meeting, anna):
    User.objects.filter(pk=anna.pk).update(name="smirnova")
    meeting.participants = [f"Анна Смирнова <{anna.email}>", "Анастасия <x@example.org>"]
    meeting.save()
    rounds(DAY_BEFORE)
    assert [message.to for message in mail.outbox] == [[anna.email]]


def test_nobody_without_an_account_is_written_to(item, meeting, anna):
    anna.delete()
    meeting.participants = ["Анна <anna@elsewhere.example>"]
    meeting.save()
    rounds(DAY_BEFORE)
    assert mail.outbox == []


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_what_is_done_or_dropped_meanwhile_is_not_told(item, anna, state):
    with time_machine.travel(DAY_BEFORE, tick=False):
        remind()
        action_items.set_state(item=item, state=state, by=anna)
        send_reminders(anna.pk)
    assert mail.outbox == []
    assert Reminder.objects.get().state == "skipped"


def test_who_may_no_longer_see_the_meeting_learns_nothing_of_it(item, anna):
    with time_machine.travel(DAY_BEFORE, tick=False):
        remind()
        anna.memberships.all().delete()
        send_reminders(anna.pk)
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again_and_the_mail_comes_once(item, anna, monkeypatch):
    def away(self):
        raise ConnectionRefusedError("nobody there")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        rounds(DAY_BEFORE)
    waiting = Reminder.objects.get()
    assert (waiting.state, waiting.attempts_left) == ("pending", ATTEMPTS - 1)
    rounds(DAY_BEFORE, times=2)
    assert len(mail.outbox) == 1


class Killed(BaseException):
    pass


def test_a_worker_that_dies_while_it_hands_the_mail_over_sends_no_second(item, anna, monkeypatch):
    send_messages = EmailBackend.send_messages

    def sent_and_killed(self, messages):
        send_messages(self, messages)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(EmailBackend, "send_messages", sent_and_killed)
        rounds(DAY_BEFORE)
    rounds(DAY_BEFORE)
    assert len(mail.outbox) == 1
    assert Reminder.objects.get().state == "sending"


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_leaves_the_mails_for_the_next_round(item, anna, monkeypatch):
    def away(*args, **kwargs):
        raise OSError("refused")

    monkeypatch.setattr(outgoing.current_app, "send_task", away)
    with time_machine.travel(DAY_BEFORE, tick=False):
        remind()
    assert Reminder.objects.get().state == "pending"


def test_a_text_of_several_lines_is_one_line_of_the_subject(item, anna):
    item.text = "Отчёт\r\nBcc: everybody@example.org"
    item.save()
    rounds(DAY_BEFORE)
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].bcc == []


@pytest.mark.parametrize("rows", [2, 20])
def test_a_round_costs_constant_queries_where_nobody_is_to_be_told(
    meeting, anna, rows, django_assert_num_queries
):
    for _ in range(rows):
        ActionItemFactory(meeting=meeting, assignee="Ольга", due=DUE)
    # items, memberships with people, reminders, those that wait
    with time_machine.travel(DAY_BEFORE, tick=False), django_assert_num_queries(4):
        reminders.remind()


def test_settings_are_changed_on_the_page_and_over_http(browser, api, user):
    browser.post("/notifications/", {"remind_days_before": "3"})
    user.refresh_from_db()
    assert (user.mail_reminders, user.remind_days_before) == (False, 3)
    body = api.patch("/api/v1/me/", {"mail_reminders": True, "remind_days_before": 0}).json()
    assert (body["mail_reminders"], body["remind_days_before"]) == (True, 0)
    assert api.patch("/api/v1/me/", {"remind_days_before": 31}).status_code == 400
