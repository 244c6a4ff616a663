"""The templates that workspaces made themselves; those that are shipped are data in the code."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Workspace
from meetings.models import Meeting

PREVIEW_SPARE = 300.0
"""Seconds that a preview may wait for a worker, beyond what its writing may take."""


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, user: Any) -> "TemplateQuerySet":
        """Templates of the workspaces that ``user`` is a member of; none for strangers."""
        return self.filter(workspace__in=Workspace.objects.visible_to(user))

    def editable_by(self, user: Any) -> "TemplateQuerySet":
        """Templates that ``user`` may change."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=Membership.EDITORS,
        )


class Template(models.Model):
    """A workspace's own template: sections in order, as ``outlines.stored`` reads them."""

    class Layout(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        PROTOCOL = "protocol", _("official protocol")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="templates")
    name = models.CharField(_("name"), max_length=100)
    layout = models.CharField(
        _("layout"), max_length=8, choices=Layout.choices, default=Layout.MINUTES
    )
    sections = models.JSONField(_("sections"), default=list)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="template_name_is_unique")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def etag(self) -> str:
        """A strong entity tag of its present state."""
        return f'"{self.pk.hex[:12]}-{self.updated_at.timestamp():.6f}"'


class DefaultTemplate(models.Model):
    """By which template a workspace's minutes are written where nobody chose one.

    ``template`` is the key of a shipped one or the id of one of the workspace's own.
    """

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="default_template")
    template = models.CharField(_("template"), max_length=50)

    class Meta:
        verbose_name = _("default template")
        verbose_name_plural = _("default templates")

    def __str__(self) -> str:
        return f"{self.workspace} · {self.template}"


class TemplatePreview(models.Model):
    """What a template would make of a meeting; never a version of its minutes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being written")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="template_previews")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="template_previews"
    )
    sections = models.JSONField(_("sections"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    result = models.JSONField(_("what was written"), default=dict, blank=True)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)

    class Meta:
        verbose_name = _("preview of a template")
        verbose_name_plural = _("previews of templates")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.get_state_display()}"

    @property
    def shown_state(self) -> str:
        """The state; one that nobody works on any more has failed."""
        longest = timedelta(seconds=settings.LLM_SECONDS + PREVIEW_SPARE)
        lost = self.state == self.State.WAITING and timezone.now() - self.created_at > longest
        return self.State.FAILED if lost else self.state
