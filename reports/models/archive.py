"""Exports of everything: of a workspace, or of what is a person's own."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, OutgoingMail, Workspace


class ArchiveQuerySet(models.QuerySet["Archive"]):
    def visible_to(self, user: Any) -> "ArchiveQuerySet":
        """Those of the person, and of the workspaces that they own now; none for strangers."""
        if not user.is_authenticated:
            return self.none()
        owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER)
        return self.filter(
            models.Q(workspace=None, asked_by=user)
            | models.Q(workspace__in=owned.values("workspace"))
        )

    def waiting(self) -> "ArchiveQuerySet":
        """Those that are being made, or wait for it."""
        return self.filter(state=Archive.State.WAITING)


class Archive(models.Model):
    """A zip with everything, made by a worker, kept for some days."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("deleted")

    TRANSITIONS = {
        State.WAITING: {State.READY, State.FAILED},
        State.READY: {State.EXPIRED},
        State.FAILED: {State.EXPIRED},
        State.EXPIRED: set(),
    }

    ATTEMPTS = 3
    AGAIN_AFTER = timedelta(minutes=15)
    """After which one that nobody goes on making is begun once more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="archives",
        verbose_name=_("asked for by"),
    )
    workspace = models.ForeignKey(
        Workspace,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="archives",
        verbose_name=_("workspace"),
        help_text=_("Empty: the person's own account."),
    )
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    progress = models.FloatField(_("progress"), default=0)
    token = models.UUIDField(_("token"), null=True, blank=True, editable=False)
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"), default=ATTEMPTS)
    due_at = models.DateTimeField(_("to be made again at"), db_default=Now())
    key = models.CharField(_("key"), max_length=255, blank=True)
    meetings = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    """What is in it, so that it goes when one of them is deleted."""
    bytes = models.BigIntegerField(_("size in bytes"), default=0)
    files_count = models.PositiveIntegerField(_("files"), default=0)
    left_out_count = models.PositiveIntegerField(_("left out"), default=0)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of everything")
        verbose_name_plural = _("exports of everything")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"],
                condition=models.Q(state="waiting", workspace__isnull=False),
                name="one_export_a_workspace",
            ),
            models.UniqueConstraint(
                fields=["asked_by"],
                condition=models.Q(state="waiting", workspace__isnull=True),
                name="one_export_a_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.workspace or self.asked_by)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class ArchiveMail(OutgoingMail):
    """The person who asked for an export is to be told that it is ready, or that it failed."""

    archive = models.OneToOneField(Archive, models.CASCADE, related_name="mail")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("mail about an export")
        verbose_name_plural = _("mails about exports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.archive} · {self.get_state_display()}"
