"""How long a workspace keeps its recordings, and who was warned before something goes."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from accounts.models.outgoing import OutgoingMail
from meetings.models.meeting import Meeting

LONGEST = 36_500
"""Days: a hundred years."""


class Retention(models.Model):
    """A workspace's rule, counted from the upload. A workspace without one keeps everything."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="retention")
    recording_days = models.PositiveIntegerField(
        _("days after which recordings go"), null=True, blank=True
    )
    everything_days = models.PositiveIntegerField(
        _("days after which everything goes"), null=True, blank=True
    )
    approved_too = models.BooleanField(_("approved minutes too"), default=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("retention")
        verbose_name_plural = _("retention")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recording_days__isnull=True)
                | models.Q(recording_days__range=(1, LONGEST)),
                name="recordings_stay_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(everything_days__isnull=True)
                | models.Q(everything_days__range=(1, LONGEST)),
                name="meetings_stay_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.workspace)


class RetentionNotice(models.Model):
    """Something of a meeting will go by its workspace's rule, and since when that was told."""

    class Kind(models.TextChoices):
        RECORDING = "recording", _("the recording")
        EVERYTHING = "everything", _("everything")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="retention_notices")
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    goes_at = models.DateTimeField(_("goes on"))
    noted_at = models.DateTimeField(_("told since"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("notice of retention")
        verbose_name_plural = _("notices of retention")
        ordering = ["goes_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="one_notice_of_retention")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} · {self.get_kind_display()}"


class RetentionMail(OutgoingMail):
    """A person is to be warned of what will go in a workspace; one mail a day."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("recipient")
    )
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("warning by mail")
        verbose_name_plural = _("warnings by mail")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "recipient", "day"], name="one_warning_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.workspace} · {self.recipient} · {self.day}"
