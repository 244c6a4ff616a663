"""Mails are sent at once and read; codes are found in them."""

import re
import time

import pytest

from accounts import events
from accounts.services import outgoing, post
from tests.factories import UserFactory

PASSWORD = "a long enough passphrase"


@pytest.fixture(autouse=True)
def mails_without_workers(monkeypatch):
    """By the worker's service, at the commit."""
    queue = outgoing.queue

    def deliver(task, pks):
        if task != post.TASK:
            queue(task, pks)
            return
        for pk in pks:
            post.deliver(letter_id=pk)

    monkeypatch.setattr(outgoing, "queue", deliver)


@pytest.fixture(autouse=True)
def passwords_hashed_in_no_time(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def code_in(mailoutbox):
    """The code of the newest mail to an address."""

    def find(email):
        mail = next(mail for mail in reversed(mailoutbox) if mail.to == [email])
        return re.search(r"^\d{6}$", mail.body, re.M).group()

    return find


@pytest.fixture
def anna(db):
    """Somebody with a password."""
    return UserFactory(email="anna@example.org", name="Anna", password=PASSWORD)


@pytest.fixture
def told():
    """The events of accounts, as they come."""
    heard = []

    def hear(**event):
        heard.append(event)

    events.happened.connect(hear)
    yield heard
    events.happened.disconnect(hear)


@pytest.fixture
def standing_clock(time_machine):
    """The clock stands, at a whole second and in the middle of an authenticator's half minute."""
    time_machine.move_to(int(time.time()) // 30 * 30 + 15, tick=False)


@pytest.fixture
def later(time_machine):
    """Lets seconds pass; the caches' servers do not notice."""
    return lambda seconds: time_machine.move_to(time.time() + seconds)
