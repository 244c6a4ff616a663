"""The way of an event to a webhook: claimed, signed, sent, tried again for a day, or given up.

A delivery is made at least once: a worker that dies while it sends leaves a row whose lease ends,
and it is sent again under the same id. Whoever was too slow to write how it ended writes nothing,
for ``attempts`` has risen. Never called by the web process.
"""

import random
import time
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import Now, RowNumber
from django.utils.module_loading import import_string

from accounts import secrets
from accounts.acts import Act
from accounts.services import audit, outgoing
from meetings.errors import WebhookOff
from meetings.models import Webhook, WebhookDelivery
from meetings.outbound.addresses import fault_of
from meetings.outbound.answers import Answer
from meetings.services import webhook_mails
from meetings.services.webhook_events import ATTEMPTS, TASK
from meetings.signatures import HEADER, signature

POST = "meetings.outbound.posting.post"
"""By its path: the library belongs into the worker that sends."""

SECONDS = 10.0
"""For one attempt, from the resolving of the name to the status of the answer."""

LEASE = timedelta(minutes=2)
"""After which a worker that sends is believed dead."""

AT_ONCE = 2
"""Deliveries that one webhook gets at a time, so that a slow one does not hold up the queue."""

PAUSES = (30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800)
"""Seconds between the attempts, each ±20 %; about a day in all."""

KEPT = timedelta(days=30)
"""How long the log of a webhook goes back."""

State = WebhookDelivery.State
log = structlog.get_logger(__name__)


def deliver(*, delivery_id: str) -> None:
    """Send what waits, if nobody else does and it is its time; how it ended is kept."""
    row = _claim(UUID(delivery_id))
    if row is None:
        return
    answer = _sent(row)
    log.info(
        "webhook_sent",
        delivery=delivery_id,
        attempt=row.attempts,
        status=answer.status,
        error=answer.trouble,
    )
    _finish(row, answer)


@transaction.atomic
def send_again(*, delivery: WebhookDelivery) -> None:
    """Send it once more, with all its attempts; what is being sent this moment is left alone.

    WebhookOff where the webhook is off, which would not send it.
    """
    if not delivery.webhook.enabled and not delivery.is_test:
        raise WebhookOff
    waiting = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(state=State.SENDING)
    waiting.update(
        state=State.PENDING,
        attempts_left=1 if delivery.is_test else ATTEMPTS,
        begun_at=Now(),
        not_before=Now(),
        due_at=Now() + outgoing.HEAD_START,
    )
    audit.record(
        Act.WEBHOOK_SENT_AGAIN, of=delivery.webhook, delivery=delivery.pk, event=delivery.type
    )
    transaction.on_commit(lambda: outgoing.queue(TASK, [str(delivery.pk)]))


def send_due(*, limit: int = 100, of_each: int = 10) -> int:
    """The reaper's share: queue what waits longer than it should; how many that were.

    What was being sent when its worker died waits again; of one webhook some at a time.
    """
    lost = WebhookDelivery.objects.under_way().filter(due_at__lt=Now())
    for row in lost.select_for_update(skip_locked=True, of=("self",)).select_related("webhook"):
        _put_off(row, error="worker_lost")
    overdue = WebhookDelivery.objects.due().filter(due_at__lt=Now())
    place = Window(RowNumber(), partition_by=F("webhook"), order_by=F("due_at").asc())
    first = overdue.annotate(place=place).filter(place__lte=of_each).order_by("due_at")
    pks = list(first.values_list("pk", flat=True)[:limit])
    WebhookDelivery.objects.filter(pk__in=pks).due().update(due_at=Now() + outgoing.ON_ITS_WAY)
    transaction.on_commit(lambda: outgoing.queue(TASK, map(str, pks)))
    return len(pks)


def forget() -> int:
    """Delete what the log has kept long enough; how many deliveries."""
    old = WebhookDelivery.objects.filter(state__in=WebhookDelivery.OVER)
    return old.filter(begun_at__lt=Now() - KEPT).delete()[0]


