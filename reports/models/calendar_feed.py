"""The secret addresses at which calendars fetch a person's action items."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def usable(self) -> "CalendarFeedQuerySet":
        """Addresses of people who are still there."""
        return self.filter(user__is_active=True)


class CalendarFeed(models.Model):
    """One address a person. Only its token's SHA-256 is stored; who revokes it deletes the row."""

    class Scope(models.TextChoices):
        ALL = "all", _("all that I can see")
        MINE = "mine", _("only my own")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("person"),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=4, choices=Scope.choices, default=Scope.ALL)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.user)

    @staticmethod
    def digest_of(token: str) -> str:
        """The hexadecimal SHA-256 under which ``token`` is stored."""
        return hashlib.sha256(token.encode()).hexdigest()
