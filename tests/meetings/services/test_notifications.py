"""A job that ended is told once, to the one who asked for it, whatever dies in between."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db.models.functions import Now

from accounts.models import User
from accounts.models.outgoing import ATTEMPTS
from accounts.services import outgoing
from meetings import events
from meetings.errors import StageError
from meetings.models import Job, Notification, StageRun
from meetings.services import claims, endings, jobs, notifications, reaper
from meetings.tasks import notify

pytestmark = pytest.mark.django_db

STAGES = ("convert", "diarize", "transcribe", "align", "report")
SENT, PENDING = Notification.State.SENT, Notification.State.PENDING


@pytest.fixture
def person(meeting) -> User:
    return meeting.created_by


@pytest.fixture
def told(monkeypatch):
    """What pages would hear."""
    heard = []
    monkeypatch.setattr(events, "tell", lambda user, event: heard.append((user, event)))
    return heard


def claim(job, name="convert"):
    return claims.claim(job_id=str(job.pk), run=job.run, name=name)


def succeed(job):
    for name in STAGES:
        endings.finish(claim(job, name), lambda: None)


def fail(job):
    endings.fail(claim(job), StageError("There is no sound in this file.", code="no_audio"))


def the_notification():
    return Notification.objects.get()


def deliver():
    notify(the_notification().pk)


def test_a_job_that_ends_well_is_told_once_with_a_link(job, person, told, settings):
    settings.PUBLIC_URL = "https://protokol.example.org"
    succeed(job)
    [(user, event)] = told
    assert (user, event["type"], event["state"]) == (person.pk, "notification", "succeeded")
    deliver()
    deliver()
    [message] = mail.outbox
    assert message.to == [person.email]
    assert message.subject == "Готово: Weekly"
    link = f"https://protokol.example.org/meetings/{job.meeting_id}/"
    html, kind = message.alternatives[0]
    assert (kind, link in html, link in message.body) == ("text/html", True, True)
    assert the_notification().state == SENT
    assert the_notification().sent_at is not None


def test_a_job_that_failed_is_told_with_reason_what_is_kept_and_what_to_do(job, person, told):
    person.language = "en"
    person.save()
    fail(job)
    assert told[0][1]["error"]["code"] == "no_audio"
    deliver()
    [message] = mail.outbox
    assert message.subject == "Not finished: Weekly"
    for text in (
        "There is no sound in this file.",
        "The file as it was sent is kept.",
        "as another file",
        str(job.pk),
    ):
        assert text in message.body
        assert text in message.alternatives[0][0]


def test_the_mail_is_in_the_language_of_its_reader(job, person):
    person.language = "ru"
    person.save()
    fail(job)
    deliver()
    assert mail.outbox[0].subject == "Не получилось: Weekly"
    assert "Отправленный файл сохранён." in mail.outbox[0].body


def test_every_run_is_told(job):
    fail(job)
    jobs.retry(job=job)
    succeed(job)
    kinds = Notification.objects.order_by("run").values_list("run", "kind")
    assert list(kinds) == [(1, "failed"), (2, "succeeded")]


def test_an_ending_that_is_noted_twice_is_told_once(job, told):
    fail(job)
    jobs.note_failed(job)
    jobs.note_finished(job)
    notifications.note(Job.objects.get())
    assert Notification.objects.count() == len(told) == 1


def test_an_ending_that_is_not_committed_tells_nobody(job):
    mine = claim(job)

    def commit():
        StageRun.objects.exclude(name="convert").update(state="skipped")
        jobs.note_finished(job)
        raise ValueError("half way")

    with pytest.raises(ValueError):
        endings.finish(mine, commit)
    assert not Notification.objects.exists()


def test_whoever_cancels_is_not_told(job):
    jobs.cancel(job=job)
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    "change", [{"mail_when_done": False}, {"is_active": False}], ids=["unwanted", "dismissed"]
)
def test_who_wants_no_mail_gets_none(job, person, change):
    User.objects.filter(pk=person.pk).update(**change)
    fail(job)
    deliver()
    assert mail.outbox == []
    assert the_notification().state == Notification.State.SKIPPED


def test_who_may_no_longer_see_the_meeting_learns_nothing_of_it(job, person):
    fail(job)
    person.memberships.all().delete()
    deliver()
    assert mail.outbox == []


def test_a_title_of_several_lines_is_one_line_of_the_subject(job):
    job.meeting.title = "Weekly\r\nBcc: everybody@example.org"
    job.meeting.save()
    fail(job)
    deliver()
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].bcc == []


def test_markup_in_a_title_is_text(job):
    job.meeting.title = "<script>alert(1)</script>"
    job.meeting.save()
    fail(job)
    deliver()
    assert "<script>" not in mail.outbox[0].alternatives[0][0]
    assert "<script>alert(1)</script>" in mail.outbox[0].body


def make_due():
    Notification.objects.update(due_at=Now())


def test_a_mail_server_that_is_away_is_tried_again_and_the_mail_comes_once(job, monkeypatch):
    fail(job)

    def away(self):
        raise ConnectionRefusedError("nobody there")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        deliver()
    waiting = the_notification()
    assert (waiting.state, waiting.attempts_left) == (PENDING, ATTEMPTS - 1)
    assert "nobody there" in waiting.error
    deliver()
    assert len(mail.outbox) == 1
    assert the_notification().state == SENT


def test_a_mail_that_is_never_taken_is_given_up_where_the_operator_sees_it(job, monkeypatch):
    def refused(self, messages):
        raise SMTPServerDisconnected("no")

    monkeypatch.setattr(EmailBackend, "send_messages", refused)
    fail(job)
    for _ in range(ATTEMPTS + 2):
        deliver()
    assert the_notification().state == Notification.State.FAILED
    assert "SMTPServerDisconnected" in the_notification().error


class Killed(BaseException):
    pass


def test_a_worker_that_dies_before_the_mail_is_handed_over_costs_nothing(job, monkeypatch):
    fail(job)

    def killed(self):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(EmailBackend, "open", killed)
        deliver()
    deliver()
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_while_it_hands_the_mail_over_sends_no_second(job, monkeypatch):
    fail(job)
    send_messages = EmailBackend.send_messages

    def sent_and_killed(self, messages):
        send_messages(self, messages)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(EmailBackend, "send_messages", sent_and_killed)
        deliver()
    make_due()
    reaper.reap()
    deliver()
    assert len(mail.outbox) == 1
    assert the_notification().state == Notification.State.SENDING


@pytest.mark.django_db(transaction=True)
def test_the_message_is_sent_after_the_commit_and_a_lost_one_by_the_reaper(job, monkeypatch):
    sent = []
    monkeypatch.setattr(outgoing, "queue", lambda task, pks: sent.append(pks))
    fail(job)
    pk = the_notification().pk
    assert sent == [[pk]]
    sent.clear()
    reaper.reap()
    assert [pk] not in sent
    make_due()
    reaper.reap()
    assert sent.count([pk]) == 1
    reaper.reap()
    assert sent.count([pk]) == 1  # it is on its way


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_ends_no_job_differently(job, monkeypatch):
    def away(*args, **kwargs):
        raise OSError("refused")

    monkeypatch.setattr(outgoing.current_app, "send_task", away)
    fail(job)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert the_notification().state == PENDING
