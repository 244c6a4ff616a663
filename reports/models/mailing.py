"""Minutes sent by mail: what, to whom, by whom, and what became of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail
from reports.models.minutes import Minutes


class MailingQuerySet(models.QuerySet["Mailing"]):
    def of(self, minutes: Minutes) -> "MailingQuerySet":
        """Those of ``minutes``, newest first, with everybody they went to."""
        return self.filter(minutes=minutes).select_related("sent_by").prefetch_related("deliveries")


class Mailing(models.Model):
    """A person sends a version of the minutes as a file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="mailings")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    format = models.CharField(_("format"), max_length=4)
    layout = models.CharField(_("layout"), max_length=8)
    transcript = models.BooleanField(_("with the transcript"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject


class Delivery(OutgoingMail):
    """One address of a mailing."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="deliveries")
    address = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["mailing", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "address"], name="one_delivery_an_address")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="pending"), name="deliveries_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} · {self.state}"
