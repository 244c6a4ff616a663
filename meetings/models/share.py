"""Who is let into one meeting alone: people, and whoever has a link."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting


class MeetingShare(models.Model):
    """A person who may read or edit one meeting and sees nothing beside it.

    Before they have an account there is their address alone, and it lets nobody in.
    """

    class Right(models.TextChoices):
        READ = "read", _("may read")
        EDIT = "edit", _("may read and change")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="meeting_shares",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("e-mail"), blank=True, default="")
    """Of who was invited and has no account yet; else empty."""
    right = models.CharField(_("right"), max_length=4, choices=Right.choices)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("person let into a meeting")
        verbose_name_plural = _("people let into meetings")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="one_share_a_person"),
            models.UniqueConstraint(
                fields=["meeting", "email"],
                condition=models.Q(user=None),
                name="one_share_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(user=None, email__gt="")
                | models.Q(user__isnull=False, email=""),
                name="share_has_a_person_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.email} · {self.meeting} · {self.get_right_display()}"

    @property
    def address(self) -> str:
        """The person's, or the one that was invited."""
        return self.user.email if self.user else self.email

    @property
    def is_waiting(self) -> bool:
        """Whether the person has no account yet."""
        return self.user_id is None


class MeetingLinkQuerySet(models.QuerySet["MeetingLink"]):
    def usable(self) -> "MeetingLinkQuerySet":
        """Links that lead somewhere now."""
        now = timezone.now()
        return self.filter(revoked_at=None, expires_at__gt=now, meeting__binned_at=None)

    def of_token(self, token: str) -> "MeetingLinkQuerySet":
        """The one with this token."""
        return self.filter(digest=MeetingLink.digest_of(token))


class MeetingLink(models.Model):
    """A secret address at which anybody reads one meeting; only its token's SHA-256 is stored."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    password = models.CharField(_("password"), max_length=128, blank=True, editable=False)
    may_download = models.BooleanField(_("with the download"), default=False)
    expires_at = models.DateTimeField(_("valid until"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    objects = MeetingLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a meeting")
        verbose_name_plural = _("links to meetings")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.created_at:%Y-%m-%d}"

    @staticmethod
    def digest_of(token: str) -> str:
        """The hexadecimal SHA-256 under which ``token`` is stored."""
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def has_password(self) -> bool:
        """Whether the link alone is not enough."""
        return bool(self.password)

    @property
    def is_over(self) -> bool:
        """Whether it leads nowhere any more."""
        now: Any = timezone.now()
        return self.revoked_at is not None or self.expires_at <= now
