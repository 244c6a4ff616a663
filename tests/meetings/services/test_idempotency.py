"""Requests that create something, done once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from meetings.errors import KeyUsedOtherwise
from meetings.models import IdempotencyKey
from meetings.services import idempotency
from meetings.services.idempotency import Answer, digest_of, once
from tests.factories import UserFactory

ANSWER = Answer(202, {"id": 1}, "/jobs/1/")


@pytest.mark.django_db
def test_another_persons_key_is_another_key(user, stranger):
    once(user=user, key="k", digest="d", act=lambda: ANSWER)
    other = Answer(202, {"id": 2})
    assert once(user=stranger, key="k", digest="d", act=lambda: other) == other


@pytest.mark.django_db
def test_a_key_is_forgotten_after_a_day(user):
    once(user=user, key="k", digest="d", act=lambda: ANSWER)
    past = timezone.now() - idempotency.KEPT - timedelta(seconds=1)
    IdempotencyKey.objects.update(created_at=past)
    other = Answer(202, {"id": 2})
    assert once(user=user, key="k", digest="e", act=lambda: other) == other


@pytest.mark.django_db
def test_an_error_leaves_the_key_free(user):
    def broken():
        raise ValueError

    with pytest.raises(ValueError):
        once(user=user, key="k", digest="d", act=broken)
    assert once(user=user, key="k", digest="e", act=lambda: ANSWER) == ANSWER


@pytest.mark.django_db
def test_another_digest_is_a_conflict(user):
    once(user=user, key="k", digest="d", act=lambda: ANSWER)
    with pytest.raises(KeyUsedOtherwise):
        once(user=user, key="k", digest="e", act=lambda: ANSWER)


def test_a_digest_tells_actions_and_fields_apart_and_not_their_order():
    assert digest_of("POST /a", {"x": 1, "y": 2}) == digest_of("POST /a", {"y": 2, "x": 1})
    digests = {digest_of(*asked) for asked in (("a", {}), ("b", {}), ("a", {"x": 1}))}
    assert len(digests) == 3


@pytest.mark.django_db(transaction=True)
def test_simultaneous_requests_act_once():
    person, acted, answers = UserFactory.create(), [], []
    together = threading.Barrier(4)

    def act():
        acted.append(1)
        return ANSWER

    def request():
        try:
            together.wait()
            answers.append(once(user=person, key="k", digest="d", act=act))
        finally:
            connection.close()

    threads = [threading.Thread(target=request) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(acted), answers) == (1, [ANSWER] * 4)
