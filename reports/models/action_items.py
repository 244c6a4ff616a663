"""What people undertook to do, over all meetings: an item outlives the versions of the minutes."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from reports.models.minutes import Statement


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    """The ways to read action items; ``visible_to`` is the only door."""

    def visible_to(self, user: Any) -> "ActionItemQuerySet":
        """Items of the meetings that ``user`` may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def editable_by(self, user: Any) -> "ActionItemQuerySet":
        """Items of the meetings that ``user`` may change."""
        return self.filter(meeting__in=Meeting.objects.editable_by(user))

    def open(self) -> "ActionItemQuerySet":
        """Neither done nor dropped."""
        return self.filter(state=ActionItem.State.OPEN)

    def overdue(self, today: date) -> "ActionItemQuerySet":
        """Open, and due before ``today``."""
        return self.open().filter(due__lt=today)

    def with_moment(self) -> "ActionItemQuerySet":
        """With meeting, series and what was said, in a constant number of queries."""
        return self.select_related("meeting__series", "changed_by", "statement").prefetch_related(
            "statement__evidence__segment__speaker", "statement__evidence__page__attachment"
        )

    def by_due(self) -> "ActionItemQuerySet":
        """What is due first comes first, what has no day last."""
        return self.order_by(models.F("due").asc(nulls_last=True), "meeting__held_at", "pk")


class ActionItem(models.Model):
    """Who does what until when. Its minutes say it; whether it is done, people say."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="action_items")
    statement = models.ForeignKey(
        Statement,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="action_items",
        help_text=_("Where the newest version of the minutes says it."),
    )
    lineage = models.UUIDField(_("lineage"), null=True, blank=True, editable=False, db_index=True)
    text = models.TextField(_("text"))
    assignee = models.CharField(_("assignee"), max_length=150, blank=True)
    due_text = models.CharField(_("due, as said"), max_length=150, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("state changed"), null=True, blank=True)
    set_by_hand = models.JSONField(_("set by hand"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["-created_at", "pk"]
        indexes = [models.Index(fields=["state", "due"], name="action_items_due")]

    def __str__(self) -> str:
        return self.text[:80]

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and was due before ``today``."""
        return self.state == self.State.OPEN and self.due is not None and self.due < today


class CarriedItem(models.Model):
    """What became of an open item of an earlier meeting, as later minutes of the series say it."""

    class Outcome(models.TextChoices):
        DONE = "done", _("said to be done")
        MENTIONED = "mentioned", _("mentioned")
        OVERDUE = "overdue", _("not mentioned, overdue")
        SILENT = "silent", _("not mentioned")

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="carried")
    item = models.ForeignKey(
        ActionItem, models.SET_NULL, null=True, blank=True, related_name="outcomes"
    )
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices)
    since = models.DateField(_("open since"))

    class Meta:
        verbose_name = _("carried item")
        verbose_name_plural = _("carried items")
        ordering = ["statement"]

    def __str__(self) -> str:
        return f"{self.item or self.statement} · {self.get_outcome_display()}"
