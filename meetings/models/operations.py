"""What operators see and did: the desk, the trail of their actions, messages nobody could take."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.job import Job


class Pipeline(Job):
    """All jobs at once, as the operator's desk shows them; whose permission opens the desk."""

    class Meta:
        proxy = True
        default_permissions = ()
        permissions = [("operate_pipeline", _("May operate the pipeline"))]
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipeline")


class Operation(models.Model):
    """History: an operator's action on a job, done or refused. Written once, never deleted."""

    class Action(models.TextChoices):
        REPLAY = "replay", _("replayed")
        RELEASE = "release", _("released")
        CANCEL = "cancel", _("cancelled")

    class Source(models.TextChoices):
        ADMIN = "admin", _("admin")
        TERMINAL = "terminal", _("terminal")

    created_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    operator = models.CharField(_("operator"), max_length=254)
    source = models.CharField(_("from"), max_length=8, choices=Source.choices)
    action = models.CharField(_("action"), max_length=7, choices=Action.choices)
    job = models.ForeignKey(
        Job,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="operations",
        verbose_name=_("job"),
    )
    subject = models.CharField(_("what"), max_length=300)
    refusal = models.CharField(_("refused because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("operator's action")
        verbose_name_plural = _("operators' actions")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.operator}: {self.get_action_display()} {self.subject}"


class StrayMessage(models.Model):
    """A message from the broker that no code here could take; kept to be looked at."""

    class Reason(models.TextChoices):
        UNKNOWN_TASK = "unknown_task", _("unknown task")
        MALFORMED = "malformed", _("not a task message")
        UNREADABLE = "unreadable", _("cannot be decoded")

    received_at = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    queue = models.CharField(_("queue"), max_length=100, blank=True)
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    task = models.CharField(_("task"), max_length=255, blank=True)
    task_id = models.CharField(_("task id"), max_length=64, blank=True)
    headers = models.TextField(_("headers"), blank=True)
    body = models.TextField(_("body"), blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("stray message")
        verbose_name_plural = _("stray messages")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.task}"
