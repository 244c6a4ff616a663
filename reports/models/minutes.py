"""The minutes of a meeting: versions, sections, statements and what they rest on."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import AttachmentPage, Job, Meeting
from transcription.models import Segment, Transcript


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: Any) -> "MinutesQuerySet":
        """Minutes of the meetings that ``user`` may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def current(self, meeting: Meeting) -> "Minutes | None":
        """The newest version of ``meeting``, with all that is in it; None before there is one."""
        return self.filter(meeting=meeting).with_content().order_by("-version").first()

    def in_brief(self) -> "MinutesQuerySet":
        """Newest first, with their approvals, in one query."""
        signed = self.select_related("approval__number", "approval__approved_by")
        return signed.order_by("-version")

    def with_content(self) -> "MinutesQuerySet":
        """With sections, statements and evidence in a constant number of queries."""
        statements = models.Prefetch(
            "sections__statements", Statement.objects.select_related("edited_by")
        )
        return self.select_related(
            "transcript", "meeting", "approval__number", "approval__approved_by"
        ).prefetch_related(
            "transcript__speakers",
            "sections",
            statements,
            "sections__statements__evidence__segment__speaker",
            "sections__statements__evidence__page__attachment",
        )


class Minutes(models.Model):
    """One version of a meeting's minutes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")

    TRANSITIONS = {
        State.DRAFT: {State.IN_REVIEW},
        State.IN_REVIEW: {State.DRAFT, State.APPROVED},
        State.APPROVED: set(),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    transcript = models.ForeignKey(Transcript, models.RESTRICT, related_name="minutes")
    job = models.OneToOneField(Job, models.SET_NULL, null=True, blank=True, related_name="minutes")
    version = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    template = models.CharField(_("template"), max_length=50, default="minutes")
    language = models.CharField(_("language"), max_length=8, blank=True)
    writer = models.CharField(_("writer"), max_length=50)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)
    chair = models.CharField(_("chair"), max_length=150, blank=True)
    secretary = models.CharField(_("secretary"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["meeting", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED


class Section(models.Model):
    """A heading of the minutes."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("title"), max_length=255)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["minutes", "position"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="section_has_its_place")
        ]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """One sentence of the minutes; action items carry who and until when.

    A topic carries the seconds spent on it, and in ``speakers`` who spoke how many of them, as
    ``{"speaker": label, "seconds": 12.5}``, whoever spoke longest first.
    """

    class Kind(models.TextChoices):
        SUMMARY = "summary", _("summary")
        TOPIC = "topic", _("topic")
        DECISION = "decision", _("decision")
        ACTION_ITEM = "action_item", _("action item")
        QUESTION = "question", _("question")
        FIGURE = "figure", _("figure")
        POINT = "point", _("point")
        CARRY_OVER = "carry_over", _("open item of an earlier meeting")

    class Verdict(models.TextChoices):
        SUPPORTED = "supported", _("supported")
        UNVERIFIED = "unverified", _("unverified")

    section = models.ForeignKey(Section, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    text = models.TextField(_("text"))
    assignee = models.CharField(_("assignee"), max_length=150, blank=True)
    due_text = models.CharField(_("due, as said"), max_length=150, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    duration = models.FloatField(_("seconds spent on it"), null=True, blank=True)
    speakers = models.JSONField(_("who spoke to it"), default=list, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=50, blank=True)
    lineage = models.UUIDField(
        _("lineage"), default=uuid.uuid4, db_default=RandomUUID(), editable=False, db_index=True
    )
    """The same for a statement in every version that it stands in."""
    revision = models.PositiveIntegerField(_("revision"), default=1)
    """Rises with every change, so that nobody overwrites what they have not read."""
    stale = models.BooleanField(_("stale"), default=False)
    """Whether the transcript under it was changed after it was written or edited."""
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"],
                name="statement_has_its_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Evidence(models.Model):
    """The words that a statement rests on: said in a segment, seconds, or written on a page.

    What is written has no time: ``start`` and ``end`` are 0 then.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="evidence")
    segment = models.ForeignKey(Segment, models.RESTRICT, null=True, blank=True, related_name="+")
    page = models.ForeignKey(
        AttachmentPage, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    start = models.FloatField(_("start"))
    end = models.FloatField(_("end"))
    quote = models.TextField(_("quote"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["statement", models.F("page_id").asc(nulls_first=True), "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(segment__isnull=True) ^ models.Q(page__isnull=True),
                name="evidence_is_said_or_written",
            )
        ]

    def __str__(self) -> str:
        return self.quote[:80]
