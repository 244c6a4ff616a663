"""The way of a version to its signature: reviewers, comments, the number, the approval."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from meetings.models import Meeting
from reports.models.minutes import Minutes


class Review(models.Model):
    """One person asked to approve a version; a version that was returned is asked for anew."""

    class Decision(models.TextChoices):
        WAITING = "waiting", _("has not decided")
        APPROVED = "approved", _("has approved")
        RETURNED = "returned", _("has returned it")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="reviews")
    round = models.PositiveSmallIntegerField(_("round"))
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviews")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.WAITING
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["minutes", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "round", "reviewer"], name="reviewer_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} · {self.get_decision_display()}"


class Comment(models.Model):
    """A remark about a statement, known by its lineage, or about the whole version."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("remark")
        RETURN = "return", _("reason for returning")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="comments")
    lineage = models.UUIDField(_("lineage"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.REMARK)
    text = models.TextField(_("text"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["minutes", "created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ProtocolNumber(models.Model):
    """The number of a meeting's minutes in their workspace and year; given once, never again."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    meeting = models.OneToOneField(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="protocol_number"
    )

    class Meta:
        verbose_name = _("number of minutes")
        verbose_name_plural = _("numbers of minutes")
        ordering = ["workspace", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "year", "number"], name="number_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.year})"


class Approval(models.Model):
    """The signature: who and when, the number, and the content as it was, byte for byte."""

    minutes = models.OneToOneField(Minutes, models.CASCADE, related_name="approval")
    number = models.ForeignKey(ProtocolNumber, models.RESTRICT, related_name="approvals")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"))
    content = models.TextField(_("content"))
    """Canonical JSON: keys sorted, no spaces, UTF-8."""
    digest = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-approved_at"]

    def __str__(self) -> str:
        return f"{self.number} · {self.minutes}"
