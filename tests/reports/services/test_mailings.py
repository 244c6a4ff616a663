"""Minutes go out by mail once to each address, whatever dies in between."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models.outgoing import ATTEMPTS
from accounts.services import outgoing
from reports.errors import TooManyMails
from reports.models import Delivery, Mailing
from reports.services import mailings
from reports.services.exporting import Asked
from reports.tasks import send_due_mailings, send_mailing
from tests.factories import JobFactory, MeetingFactory, MinutesFactory, TranscriptFactory

pytestmark = pytest.mark.django_db

ADDRESSES = ("anna@example.org", "boris@example.org")
PENDING, SENT, FAILED = Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.FAILED


@pytest.fixture
def minutes(user):
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Планёрка"), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job))


@pytest.fixture
def mailing(minutes, user):
    return ask(minutes, user)


def ask(minutes, user, addresses=ADDRESSES, **fields):
    told = {"subject": "Протокол", "text": "Посмотрите, пожалуйста.", "asked": Asked("md")}
    return mailings.send(minutes=minutes, by=user, addresses=addresses, **(told | fields))


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_each_address_gets_its_own_mail_with_the_file(mailing, user, settings):
    settings.PUBLIC_URL = "https://protokol.example.org"
    send_mailing(str(mailing.pk))
    assert [message.to for message in mail.outbox] == [[address] for address in ADDRESSES]
    message = mail.outbox[0]
    assert message.subject == "Протокол"
    assert message.body.startswith("Посмотрите, пожалуйста.\n\n")
    assert "draft" in message.body
    assert f"https://protokol.example.org/meetings/{mailing.minutes.meeting_id}/" in message.body
    assert message.reply_to == [user.email]
    name, content, kind = message.attachments[0]
    assert (name, kind) == ("Планёрка.md", "text/markdown")
    assert "Предлагаю перенести выпуск" in content
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 2
    assert states() == [SENT, SENT]
    assert Delivery.objects.filter(sent_at=None).count() == 0


def test_an_address_given_twice_gets_one_mail(minutes, user):
    ask(minutes, user, ["Anna@example.org", "anna@EXAMPLE.org"])
    assert Delivery.objects.count() == 1


def test_a_subject_of_several_lines_becomes_one(minutes, user):
    made = ask(minutes, user, subject="Протокол\r\nBcc: all@example.org")
    send_mailing(str(made.pk))
    assert mail.outbox[0].subject == "Протокол Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["anna@example.org"]


def test_sent_again_nobody_gets_a_second_mail(mailing):
    for _ in range(2):
        send_mailing(str(mailing.pk))
    assert len(mail.outbox) == 2


def test_a_worker_that_dies_while_sending_sends_no_second(mailing, monkeypatch):
    def die(*args):
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(EmailBackend, "send_messages", die)
        mailings.deliver(mailing_id=str(mailing.pk))
    send_mailing(str(mailing.pk))
    assert [message.to for message in mail.outbox] == [["boris@example.org"]]


def test_a_mail_server_that_is_away_is_tried_again_later(mailing, monkeypatch, queued):
    def away(self):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", away)
        send_mailing(str(mailing.pk))
    assert states() == [PENDING, PENDING]
    delivery = Delivery.objects.first()
    assert delivery.attempts_left == ATTEMPTS - 1
    assert "gone" in delivery.error
    assert delivery.due_at > timezone.now() + timedelta(minutes=1)
    send_due_mailings()
    assert queued == []
    Delivery.objects.update(due_at=Now() - timedelta(seconds=1))
    send_due_mailings()
    send_due_mailings()
    assert queued == [str(mailing.pk)]
    send_mailing(queued[0])
    assert states() == [SENT, SENT]


@pytest.fixture
def queued(monkeypatch, django_capture_on_commit_callbacks):
    """Mailings that workers are told of, with commits done at once."""
    told = []
    monkeypatch.setattr(outgoing, "queue", lambda task, pks: told.extend(pks))
    monkeypatch.setattr(mailings.transaction, "on_commit", lambda act: act())
    return told


def test_a_refused_address_fails_in_the_end_and_keeps_no_other_from_its_mail(mailing, monkeypatch):
    send = EmailBackend.send_messages

    def refuse(self, messages):
        if messages[0].to == ["anna@example.org"]:
            raise SMTPRecipientsRefused({"anna@example.org": (550, b"no such box")})
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    for _ in range(ATTEMPTS):
        send_mailing(str(mailing.pk))
    assert states() == [FAILED, SENT]
    assert len(mail.outbox) == 1


def test_mails_of_a_day_are_counted(minutes, user, monkeypatch):
    monkeypatch.setattr(mailings, "MOST_A_DAY", 3)
    ask(minutes, user)
    with pytest.raises(TooManyMails):
        ask(minutes, user, ["c@example.org", "d@example.org"])
    assert Mailing.objects.count() == 1
    Mailing.objects.update(created_at=timezone.now() - timedelta(days=2))
    ask(minutes, user, ["c@example.org", "d@example.org"])
