"""Whom to tell that a job has ended: written with the ending, mailed after the commit, once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.job import Job


class Notification(models.Model):
    """A run of a job ended, and a person is to be told by mail.

    ``sending`` is entered on an open connection to the mail server, just before the mail is handed
    over. A worker that dies in that moment leaves the row there: nobody is told twice.
    """

    class Kind(models.TextChoices):
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")

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

    job = models.ForeignKey(Job, models.CASCADE, related_name="notifications")
    run = models.PositiveIntegerField(_("run"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notifications",
        verbose_name=_("recipient"),
    )
    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.PENDING, db_index=True
    )
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"), default=1)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["job", "run", "kind"], name="one_notification_a_run")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="pending"), name="notifications_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job_id} · {self.run} · {self.kind}"