@transaction.atomic
def _claim(pk: UUID) -> WebhookDelivery | None:
    """The right to send it, until the lease is over; None where it is not to be sent now."""
    hooks = Webhook.objects.select_for_update(of=("self",), no_key=True).filter(deliveries=pk)
    hook = hooks.first()
    mine = WebhookDelivery.objects.filter(pk=pk).due()
    row = mine.first()
    if hook is None or row is None:
        return None
    if not hook.enabled and not row.is_test:
        mine.update(state=State.SKIPPED)
        return None
    if hook.deliveries.under_way().count() >= AT_ONCE:
        mine.update(due_at=Now())
        return None
    mine.update(
        state=State.SENDING,
        attempts=F("attempts") + 1,
        attempts_left=F("attempts_left") - 1,
        due_at=Now() + LEASE,
        tried_at=Now(),
    )
    row.refresh_from_db()
    row.webhook = hook
    return row


def _sent(row: WebhookDelivery) -> Answer:
    fault = fault_of(
        row.webhook.url,
        https_only=not settings.WEBHOOK_ALLOW_HTTP,
        public_only=not settings.WEBHOOK_ALLOW_PRIVATE,
    )
    if fault is not None:
        return Answer(error="address_forbidden", said=fault.value)
    try:
        secret = secrets.unseal(row.webhook.sealed_secret)
    except secrets.Unreadable:
        return Answer(error="secret_lost")
    body = row.body.encode()
    headers = {
        "Content-Type": "application/json",
        "Protokol-Delivery": str(row.pk),
        "Protokol-Event": row.type,
        HEADER: signature(secret, body, int(time.time())),
    }
    public_only = not settings.WEBHOOK_ALLOW_PRIVATE
    post = import_string(POST)
    return cast(
        Answer, post(row.webhook.url, body, headers, seconds=SECONDS, public_only=public_only)
    )


@transaction.atomic
def _finish(row: WebhookDelivery, answer: Answer) -> None:
    """Keep how the attempt ended, unless somebody else has been at it since."""
    told: dict[str, Any] = {
        "status": answer.status,
        "head": answer.head,
        "said": answer.said,
        "seconds": answer.seconds,
    }
    if not answer.is_taken:
        _put_off(row, error=answer.trouble, **told)
    elif _mine(row).update(state=State.DELIVERED, error="", **told):
        Webhook.objects.filter(pk=row.webhook_id).update(succeeded_at=Now())


def _put_off(row: WebhookDelivery, *, error: str, **told: Any) -> None:
    """Try again after a pause; where no attempt is left, give up, and perhaps the webhook too."""
    if row.attempts_left:
        after = Now() + timedelta(seconds=_pause(row.attempts_left))
        again = {"state": State.PENDING, "not_before": after, "due_at": after}
        _mine(row).update(error=error, **again, **told)
    elif _mine(row).update(state=State.FAILED, error=error, **told) and not row.is_test:
        _switch_off(row)


def _mine(row: WebhookDelivery) -> Any:
    """The row, as long as nobody has sent it since."""
    return WebhookDelivery.objects.under_way().filter(pk=row.pk, attempts=row.attempts)


def _pause(attempts_left: int) -> float:
    """Seconds before the next attempt."""
    return PAUSES[-min(attempts_left, len(PAUSES))] * random.uniform(0.8, 1.2)


def _switch_off(row: WebhookDelivery) -> None:
    """Nothing got through for as long as ``row`` was tried: send no more, and tell the owners."""
    dead = Webhook.objects.filter(
        Q(succeeded_at=None) | Q(succeeded_at__lt=row.begun_at), pk=row.webhook_id, enabled=True
    )
    if not dead.update(enabled=False, disabled_at=Now()):
        return
    hook = Webhook.objects.get(pk=row.webhook_id)
    hook.deliveries.filter(state=State.PENDING).exclude(pk=row.pk).update(state=State.SKIPPED)
    audit.record(Act.WEBHOOK_SWITCHED_OFF, of=hook, error=row.error)
    webhook_mails.note(hook)
    log.warning("webhook_switched_off", webhook=str(hook.pk))
