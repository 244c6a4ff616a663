"""Whom to tell that a job has ended: written with the ending, mailed after the commit, once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.outgoing import OutgoingMail
from meetings.models.job import Job


class Notification(OutgoingMail):
    """A run of a job ended, and a person is to be told by mail."""

    class Kind(models.TextChoices):
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")

    job = models.ForeignKey(Job, models.CASCADE, related_name="notifications")
    run = models.PositiveIntegerField(_("run"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notifications",
        verbose_name=_("recipient"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

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
