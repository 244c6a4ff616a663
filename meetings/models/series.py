"""Meetings that belong together: a weekly, a project."""

import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Workspace


class SeriesQuerySet(models.QuerySet["Series"]):
    """The ways to read series; ``visible_to`` is the only door."""

    def visible_to(self, user: Any) -> "SeriesQuerySet":
        """Series of the workspaces that ``user`` is a member of; none for strangers."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(workspace__in=Workspace.objects.visible_to(user))

    def editable_by(self, user: Any) -> "SeriesQuerySet":
        """Series that ``user`` may change and put meetings into."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=Membership.EDITORS,
        )

    def with_meetings(self) -> "SeriesQuerySet":
        """With ``meetings_count`` and ``last_held_at``."""
        kept = models.Q(meetings__binned_at=None)
        return self.annotate(
            meetings_count=models.Count("meetings", filter=kept),
            last_held_at=models.Max("meetings__held_at", filter=kept),
        )


class Series(models.Model):
    """What its meetings have in common; a new meeting takes from here what nobody told of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="series")
    name = models.CharField(_("name"), max_length=255)
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("Empty: found by listening.")
    )
    agenda = models.JSONField(_("agenda"), default=list, blank=True)
    participants = models.JSONField(_("participants"), default=list, blank=True)
    vocabulary = models.TextField(
        _("vocabulary"), blank=True, help_text=_("Names and terms that the recording may contain.")
    )
    template = models.CharField(
        _("template of the minutes"),
        max_length=50,
        blank=True,
        help_text=_("Empty: that of the workspace."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="series_name_is_unique",
                violation_error_message=_("There is a series of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
