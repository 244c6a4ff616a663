"""The broker's epoch: a mark in the broker that goes where its messages go.

Where the mark is missing, or another server left it, messages may be lost: the broker was wiped,
or it came back without what it was told last. To send everything again is then the safe thing.
"""

from contextlib import suppress
from typing import Any

import structlog
from amqp import Message
from amqp.exceptions import NotFound
from celery import current_app
from kombu import Connection
from kombu.exceptions import OperationalError

EPOCH = "protokol.epoch"

log = structlog.get_logger(__name__)


def may_have_forgotten() -> bool:
    """Whether messages may be lost since ``begin_epoch``; False where the broker is away."""
    with _connected() as connection:
        try:
            forgotten = not _mark_stands(connection)
        except _errors(connection) as error:
            log.warning("broker_away", error=str(error))
            return False
    if forgotten:
        log.warning("broker_forgot")
    return forgotten


def begin_epoch() -> None:
    """Leave the mark. A broker that is away is asked again by the next reaper."""
    connection = _connected()
    with connection, suppress(*_errors(connection)):
        _leave_mark(connection)


def _connected() -> Connection:
    connection: Connection = current_app.connection_for_write(connect_timeout=3)
    return connection


def _errors(connection: Connection) -> tuple[type[BaseException], ...]:
    """What is raised where the broker is away."""
    return (OperationalError, OSError, *connection.connection_errors)


def _mark_stands(connection: Connection) -> bool:
    channel: Any = connection.channel()
    if _is_redis(connection):
        kept = channel.client.get(EPOCH)
        return kept is not None and kept.decode() == _server(channel)
    try:
        _name, messages, _consumers = channel.queue_declare(EPOCH, passive=True)
    except NotFound:
        return False
    return bool(messages)


def _leave_mark(connection: Connection) -> None:
    """On Redis the name of the server's process. On RabbitMQ a message that it keeps in memory
    only, in a queue that it keeps: the one goes with a restart, both with a wipe.
    """
    channel: Any = connection.channel()
    if _is_redis(connection):
        channel.client.set(EPOCH, _server(channel))
        return
    channel.queue_declare(EPOCH, durable=True, auto_delete=False)
    channel.basic_publish(Message("1", delivery_mode=1), routing_key=EPOCH)


def _is_redis(connection: Connection) -> bool:
    return bool(connection.transport.driver_type == "redis")


def _server(channel: Any) -> str:
    return str(channel.client.info("server")["run_id"])
