"""Documents that belong to a meeting, and their text."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meetings import errors
from meetings.models.meeting import Meeting


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Attachments of the meetings that ``user`` may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def of_meeting(self, meeting_id: Any) -> "AttachmentQuerySet":
        """Those of a meeting in the order in which they came."""
        return self.filter(meeting=meeting_id).order_by("created_at", "pk")


class Attachment(models.Model):
    """One uploaded document. Its bytes lie in the store, its text in ``AttachmentPage``."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being read")
        READ = "read", _("read")
        UNREADABLE = "unreadable", _("not readable")

    TRANSITIONS = {
        State.WAITING: {State.READ, State.UNREADABLE},
        State.READ: set(),
        State.UNREADABLE: set(),
    }

    class Unit(models.TextChoices):
        PAGE = "page", _("page")
        SLIDE = "slide", _("slide")
        PART = "part", _("part")

    ATTEMPTS = 3
    AGAIN_AFTER = timedelta(minutes=5)
    """After which a reading that nobody finished is begun once more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attachments")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    key = models.CharField(_("key"), max_length=255, unique=True)
    filename = models.CharField(_("file name"), max_length=255)
    """As it was called where it came from: data, never a path."""
    bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    """By the content; empty as long as it is not known."""
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    reason = models.CharField(_("reason"), max_length=50, blank=True)
    """Why it is not readable: a code of ``meetings.reading.SENTENCES``."""
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    unit = models.CharField(_("unit"), max_length=5, choices=Unit.choices, blank=True)
    """What the numbers of its pages count. Parts: the format has no pages."""
    pages_count = models.PositiveIntegerField(_("pages"), default=0)
    blank_count = models.PositiveIntegerField(_("pages without text"), default=0)
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"), default=ATTEMPTS)
    due_at = models.DateTimeField(_("to be read again at"), db_default=Now())
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["meeting", "created_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="attachment_waiting",
                condition=models.Q(state="waiting"),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(bytes__gt=0), name="attachment_has_bytes"),
            models.CheckConstraint(
                condition=~models.Q(state="read") | models.Q(pages_count__gt=0),
                name="attachment_that_was_read_has_pages",
            ),
            models.CheckConstraint(
                condition=models.Q(state="unreadable", reason__gt="")
                | ~models.Q(state="unreadable") & models.Q(reason=""),
                name="attachment_says_why_it_is_unreadable",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_read(self) -> bool:
        return self.state == self.State.READ

    @property
    def has_pages(self) -> bool:
        """Whether its numbers are those of pages or slides that people see."""
        return self.unit in (self.Unit.PAGE, self.Unit.SLIDE)

    @property
    def shown_error(self) -> dict[str, Any] | None:
        """Why there is no text, in the reader's language; None where that is not so."""
        return errors.unreadable(self.reason, self.facts) if self.reason else None


class AttachmentPage(models.Model):
    """The text of a page, a slide or a part."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("page of an attachment")
        verbose_name_plural = _("pages of attachments")
        ordering = ["attachment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "number"], name="page_has_its_number"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="pages_count_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.attachment}, {self.number}"
