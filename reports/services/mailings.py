"""Minutes sent by mail: written down when a person asks, sent by a worker, to each address once."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit, outgoing
from meetings import events
from reports.errors import NotRendered, TooManyMails
from reports.models import Delivery, Mailing, Minutes
from reports.services import exporting, mails
from reports.services.exporting import Asked

TASK = "reports.tasks.send_mailing"
"""By name: services know no tasks."""

MOST_A_DAY = 500
"""Mails that one person may have sent within 24 hours."""


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
            due_at=timezone.now() + outgoing.HEAD_START,
        )
        for address in wanted
    )
    audit.record(
        Act.MINUTES_MAILED,
        of=minutes.meeting,
        by=by,
        version=minutes.version,
        to=wanted,
        format=asked.format,
        transcript=asked.transcript,
    )
    _show(mailing)
    transaction.on_commit(lambda: outgoing.queue(TASK, [str(mailing.pk)]))
    return mailing


@transaction.atomic
def send_due(*, limit: int = 100) -> int:
    """Queue mailings with addresses that are due and unsent; how many mailings that were."""
    pks = outgoing.due(Delivery.objects.all(), limit=limit)
    mailings = Delivery.objects.filter(pk__in=pks).values_list("mailing_id", flat=True)
    queued = [str(mailing) for mailing in mailings.distinct().order_by("mailing_id")]
    transaction.on_commit(lambda: outgoing.queue(TASK, queued))
    return len(queued)


def deliver(*, mailing_id: str) -> None:
    """Make the file and send it to every address that has not got it."""
    kept = Mailing.objects.filter(minutes__meeting__binned_at=None)
    mailing = kept.select_related("sent_by").filter(pk=mailing_id).first()
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
    except (*outgoing.TROUBLE, NotRendered) as error:
        outgoing.put_off(waiting, error)
    with transaction.atomic():
        _show(mailing)


def _hand_over(
    mailing: Mailing, delivery: Delivery, file: exporting.File, connection: BaseEmailBackend
) -> None:
    """One address; a refusal is that address's alone."""
    mine = Delivery.objects.filter(pk=delivery.pk)
    if not outgoing.claim(mine):
        return
    message = mails.minutes(mailing, delivery, file)
    message.connection = connection
    try:
        message.send()
    except outgoing.TROUBLE as error:
        outgoing.put_off(mine, error)
    else:
        outgoing.sent(mine)


def _show(mailing: Mailing) -> None:
    """Pages that show the minutes take their state anew."""
    minutes = Minutes.objects.only("meeting_id", "state").get(pk=mailing.minutes_id)
    events.publish(
        minutes.meeting_id, {"type": "minutes", "id": str(minutes.pk), "state": minutes.state}
    )
