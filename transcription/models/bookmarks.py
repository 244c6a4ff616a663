"""Moments of a recording that people marked."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, user: Any) -> "BookmarkQuerySet":
        """One's own, and everybody's comments, of the meetings that ``user`` may see."""
        mine = Q(is_shared=True) | Q(author=user.pk)
        return self.filter(mine, meeting__in=Meeting.objects.visible_to(user))

    def in_order(self) -> "BookmarkQuerySet":
        """As the recording goes, with who made them, in one query."""
        return self.select_related("author", "resolved_by").order_by("at", "pk")


class Bookmark(models.Model):
    """A moment that somebody marked for themselves, or with a comment for all who see the meeting.

    It belongs to the meeting and a time, so that it outlives another recognition of the words.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="bookmarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.FloatField(_("moment in seconds"))
    text = models.TextField(_("text"), blank=True)
    is_shared = models.BooleanField(_("for everybody"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["meeting", "at", "pk"]
        indexes = [models.Index(fields=["meeting", "at"], name="bookmark_in_order")]
        constraints = [
            models.CheckConstraint(condition=Q(at__gte=0), name="bookmark_is_in_the_recording"),
            models.CheckConstraint(
                condition=Q(is_shared=False) | ~Q(text=""), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(is_shared=True) | Q(resolved_at=None), name="comments_are_resolved"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80] or f"{self.at:.0f}"
