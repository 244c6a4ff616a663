"""Whoever is asked to approve hears of it, and who asked hears what became of it; each once."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.services import outgoing
from reports.models import ReviewMail
from reports.services import approving, review_mails
from reports.tasks import send_due_mailings, send_review_mail
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(user):
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Планёрка"), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job))


@pytest.fixture
def chair(minutes):
    person = UserFactory(name="Анна Смирнова", language="ru")
    MembershipFactory(workspace=minutes.meeting.workspace, user=person, role="viewer")
    return person


@pytest.fixture
def in_review(minutes, user, chair):
    return approving.send(minutes=minutes, by=user, reviewers=[user.pk, chair.pk])


def delivered():
    """The mails of all that waits, each tried twice."""
    mail.outbox.clear()
    for pk in [*ReviewMail.objects.values_list("pk", flat=True)] * 2:
        send_review_mail(pk)
    return mail.outbox


def test_a_reviewer_is_asked_in_their_language_and_who_asks_is_not(in_review, chair, settings):
    settings.PUBLIC_URL = "https://protokol.example.org"
    [message] = delivered()
    assert (message.to, message.subject) == ([chair.email], "Протокол на утверждение: Планёрка")
    assert "просит вас утвердить протокол" in message.body
    assert f"https://protokol.example.org/meetings/{in_review.meeting_id}/" in message.body


def test_who_asked_hears_that_all_have_approved(in_review, user, chair):
    delivered()
    approving.approve(minutes=in_review, by=user)
    assert delivered() == []
    approving.approve(minutes=in_review, by=chair)
    [message] = delivered()
    assert message.to == [user.email]
    assert message.subject == "Minutes approved: Планёрка"


def test_who_asked_hears_why_it_was_returned(in_review, user, chair):
    delivered()
    approving.give_back(minutes=in_review, by=chair, reason="Нет срока у второго поручения.")
    [message] = delivered()
    assert message.to == [user.email]
    assert "Нет срока у второго поручения." in message.body
    approving.send(minutes=in_review, by=user, reviewers=[chair.pk])
    [again] = delivered()
    assert again.to == [chair.email]


def test_what_was_decided_meanwhile_is_not_asked(in_review, user):
    approving.give_back(minutes=in_review, by=user, reason="Рано.")
    assert delivered() == []
    assert {row.state for row in ReviewMail.objects.all()} == {"skipped"}


def test_who_left_the_workspace_is_told_nothing(in_review, chair):
    chair.memberships.filter(workspace=in_review.meeting.workspace).delete()
    assert delivered() == []


def test_a_mail_server_that_was_away_delays_the_mail(in_review, chair, monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        assert delivered() == []
    queued = []
    monkeypatch.setattr(outgoing, "queue", lambda task, pks: queued.extend(pks))
    monkeypatch.setattr(review_mails.transaction, "on_commit", lambda act: act())
    send_due_mailings()
    assert queued == []
    ReviewMail.objects.update(due_at="2026-01-01T00:00Z")
    send_due_mailings()
    [pk] = queued
    send_review_mail(pk)
    assert [message.to for message in mail.outbox] == [[chair.email]]
