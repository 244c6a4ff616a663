"""The keys that programs use."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self) -> "ApiKeyQuerySet":
        """Keys that have not been revoked and whose person is active."""
        return self.filter(revoked_at=None, user__is_active=True)


class ApiKey(models.Model):
    """A key for programs. Only its SHA-256 is stored: keys carry 256 random bits."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices, default=Scope.WRITE)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @staticmethod
    def digest_of(key: str) -> str:
        """The hexadecimal SHA-256 under which ``key`` is stored."""
        return hashlib.sha256(key.encode()).hexdigest()

    def was_used_recently(self) -> bool:
        """Whether the last use was noted less than a minute ago, so that reads stay reads."""
        return (
            self.last_used_at is not None
            and (timezone.now() - self.last_used_at).total_seconds() < 60
        )
