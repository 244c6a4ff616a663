"""What Celery is told about its broker, Redis or RabbitMQ with quorum queues, and Channels."""

from typing import Any
from urllib.parse import urlsplit

from kombu import Exchange, Queue

QUEUES = ("cpu", "gpu", "llm", "reaper")

LONGEST_DELIVERY = 43_200
"""Seconds that a message may be in a worker's hands before the broker takes it for lost."""

DELIVERIES = 20
"""How often RabbitMQ delivers a message whose worker went away before it drops it; a dropped
message is no dropped work, for the reaper sends what PostgreSQL still waits for."""


def is_redis(url: str) -> bool:
    """Whether ``url`` names a Redis or Valkey; what else there is speaks AMQP."""
    return url.startswith(("redis", "sentinel"))


def transport_options(url: str) -> dict[str, Any]:
    """Options of the connection; RabbitMQ confirms that it has what is published."""
    if is_redis(url):
        return {"visibility_timeout": LONGEST_DELIVERY}
    return {"confirm_publish": True}


def queues(url: str) -> tuple[Queue, ...] | None:
    """RabbitMQ's queues: replicated, with a delivery limit. On Redis a queue has no properties.

    The exchange is a topic, which the delayed delivery of retries needs.
    """
    if is_redis(url):
        return None
    exchange = Exchange("protokol", type="topic")
    arguments = {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERIES,
        "x-consumer-timeout": LONGEST_DELIVERY * 1000,  # milliseconds; heeded from 3.12 on
    }
    return tuple(
        Queue(name, exchange, routing_key=name, queue_arguments=arguments) for name in QUEUES
    )


def channels(url: str) -> dict[str, Any]:
    """Options of the channel layer on the Redis or Valkey at ``url``.

    What is published is heard in all databases of a server, so the names of channels bear the
    database's: installations that share a server do not hear each other.
    """
    return {"hosts": [url], "prefix": f"asgi{urlsplit(url).path}"}
