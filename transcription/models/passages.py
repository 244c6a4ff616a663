"""Half minutes of talk, by what they mean."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from meetings.models import Meeting
from transcription.models.transcripts import Transcript

SECONDS = 30
"""How long a passage is. Its bounds do not move when somebody edits what stands before it."""


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, user: Any) -> "PassageQuerySet":
        """Passages of the meetings that ``user`` may see."""
        return self.filter(transcript__meeting__in=Meeting.objects.visible_to(user))


class Passage(models.Model):
    """The segments that begin within one half minute of a meeting's present transcript.

    Its words are those of the segments, never copied; ``digest`` tells which ones the vector is of.
    """

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="passages")
    place = models.PositiveIntegerField(_("half minute"))
    model = models.CharField(_("embedding model"), max_length=100)
    digest = models.CharField(max_length=32, editable=False)
    vector = VectorField(editable=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(fields=["transcript", "place"], name="passage_once_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.transcript_id} {self.start}-{self.end}"

    @property
    def start(self) -> int:
        """Seconds, the first that belongs to it."""
        return self.place * SECONDS

    @property
    def end(self) -> int:
        """Seconds, the first that does not."""
        return self.start + SECONDS
