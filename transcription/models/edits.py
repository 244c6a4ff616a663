"""What people did to a transcript."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from transcription.models.transcripts import Transcript


class TranscriptEditQuerySet(models.QuerySet["TranscriptEdit"]):
    def visible_to(self, user: Any) -> "TranscriptEditQuerySet":
        """Edits of the meetings that ``user`` may see."""
        return self.filter(transcript__meeting__in=Meeting.objects.visible_to(user))

    def in_brief(self) -> "TranscriptEditQuerySet":
        """Newest first, with who made them, in one query."""
        return self.select_related("by").order_by("-number")


class TranscriptEdit(models.Model):
    """One change of a transcript with what stood before and after; never changed afterwards.

    ``before`` and ``after`` are ``{"segments": {id: {field: value}}, "speakers": {…}}`` and name
    only the fields that became others, so that either can be put back at any time.
    """

    class Action(models.TextChoices):
        TEXT = "text", _("changed the words")
        SPEAKER = "speaker", _("changed the speaker")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        KEPT = "kept", _("confirmed")
        DROPPED = "dropped", _("dropped")
        BROUGHT_BACK = "brought_back", _("brought back")
        RENAMED = "renamed", _("renamed a speaker")
        SPEAKERS_MERGED = "speakers_merged", _("merged two speakers")
        REPLACED = "replaced", _("found and replaced")
        UNDONE = "undone", _("undid")
        REDONE = "redone", _("did again")
        RESTORED = "restored", _("restored an earlier state")

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField(_("number"))
    """From 1, without gaps, in the order in which they were made."""
    action = models.CharField(_("action"), max_length=15, choices=Action.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    """The edit that was undone or done again, or the last one that a restored state holds."""
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    objects = TranscriptEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("edit of a transcript")
        verbose_name_plural = _("edits of transcripts")
        ordering = ["transcript", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["transcript", "number"], name="transcript_edit_has_its_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_action_display()}"
