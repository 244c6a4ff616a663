"""Webhooks of a workspace, as its owners make and change them.

Secrets are made here, shown once, sealed, and opened only where something is signed.
"""

from collections.abc import Sequence
from secrets import token_urlsafe

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import secrets
from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import audit
from meetings.errors import TooManyWebhooks, UnfitWebhook
from meetings.models import Webhook, WebhookDelivery, WebhookEvent
from meetings.outbound.addresses import Fault, fault_of
from meetings.services import webhook_events

UNFIT = {
    Fault.MALFORMED: _("An address like https://example.com/protokol"),
    Fault.CREDENTIALS: _("An address without a name and a password in it."),
    Fault.PLAIN: _("This instance allows addresses with https only."),
    Fault.PRIVATE: _("This instance does not allow addresses of private networks."),
}


@transaction.atomic
def create(
    *, workspace: Workspace, by: User, url: str, events: Sequence[str], enabled: bool = True
) -> tuple[Webhook, str]:
    """The webhook, and its secret, which can be read this once.

    UnfitWebhook where the address cannot be, TooManyWebhooks where the workspace has enough.
    """
    _check(url)
    Workspace.objects.select_for_update(of=("self",), no_key=True).get(pk=workspace.pk)
    if workspace.webhooks.count() >= Webhook.MOST:
        raise TooManyWebhooks(Webhook.MOST)
    secret = f"whsec_{token_urlsafe(32)}"
    made = Webhook.objects.create(
        workspace=workspace,
        created_by=by,
        url=url,
        events=_in_order(events),
        enabled=enabled,
        sealed_secret=secrets.seal(secret),
    )
    audit.record(Act.WEBHOOK_CREATED, of=made, by=by, host=made.host, events=made.events)
    return made, secret


@transaction.atomic
def change(
    *,
    webhook: Webhook,
    url: str | None = None,
    events: Sequence[str] | None = None,
    enabled: bool | None = None,
) -> Webhook:
    """Another address, other events, on or off; what is None stays. UnfitWebhook as above.

    What waits for one that is off is not sent, also not when it is on again.
    """
    row = Webhook.objects.select_for_update(of=("self",), no_key=True).get(pk=webhook.pk)
    before = (row.url, row.events, row.enabled)
    if url is not None and url != row.url:
        _check(url)
        row.url = url
    if events is not None:
        row.events = _in_order(events)
    if enabled is not None:
        row.enabled = enabled
        row.disabled_at = None if enabled else row.disabled_at
    row.save()
    if before[2] and not row.enabled:
        State = WebhookDelivery.State  # noqa: N806  (a class)
        row.deliveries.filter(state=State.PENDING).update(state=State.SKIPPED)
    after = (row.url, row.events, row.enabled)
    pairs = zip(("url", "events", "enabled"), before, after, strict=True)
    fields = [name for name, old, new in pairs if old != new]
    audit.record(Act.WEBHOOK_CHANGED, of=row, fields=fields, host=row.host)
    return row


@transaction.atomic
def delete(*, webhook: Webhook) -> None:
    """Send no more; its log goes with it."""
    audit.record(Act.WEBHOOK_DELETED, of=webhook, host=webhook.host)
    Webhook.objects.filter(pk=webhook.pk).delete()


@transaction.atomic
def test(*, webhook: Webhook) -> WebhookDelivery:
    """Have a test sent, once, by a worker; the delivery tells what came of it."""
    audit.record(Act.WEBHOOK_TESTED, of=webhook, host=webhook.host)
    return webhook_events.test_of(webhook)


@transaction.atomic
def reseal() -> tuple[int, int]:
    """Encrypt all secrets with the first of ``SECRETS_KEYS``; how many were, and could not be."""
    done = lost = 0
    for row in Webhook.objects.select_for_update(of=("self",), no_key=True):
        try:
            row.sealed_secret = secrets.reseal(row.sealed_secret)
        except secrets.Unreadable:
            lost += 1
        else:
            row.save(update_fields=["sealed_secret"])
            done += 1
    return done, lost


def _check(url: str) -> None:
    fault = fault_of(
        url,
        https_only=not settings.WEBHOOK_ALLOW_HTTP,
        public_only=not settings.WEBHOOK_ALLOW_PRIVATE,
    )
    if fault is not None:
        raise UnfitWebhook(UNFIT[fault])


def _in_order(events: Sequence[str]) -> list[str]:
    """Each once, as the list of all has them."""
    return [event.value for event in WebhookEvent if event.value in events]
