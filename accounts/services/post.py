"""Mails to one person: written down with what they tell of, sent by a worker after the commit.

Nobody may learn from the time of an answer whether a mail was sent: no mail server is asked while a
request waits, and what is not wanted costs what the others cost. A mail server that is away loses
nothing, nor a worker that dies before it hands a mail over; one that dies in that very moment may
cost the mail, as ``outgoing`` says.
"""

import json
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Letter
from accounts.secrets import Unreadable, seal, unseal
from accounts.services import outgoing

TASK = "accounts.tasks.deliver_letter"
"""By name: services know no tasks."""

KEPT = timedelta(days=30)
"""How long an operator can send once more what failed."""


def send(message: EmailMessage, *, until: datetime | None = None, is_wanted: bool = True) -> None:
    """Send it once the transaction has committed, but not after ``until``.

    To one address, whose subject, text and headers are kept encrypted. One that is not wanted goes
    the same way as far as whoever waits can tell.
    """
    letter = Letter.objects.create(
        email=message.to[0],
        sealed=_sealed(message),
        until=until,
        due_at=Now() + outgoing.HEAD_START,
        state=Letter.State.PENDING if is_wanted else Letter.State.SKIPPED,
    )
    transaction.on_commit(lambda: outgoing.queue(TASK, [letter.pk]))


@transaction.atomic
def send_due(*, limit: int = 100) -> int:
    """Queue what is due and unsent; how many that were."""
    pks = outgoing.due(Letter.objects.all(), limit=limit)
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))
    return len(pks)


def deliver(*, letter_id: int) -> None:
    """Send it if nobody else has; what the mail server refuses is tried again later."""
    mine = Letter.objects.filter(pk=letter_id)
    letter = mine.filter(state=Letter.State.PENDING).first()
    if letter is not None:
        _hand_over(letter)
    mine.filter(state__in=[Letter.State.SENT, Letter.State.SKIPPED]).delete()


def forget() -> None:
    """Delete what nobody will send any more."""
    Letter.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _hand_over(letter: Letter) -> None:
    mine = Letter.objects.filter(pk=letter.pk)
    if letter.until and letter.until <= timezone.now():
        outgoing.skip(mine)
        return
    try:
        message = _opened(letter)
    except Unreadable as error:
        outgoing.put_off(mine, error)
        return
    outgoing.hand_over(mine, message)


def _sealed(message: EmailMessage) -> str:
    told = {
        "subject": message.subject,
        "body": message.body,
        "headers": message.extra_headers,
    }
    return seal(json.dumps(told))


def _opened(letter: Letter) -> EmailMessage:
    return EmailMessage(to=[letter.email], **json.loads(unseal(letter.sealed)))
