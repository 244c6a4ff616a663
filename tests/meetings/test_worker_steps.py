"""A consumer's step, with messages as kombu gives them."""

import pytest
from celery import signals
from celery.exceptions import InvalidTaskError
from kombu.exceptions import DecodeError

from meetings.models import StrayMessage
from meetings.services import strays
from meetings.worker_steps import KeepStrays

pytestmark = pytest.mark.django_db


class Consumer:
    """What the step needs of Celery's consumer."""

    hostname = "cpu@one"

    def __init__(self):
        self.acknowledged = []
        self.strategies = {}

    def update_strategies(self):
        def unpack(message):
            _args, _kwargs, _embed = message.body

        self.strategies["meetings.tasks.run_stage"] = unpack

    def on_decode_error(self, message, exc):
        self.acknowledged.append(message)


class Message:
    """What the step reads of a message of kombu."""

    def __init__(self, body=b"[]", headers=None, queue="cpu"):
        self.body, self.headers = body, headers or {}
        self.delivery_info = {"routing_key": queue}


@pytest.fixture
def consumer(monkeypatch):
    monkeypatch.setattr(strays.connection, "close", lambda: None)  # the test's transaction is in it
    consumer = Consumer()
    KeepStrays(consumer)
    return consumer


def test_a_message_for_an_unknown_task_is_kept(consumer):
    message = Message(b'[["7"], {}, {}]', {"task": "meetings.tasks.gone", "id": "abc"})
    signals.task_unknown.send(
        sender=consumer, message=message, exc=KeyError("gone"), name="gone", id="abc"
    )
    row = StrayMessage.objects.get()
    assert (row.reason, row.queue, row.worker) == ("unknown_task", "cpu", "cpu@one")
    assert (row.task, row.task_id, row.body) == ("meetings.tasks.gone", "abc", '[["7"], {}, {}]')


def test_a_message_that_is_no_task_is_kept(consumer):
    signals.task_rejected.send(sender=consumer, message=Message(b"hello"), exc=None)
    assert StrayMessage.objects.get().reason == "malformed"


def test_a_message_that_cannot_be_decoded_is_kept_and_acknowledged(consumer):
    message = Message(b"\x80\x04\0pickle")
    consumer.on_decode_error(message, DecodeError("no"))
    row = StrayMessage.objects.get()
    assert consumer.acknowledged == [message]
    assert (row.reason, row.error) == ("unreadable", "no")
    assert "pickle" in row.body


def test_a_body_that_is_no_list_of_arguments_is_refused_and_does_not_end_the_worker(consumer):
    consumer.update_strategies()
    take = consumer.strategies["meetings.tasks.run_stage"]
    take(Message([[], {}, {}]))
    with pytest.raises(InvalidTaskError, match="not enough values"):
        take(Message([1]))


def test_a_long_message_is_cut_and_a_database_that_is_away_stops_no_worker(consumer, monkeypatch):
    strays.record(
        reason=StrayMessage.Reason.MALFORMED, message=Message(b"x" * 50_000), worker="cpu@one"
    )
    assert len(StrayMessage.objects.get().body) == strays.KEPT_CHARACTERS

    def away(**fields):
        raise strays.DatabaseError("away")

    monkeypatch.setattr(StrayMessage.objects, "create", away)
    consumer.on_decode_error(Message(), DecodeError("no"))
    assert StrayMessage.objects.count() == 1
