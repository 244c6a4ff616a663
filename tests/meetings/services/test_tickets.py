"""Tickets of the socket."""

import uuid

import pytest

from meetings.services import tickets

pytestmark = pytest.mark.django_db


def test_a_ticket_opens_once(user):
    meeting = uuid.uuid4()
    ticket = tickets.issue(user=user, meeting_id=meeting)
    assert tickets.redeem(ticket, meeting_id=meeting) == user
    assert tickets.redeem(ticket, meeting_id=meeting) is None


def test_a_ticket_of_another_meeting_opens_nothing_and_is_gone(user):
    meeting = uuid.uuid4()
    ticket = tickets.issue(user=user, meeting_id=meeting)
    assert tickets.redeem(ticket, meeting_id=uuid.uuid4()) is None
    assert tickets.redeem(ticket, meeting_id=meeting) is None


def test_a_ticket_of_a_person_who_was_dismissed_opens_nothing(user):
    meeting = uuid.uuid4()
    ticket = tickets.issue(user=user, meeting_id=meeting)
    user.is_active = False
    user.save()
    assert tickets.redeem(ticket, meeting_id=meeting) is None
