"""Mails about accounts outlive a mail server that is away, and a worker that dies."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import Letter
from accounts.models.outgoing import ATTEMPTS
from accounts.services import outgoing, post
from meetings.services import reaper

pytestmark = pytest.mark.django_db


def write(**options):
    message = EmailMessage(
        "482913 is your code", "It is 482913.", to=["anna@example.org"], headers={"X-Test": "1"}
    )
    post.send(message, **options)
    return Letter.objects.latest("pk")


@pytest.fixture
def mail_server_away(monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError("no mail server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)


def test_a_letter_is_sent_after_the_commit_and_its_row_goes(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        write()
        assert mailoutbox == []
    [mail] = mailoutbox
    assert (mail.to, mail.subject, mail.body) == (
        ["anna@example.org"],
        "482913 is your code",
        "It is 482913.",
    )
    assert mail.extra_headers == {"X-Test": "1"}
    assert not Letter.objects.exists()


def test_what_a_letter_says_cannot_be_read_in_its_row():
    assert "482913" not in str(Letter.objects.filter(pk=write().pk).values().get())


def test_a_mail_server_that_is_away_costs_no_letter(mailoutbox, mail_server_away, monkeypatch):
    letter = write()
    post.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts_left) == (Letter.State.PENDING, ATTEMPTS - 1)
    assert "no mail server" in letter.error
    monkeypatch.undo()
    post.deliver(letter_id=letter.pk)
    assert len(mailoutbox) == 1


def test_a_letter_whose_message_was_lost_is_found_by_the_reaper(
    mailoutbox, django_capture_on_commit_callbacks
):
    letter = write()  # nothing is committed in this test, so that nothing was queued
    Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    assert [mail.to for mail in mailoutbox] == [[letter.email]]


def test_a_code_that_is_over_is_not_sent(mailoutbox):
    letter = write(until=timezone.now())
    post.deliver(letter_id=letter.pk)
    assert mailoutbox == []
    assert not Letter.objects.exists()


def test_what_is_not_wanted_takes_the_same_way_and_is_never_sent(mailoutbox):
    letter = write(is_wanted=False)
    post.deliver(letter_id=letter.pk)
    assert mailoutbox == []
    assert not Letter.objects.exists()


def test_a_letter_that_no_key_opens_stays_where_the_operator_sees_it(mailoutbox, settings):
    letter = write()
    settings.SECRET_KEY = "another one"
    post.deliver(letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, mailoutbox) == (Letter.State.PENDING, [])
    assert letter.error.startswith("Unreadable")


def test_what_nobody_will_send_any_more_is_forgotten():
    old, new = write(), write()
    Letter.objects.filter(pk=old.pk).update(created_at=timezone.now() - post.KEPT)
    post.forget()
    assert list(Letter.objects.all()) == [new]


def test_what_failed_is_sent_once_the_operator_says_so(mailoutbox):
    letter = write()
    Letter.objects.update(state=Letter.State.FAILED, attempts_left=0)
    assert outgoing.revive(Letter.objects.all()) == 1
    post.deliver(letter_id=letter.pk)
    assert len(mailoutbox) == 1
