"""Messages that no code here could take, kept for the operator."""

from typing import Any

import structlog
from django.db import DatabaseError, connection

from meetings.models import StrayMessage

log = structlog.get_logger(__name__)

KEPT_CHARACTERS = 10_000


def record(
    *, reason: StrayMessage.Reason, message: Any, worker: str, error: BaseException | None = None
) -> None:
    """Keep a row of a kombu ``message``; where the database is away, a line in the log is all.

    Never raises: it is called where the worker reads its messages.
    """
    headers = message.headers if isinstance(message.headers, dict) else {}
    delivery = message.delivery_info or {}
    fields = {
        "reason": reason,
        "queue": _text(delivery.get("routing_key", ""), 100),
        "worker": _text(worker, 200),
        "task": _text(headers.get("task", ""), 255),
        "task_id": _text(headers.get("id", ""), 64),
        "headers": _text(message.headers, KEPT_CHARACTERS),
        "body": _text(message.body, KEPT_CHARACTERS),
        "error": _text(error or "", KEPT_CHARACTERS),
    }
    log.warning("stray_message", **fields)
    try:
        StrayMessage.objects.create(**fields)
    except DatabaseError as failure:
        log.error("stray_message_not_kept", error=str(failure))
    finally:
        connection.close()  # the worker's children must not inherit it


def _text(value: Any, length: int) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")[:length]
