"""The steps of outgoing mail: written down, queued, claimed, handed over, or put off.

A mail is claimed when the mail server has answered and before it is handed over, so that a worker's
death before it costs nothing and one after it costs the mail, but sends no second.
"""

from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import structlog
from celery import current_app
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from accounts.models import OutgoingMail
from accounts.models.outgoing import ATTEMPTS

QUEUE = "cpu"
HEAD_START = timedelta(minutes=1)
"""After which what is unsent is looked for, should its own message have been lost."""

ON_ITS_WAY = timedelta(minutes=10)
"""For which nobody looks again after a message was sent."""

TROUBLE = (OSError, SMTPException)
"""What a mail server that is away or refuses raises."""

Rows = QuerySet[Any]
"""Rows of one kind of ``OutgoingMail``."""

State = OutgoingMail.State
log = structlog.get_logger(__name__)


def queue(task: str, pks: Iterable[Any]) -> None:
    """A message of ``task`` for each; a broker that is away leaves the rest for ``due``."""
    waiting = list(pks)
    try:
        while waiting:
            current_app.send_task(task, (waiting[0],), queue=QUEUE)
            waiting.pop(0)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", error=str(error), waiting=len(waiting))


def due(rows: Rows, *, limit: int = 100) -> list[int]:
    """Keys of those that wait longer than they should; not looked for again for ten minutes."""
    waiting = rows.filter(state=State.PENDING, due_at__lt=Now()).order_by("due_at")
    pks = list(waiting.values_list("pk", flat=True)[:limit])
    rows.filter(pk__in=pks, state=State.PENDING).update(due_at=Now() + ON_ITS_WAY)
    return pks


def claim(rows: Rows) -> bool:
    """Take what waits; False where somebody else has."""
    return bool(rows.filter(state=State.PENDING).update(state=State.SENDING))


def sent(rows: Rows) -> None:
    """What was claimed has been handed over."""
    rows.filter(state=State.SENDING).update(state=State.SENT, sent_at=Now(), error="")


def hand_over(rows: Rows, message: EmailMessage) -> None:
    """Send ``message`` if nobody else has taken it; what the mail server refuses is put off."""
    try:
        with get_connection(fail_silently=False) as message.connection:
            if claim(rows):
                message.send()
                sent(rows)
    except TROUBLE as error:
        put_off(rows, error)


def skip(rows: Rows) -> None:
    """What waits is not wanted any more."""
    rows.filter(state=State.PENDING).update(state=State.SKIPPED)


def put_off(rows: Rows, error: Exception) -> None:
    """Two minutes, four, … an hour; then it stays failed, where people and operators see it."""
    log.warning("mail_not_sent", kind=rows.model.__name__, error=str(error))
    for row in rows.filter(state__in=[State.PENDING, State.SENDING]):
        wait = timedelta(minutes=min(60, 2 ** (ATTEMPTS + 1 - row.attempts_left)))
        rows.filter(pk=row.pk, state=row.state).update(
            state=State.FAILED if row.attempts_left <= 1 else State.PENDING,
            attempts_left=F("attempts_left") - 1,
            due_at=Now() + wait,
            error=f"{type(error).__name__}: {error}"[:300],
        )


def revive(rows: Rows) -> int:
    """What failed is sent with all its attempts, by whoever looks for what is due; how many."""
    return rows.filter(state=State.FAILED).update(
        state=State.PENDING, attempts_left=ATTEMPTS, due_at=Now(), error=""
    )
