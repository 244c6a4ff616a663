"""Invitations by mail: to register, and into a workspace."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.workspace import Membership, Workspace


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime | None = None) -> "InvitationQuerySet":
        """Those that can be accepted."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now or timezone.now())

    def of_token(self, token: str) -> "InvitationQuerySet":
        """The one whose link has this token."""
        return self.filter(digest=Invitation.digest_of(token))


class Invitation(models.Model):
    """A link that was sent to an address. Who has it reads the mails of that address."""

    LIFE = timedelta(days=7)

    email = models.EmailField(_("e-mail"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    workspace = models.ForeignKey(
        Workspace,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("workspace"),
    )
    role = models.CharField(
        _("role"), max_length=6, choices=Membership.Role.choices, blank=True, default=""
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(workspace=None, role="")
                | models.Q(workspace__isnull=False) & ~models.Q(role=""),
                name="invitation_role_goes_with_workspace",
            ),
            models.UniqueConstraint(
                fields=["email", "workspace"],
                condition=models.Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="one_open_invitation_each",
            ),
        ]

    def __str__(self) -> str:
        return self.email if self.workspace is None else f"{self.email} · {self.workspace}"

    @staticmethod
    def digest_of(token: str) -> str:
        """The hexadecimal SHA-256 under which ``token`` is stored."""
        return hashlib.sha256(token.encode()).hexdigest()
