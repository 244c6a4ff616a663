"""Whom to remind of what: one row for an item, a person and a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail
from reports.models.action_items import ActionItem


class Reminder(OutgoingMail):
    """A person is to be reminded of an item by mail; a day's items go in one mail."""

    item = models.ForeignKey(ActionItem, models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="reminders",
        verbose_name=_("recipient"),
    )
    day = models.DateField(_("day"), help_text=_("Where the person lives."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "recipient", "day"], name="one_reminder_an_item_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.recipient} · {self.day}"
