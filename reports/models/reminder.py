"""Whom to remind of what: one row for an item, a person and a day."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.action_items import ActionItem


class Reminder(models.Model):
    """A person is to be reminded of an item by mail; a day's items go in one mail.

    ``sending`` is entered on an open connection to the mail server, just before the mail is handed
    over. A worker that dies in that moment leaves the row there: nobody is told twice.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not wanted")
        FAILED = "failed", _("failed")

    TRANSITIONS = {
        State.PENDING: {State.SENDING, State.SKIPPED, State.FAILED, State.PENDING},
        State.SENDING: {State.SENT, State.PENDING, State.FAILED},
        State.SENT: set(),
        State.SKIPPED: set(),
        State.FAILED: set(),
    }

    item = models.ForeignKey(ActionItem, models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="reminders",
        verbose_name=_("recipient"),
    )
    day = models.DateField(_("day"), help_text=_("Where the person lives."))
    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.PENDING, db_index=True
    )
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"), default=1)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

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
