"""Addresses of other programs that are told of what happens in a workspace."""

import json
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Workspace
from accounts.models.outgoing import OutgoingMail

TEST = "webhook.test"
"""The type of what is sent because somebody tries a webhook."""


class WebhookEvent(models.TextChoices):
    """What may be told; the codes never change their meaning."""

    MEETING_CREATED = "meeting.created", _("a recording was uploaded")
    MEETING_BINNED = "meeting.binned", _("a meeting was put into the bin")
    MEETING_RESTORED = "meeting.restored", _("a meeting was taken out of the bin")
    MEETING_DELETED = "meeting.deleted", _("a meeting was deleted for good")
    JOB_SUCCEEDED = "job.succeeded", _("transcript and minutes are ready")
    JOB_FAILED = "job.failed", _("processing failed")
    JOB_CANCELLED = "job.cancelled", _("processing was cancelled")
    MINUTES_APPROVED = "minutes.approved", _("minutes were approved")


REASONS = {
    "refused": _("The receiver answered with another status than 2xx."),
    "redirected": _("The receiver leads elsewhere; nobody is followed there."),
    "timeout": _("The receiver did not answer in time."),
    "unreachable": _("There is no connection to the receiver."),
    "not_http": _("What the receiver answered is no HTTP."),
    "address_forbidden": _("This instance does not allow this address."),
    "secret_lost": _("The secret cannot be read any more: make another webhook."),
    "worker_lost": _("The worker died while it was sending."),
}
"""Why an attempt failed, by its code."""


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: Any) -> "WebhookQuerySet":
        """Those of the workspaces that ``user`` owns; none for everybody else."""
        if not user.is_authenticated:
            return self.none()
        owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER)
        return self.filter(workspace__in=owned.values("workspace"))

    def wanting(self, kind: str, workspace_id: Any) -> "WebhookQuerySet":
        """Those that are told of events of this type in this workspace."""
        return self.filter(workspace=workspace_id, enabled=True, events__contains=[kind])


class Webhook(models.Model):
    """Where a workspace's events go, and the secret by which the receiver knows that they are ours.

    ``disabled_at`` says since when it is off because nothing got through.
    """

    MOST = 20
    """A workspace's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="webhooks", verbose_name=_("workspace")
    )
    url = models.CharField(_("address"), max_length=1000)
    events = ArrayField(
        models.CharField(max_length=30, choices=WebhookEvent.choices), verbose_name=_("events")
    )
    sealed_secret = models.TextField(_("secret, encrypted"), editable=False)
    enabled = models.BooleanField(_("enabled"), default=True)
    disabled_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    succeeded_at = models.DateTimeField(_("last delivered"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """Of the address, which may hold a token of the receiver's in its path."""
        return urlsplit(self.url).hostname or ""


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def under_way(self) -> "WebhookDeliveryQuerySet":
        """Those that a worker is sending."""
        return self.filter(state=WebhookDelivery.State.SENDING)

    def due(self) -> "WebhookDeliveryQuerySet":
        """Those that may be sent now."""
        return self.filter(state=WebhookDelivery.State.PENDING, not_before__lte=Now())


class WebhookDelivery(models.Model):
    """An event on its way to one webhook: written with the event, sent until it is taken or given
    up. ``services.webhook_deliveries`` takes it along its states.

    ``due_at``: when the reaper looks for it; while it is being sent, when its worker is believed
    dead. ``attempts`` only rises and is the sender's fencing number.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")
        SKIPPED = "skipped", _("not sent")

    TRANSITIONS = {
        State.PENDING: {State.SENDING, State.SKIPPED, State.PENDING},
        State.SENDING: {State.DELIVERED, State.PENDING, State.FAILED},
        State.DELIVERED: {State.PENDING},
        State.FAILED: {State.PENDING},
        State.SKIPPED: {State.PENDING},
    }
    OVER = (State.DELIVERED, State.FAILED, State.SKIPPED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    webhook = models.ForeignKey(
        Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    type = models.CharField(_("event"), max_length=30)
    body = models.TextField(_("body"), editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"))
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    due_at = models.DateTimeField(_("looked for at"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("status of the answer"), null=True, blank=True)
    head = models.TextField(_("beginning of the answer"), blank=True)
    error = models.CharField(_("error"), max_length=20, blank=True)
    said = models.CharField(_("what went wrong"), max_length=300, blank=True)
    seconds = models.FloatField(_("seconds"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    begun_at = models.DateTimeField(_("sent since"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery to a webhook")
        verbose_name_plural = _("deliveries to webhooks")
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["pending", "sending"]),
                name="webhook_deliveries_due",
            ),
            models.Index(fields=["webhook", "-created_at"], name="webhook_deliveries_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.type} · {self.pk}"

    @property
    def payload(self) -> dict[str, Any]:
        """What is sent, as a document."""
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def reason(self) -> str:
        """What went wrong in the last attempt, in the reader's language; empty where nothing."""
        return str(REASONS.get(self.error, self.error))

    @property
    def is_test(self) -> bool:
        """Whether somebody tries the webhook: sent once, also where it is off."""
        return self.type == TEST

    @property
    def next_attempt_at(self) -> Any:
        """When it is tried again at the earliest; None where it is not."""
        return self.not_before if self.state == self.State.PENDING else None


class WebhookMail(OutgoingMail):
    """An owner is to be told that a webhook of theirs was switched off."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="mails")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("recipient")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("mail about a webhook")
        verbose_name_plural = _("mails about webhooks")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.webhook} · {self.recipient}"
