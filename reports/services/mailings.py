"""Minutes sent by mail: written down when a person asks, sent by a worker, to each address once."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException

import structlog
from celery import current_app
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import User
from meetings import events
from reports.errors import NotRendered, TooManyMails
from reports.models import Delivery, Mailing, Minutes
from reports.services import exporting, mails
from reports.services.exporting import Asked

TASK = "reports.tasks.send_mailing"
"""By name: services know no tasks."""

QUEUE = "cpu"
MOST_A_DAY = 500
"""Mails that one person may have sent within 24 hours."""

HEAD_START = timedelta(minutes=1)
"""After which what is unsent is looked for, should the message of the request be lost."""

ATTEMPTS = 8

log = structlog.get_logger(__name__)


@transaction.atomic
def send(
    *,
    minutes: Minutes,
    by: User,
    addresses: Sequence[str],
    subject: str,
    text: str,
    asked: Asked,
) -> Mailing:
    """Have the minutes sent to ``addresses``, each once; TooManyMails beyond MOST_A_DAY."""
    wanted = list({address.casefold(): address for address in addresses}.values())
    since = timezone.now() - timedelta(days=1)
    # The person's row is the lock: two requests cannot both be the last that fits.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    sent = Delivery.objects.filter(mailing__sent_by=by, mailing__created_at__gt=since).count()
    if sent + len(wanted) > MOST_A_DAY:
        raise TooManyMails(MOST_A_DAY)
    mailing = Mailing.objects.create(
        minutes=minutes,
        sent_by=by,
        subject=" ".join(subject.split()),
        text=text.strip(),
        format=asked.format,
        layout=asked.layout,
        transcript=asked.transcript,
    )
    Delivery.objects.bulk_create(
        Delivery(
            mailing=mailing,
            address=address,
            attempts_left=ATTEMPTS,
            due_at=timezone.now() + HEAD_START,
        )
        for address in wanted
    )
    _show(mailing)
    transaction.on_commit(lambda: _queue([str(mailing.pk)]))
    return mailing


def _queue(pks: Sequence[str]) -> None:
    """Tell the workers; a broker that is away leaves the mailings for ``send_due``."""
    try:
        for pk in pks:
            current_app.send_task(TASK, (pk,), queue=QUEUE)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", error=str(error), waiting=len(pks))


@transaction.atomic
def send_due(*, limit: int = 100) -> int:
    """Queue mailings with addresses that are due and unsent; how many mailings that were."""
    due = Delivery.objects.filter(state=Delivery.State.PENDING, due_at__lt=Now())
    rows = list(due.order_by("due_at").values_list("pk", "mailing_id")[:limit])
    # Not looked for again while the message is on its way.
    Delivery.objects.filter(pk__in=[pk for pk, _ in rows], state=Delivery.State.PENDING).update(
        due_at=Now() + timedelta(minutes=10)
    )
    mailings = list(dict.fromkeys(str(mailing) for _, mailing in rows))
    transaction.on_commit(lambda: _queue(mailings))
    return len(mailings)


def deliver(*, mailing_id: str) -> None:
    """Make the file and send it to every address that has not got it.

    Like a notification, each address is claimed on an open connection just before the mail is
    handed over: a worker's death then costs that mail, and sends no second.
    """
    mailing = Mailing.objects.select_related("sent_by").filter(pk=mailing_id).first()
    waiting = Delivery.objects.filter(mailing__pk=mailing_id, state=Delivery.State.PENDING)
    if mailing is None or not waiting.exists():
        return
    minutes = Minutes.objects.with_content().select_related(
        "meeting__workspace", "meeting__recording"
    )
    asked = Asked(mailing.format, mailing.layout, transcript=mailing.transcript)
    try:
        file = exporting.export(minutes.get(pk=mailing.minutes_id), asked)
        with get_connection(fail_silently=False) as connection:
            for delivery in waiting:
                _hand_over(mailing, delivery, file, connection)
    except (OSError, SMTPException, NotRendered) as error:
        _put_off(waiting, error)
    with transaction.atomic():
        _show(mailing)


def _hand_over(
    mailing: Mailing, delivery: Delivery, file: exporting.File, connection: BaseEmailBackend
) -> None:
    """One address; a refusal is that address's alone."""
    if not _move(delivery, Delivery.State.PENDING, state=Delivery.State.SENDING):
        return
    message = mails.minutes(mailing, delivery, file)
    message.connection = connection
    try:
        message.send()
    except (OSError, SMTPException) as error:
        mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING)
        _put_off(mine, error)
    else:
        _move(
            delivery,
            Delivery.State.SENDING,
            state=Delivery.State.SENT,
            sent_at=Now(),
            error="",
        )


def _move(delivery: Delivery, before: str, **changes: object) -> bool:
    return bool(Delivery.objects.filter(pk=delivery.pk, state=before).update(**changes))


def _put_off(deliveries: models.QuerySet[Delivery], error: Exception) -> None:
    """Two minutes, four, … an hour; then it stays failed, and the page says so."""
    log.warning("mail_not_sent", error=str(error))
    for delivery in deliveries:
        wait = timedelta(minutes=min(60, 2 ** (ATTEMPTS + 1 - delivery.attempts_left)))
        is_last = delivery.attempts_left <= 1
        _move(
            delivery,
            delivery.state,
            state=Delivery.State.FAILED if is_last else Delivery.State.PENDING,
            attempts_left=F("attempts_left") - 1,
            due_at=Now() + wait,
            error=f"{type(error).__name__}: {error}"[:300],
        )


def _show(mailing: Mailing) -> None:
    """Pages that show the minutes take their state anew."""
    minutes = Minutes.objects.only("meeting_id", "state").get(pk=mailing.minutes_id)
    events.publish(
        minutes.meeting_id, {"type": "minutes", "id": str(minutes.pk), "state": minutes.state}
    )
