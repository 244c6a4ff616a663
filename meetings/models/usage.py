"""The ledger of what jobs used: a row for every attempt at a stage that has ended."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from accounts.months import Month
from meetings.models.job import Attempt, Job
from meetings.models.meeting import Meeting


class StageUsageQuerySet(models.QuerySet["StageUsage"]):
    def in_month(self, month: Month) -> "StageUsageQuerySet":
        """What ended in a month."""
        return self.filter(ended_at__gte=month.start, ended_at__lt=month.end)

    def sums(self) -> dict[str, Any]:
        """Seconds of recordings, seconds of work, and how many recordings were recognised."""
        return self.aggregate(
            recordings=models.Count("pk", filter=models.Q(recording_seconds__gt=0)),
            recording_seconds=models.Sum("recording_seconds", default=0.0),
            seconds=models.Sum("seconds", default=0.0),
        )


class StageUsage(models.Model):
    """What one attempt at a stage took. Written with its ending, once; outlives the meeting."""

    attempt = models.BigIntegerField(_("attempt"), unique=True, editable=False)
    """The key that ``Attempt`` had: no attempt is entered twice, and rows outlive it."""
    workspace = models.ForeignKey(
        Workspace,
        models.SET_NULL,
        null=True,
        related_name="stage_usage",
        verbose_name=_("workspace"),
    )
    """The one that the meeting belonged to then."""
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        related_name="stage_usage",
        verbose_name=_("meeting"),
    )
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, related_name="usage", verbose_name=_("job")
    )
    stage = models.CharField(_("stage"), max_length=20)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Attempt.Outcome.choices)
    recording_seconds = models.FloatField(_("seconds of recording"), default=0.0)
    """Of the attempt by which a job recognised its recording; 0 of all others."""
    seconds = models.FloatField(_("seconds of work"))
    """From the claim to the end, or until it was found that the worker was gone."""
    ended_at = models.DateTimeField(_("ended"), db_default=Now(), editable=False)

    objects = StageUsageQuerySet.as_manager()

    class Meta:
        verbose_name = _("usage of a stage")
        verbose_name_plural = _("usage of stages")
        ordering = ["-ended_at", "-pk"]
        indexes = [models.Index(fields=["workspace", "ended_at"], name="usage_by_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["job"],
                condition=models.Q(recording_seconds__gt=0),
                name="a_job_counts_its_recording_once",
            ),
            models.CheckConstraint(
                condition=models.Q(recording_seconds__gte=0, seconds__gte=0),
                name="usage_is_no_credit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workspace} · {self.stage} · {self.ended_at:%Y-%m-%d}"
