"""What a workspace may use; without a row of its own the instance's settings hold."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.workspace import Workspace


class Quota(models.Model):
    """A workspace's own limits, all four of them; an empty one is no limit."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, related_name="quota", verbose_name=_("workspace")
    )
    hours = models.DecimalField(
        _("hours of recordings a month"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("That are recognised in a calendar month. Empty: any number."),
    )
    storage = models.DecimalField(
        _("storage, GiB"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Recordings, what is made of them to listen to, attachments. Empty: any."),
    )
    llm_tokens = models.PositiveBigIntegerField(
        _("tokens of language models a month"),
        null=True,
        blank=True,
        help_text=_("Sent and received. Empty: any number."),
    )
    jobs = models.PositiveSmallIntegerField(
        _("jobs at once"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("More wait for their turn. Empty: as many as the instance allows."),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["workspace"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__isnull=True) | models.Q(hours__gte=0),
                name="quota_of_hours_is_no_debt",
            ),
            models.CheckConstraint(
                condition=models.Q(storage__isnull=True) | models.Q(storage__gte=0),
                name="quota_of_storage_is_no_debt",
            ),
            models.CheckConstraint(
                condition=models.Q(jobs__isnull=True) | models.Q(jobs__gte=1),
                name="quota_lets_a_job_run",
            ),
        ]

    def __str__(self) -> str:
        return str(self.workspace)
