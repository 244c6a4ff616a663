"""What waits at the broker and which workers answer; nothing is consumed."""

from collections.abc import Mapping
from typing import Any

from amqp.exceptions import AMQPError
from celery import current_app
from kombu.exceptions import ChannelError, OperationalError
from redis.exceptions import RedisError

PATIENCE_SECONDS = 2
PING_SECONDS = 1.0

AWAY = (OperationalError, OSError, RedisError, AMQPError)
"""What a broker that does not answer raises."""


def depths(queues: tuple[str, ...]) -> Mapping[str, int]:
    """Messages that no worker has taken yet, of each queue; one of AWAY where the broker is.

    A passive declaration: Redis and RabbitMQ answer it alike, with the number of ready messages.
    """
    with current_app.connection_for_read(connect_timeout=PATIENCE_SECONDS) as connection:
        connection.ensure_connection(max_retries=1, timeout=PATIENCE_SECONDS)
        found: dict[str, int] = {}
        for queue in queues:
            channel: Any = connection.channel()  # RabbitMQ closes it where there is no such queue
            with channel:
                try:
                    found[queue] = channel.queue_declare(queue=queue, passive=True).message_count
                except ChannelError:
                    found[queue] = 0
        return found


def answering() -> list[str]:
    """Names of the workers that answer within a second; one of AWAY where the broker is."""
    with current_app.connection_for_write(connect_timeout=PATIENCE_SECONDS) as connection:
        connection.ensure_connection(max_retries=1, timeout=PATIENCE_SECONDS)
        inspect = current_app.control.inspect(timeout=PING_SECONDS, connection=connection)
        return sorted(inspect.ping() or {})
