"""Sign-ins of API clients that hold tokens."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _


class TokenFamilyQuerySet(models.QuerySet["TokenFamily"]):
    def usable(self, now: datetime | None = None) -> "TokenFamilyQuerySet":
        """Families that are neither revoked nor over, and whose person is active."""
        return self.filter(
            revoked_at=None, expires_at__gt=now or timezone.now(), user__is_active=True
        )


class TokenFamily(models.Model):
    """One sign-in of an API client: a refresh token and those it is exchanged for.

    Only the newest refresh token counts. An older one that comes again was stolen, or its thief
    was faster: the family ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="token_families"
    )
    newest = models.CharField(max_length=32, editable=False)
    password_mark = models.CharField(max_length=128, editable=False)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    agent = models.CharField(_("program"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), default=timezone.now)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = TokenFamilyQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in of a program")
        verbose_name_plural = _("sign-ins of programs")
        ordering = ["-last_used_at"]
        indexes = [models.Index(fields=["expires_at"], name="token_family_expires")]

    def __str__(self) -> str:
        return f"{self.user} · {self.agent or self.pk}"

    def knows_password(self) -> bool:
        """Whether the person's password is still the one that they signed in with."""
        return constant_time_compare(self.password_mark, self.user.get_session_auth_hash())
