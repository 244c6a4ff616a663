"""What was said by whom: a transcript a job, its turns, windows, speakers and segments."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Manager, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models import Job, Meeting


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    def visible_to(self, user: Any) -> "TranscriptQuerySet":
        """Transcripts of the meetings that ``user`` may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def current(self, meeting: Meeting) -> "Transcript | None":
        """The newest finished transcript of ``meeting``; else the one that is growing."""
        return self._newest_first(meeting).first()

    def replaced(self, meeting: Meeting) -> "TranscriptQuerySet":
        """All of ``meeting`` but the current one."""
        return self.filter(pk__in=self._newest_first(meeting).values("pk")[1:])

    def _newest_first(self, meeting: Meeting) -> "TranscriptQuerySet":
        return self.filter(meeting=meeting).order_by("-complete", "-job__number")


class Transcript(models.Model):
    """The words of a meeting as one job found them; grows while ``complete`` is false."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="transcripts")
    job = models.OneToOneField(Job, models.CASCADE, related_name="transcript")
    language = models.CharField(_("language"), max_length=8, blank=True)
    engine = models.CharField(_("engine"), max_length=50, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True)
    diarizer = models.CharField(_("diarization"), max_length=100, blank=True)
    duration = models.FloatField(_("duration in seconds"), default=0)
    windows_planned = models.PositiveIntegerField(_("windows planned"), null=True, blank=True)
    complete = models.BooleanField(_("complete"), default=False)
    passages_due = models.DateTimeField(
        _("passages due since"), default=timezone.now, null=True, blank=True, editable=False
    )
    """Since when its words are others than those of its passages; empty where they are the same.

    Passages are stored under it: who began before it became another stores nothing more.
    """
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = TranscriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        indexes = [
            models.Index(
                fields=["passages_due"],
                name="transcript_passages_due",
                condition=models.Q(passages_due__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.job.number}"


class SpeakerManager(models.Manager["Speaker"]):
    """The voices that a transcript has now; ``Speaker.everyone`` has those merged away as well."""

    def get_queryset(self) -> models.QuerySet["Speaker"]:
        return super().get_queryset().filter(is_withdrawn=False)


class Speaker(models.Model):
    """A voice in a meeting: ``S1`` is who speaks first."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="speakers")
    label = models.CharField(_("label"), max_length=16)
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    embedding = ArrayField(models.FloatField(), null=True, blank=True, editable=False)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)
    """Merged into another, or its making was undone."""
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )

    objects = SpeakerManager()
    everyone = Manager()  # noqa: DJ012  (a manager, no field)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["transcript", "position"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "label"], name="speaker_label_is_unique")
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name that was given, or a numbered one in the reader's language."""
        return self.name or gettext("Speaker %(number)s") % {"number": self.position + 1}


class Turn(models.Model):
    """One speaker speaks from start to end, seconds; turns may overlap."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="turns")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="turns")
    start = models.FloatField(_("start"))
    end = models.FloatField(_("end"))

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["transcript", "start", "end"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=F("start")), name="turn_takes_time")
        ]

    def __str__(self) -> str:
        return f"{self.speaker_id} {self.start:.2f}-{self.end:.2f}"


class Window(models.Model):
    """A stretch of speech of at most 30 s: the unit of recognition and of resume."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="windows")
    index = models.PositiveIntegerField(_("number"))
    start = models.FloatField(_("start"))
    end = models.FloatField(_("end"))
    language = models.CharField(_("language"), max_length=8)
    words = models.JSONField(_("words"), null=True, blank=True)
    flags = models.JSONField(_("doubts"), default=list, blank=True)
    recognized_at = models.DateTimeField(_("recognised"), null=True, blank=True)

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["transcript", "index"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "index"], name="window_once_a_transcript")
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.start:.2f}-{self.end:.2f}"


class SegmentManager(models.Manager["Segment"]):
    """What a transcript says now, without what people dropped or merged into others."""

    def get_queryset(self) -> models.QuerySet["Segment"]:
        return super().get_queryset().filter(is_withdrawn=False, is_dropped=False)

    def current(self) -> models.QuerySet["Segment"]:
        """Of the transcripts that their meetings have now."""
        newest = Transcript.objects.filter(meeting=models.OuterRef("transcript__meeting"))
        current = newest.order_by("-complete", "-job__number").values("pk")[:1]
        return self.filter(transcript=models.Subquery(current))


SEARCH_CONFIG = "russian"
"""PostgreSQL's: Russian words by their stems, Latin ones by the English stemmer."""
SPELLINGS = ("ёЁ\ue000\ue001", "еЕ  ")
"""What is one to who searches; the last two are the marks that a headline sets."""
SPELT_ALIKE = Func(
    "text",
    Value(SPELLINGS[0]),
    Value(SPELLINGS[1]),
    function="TRANSLATE",
    output_field=models.TextField(),
)
SEARCHED = SearchVector(SPELT_ALIKE, config=SEARCH_CONFIG)
"""The words of a segment as they are searched for; of the same length as its text."""


class Segment(models.Model):
    """A sentence or so of one speaker; provisional while ``window`` is set.

    Rows that people merged or dropped stay, so that every edit can be undone and what was signed
    keeps its evidence; ``Segment.everything`` has them, ``Segment.objects`` leaves them out.
    """

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="segments")
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, null=True, blank=True, related_name="segments"
    )
    window = models.PositiveIntegerField(_("window"), null=True, blank=True)
    start = models.FloatField(_("start"))
    end = models.FloatField(_("end"))
    text = models.TextField(_("text"))
    words = models.JSONField(_("words"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    flags = models.JSONField(_("doubts"), default=list, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    """Rises with every change, so that nobody overwrites what they have not read."""
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)
    """Merged into another, or its making was undone."""
    is_dropped = models.BooleanField(_("dropped"), default=False)
    """A person said that nobody said this."""

    objects = SegmentManager()
    everything = Manager()  # noqa: DJ012  (a manager, no field)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["transcript", "start", "end", "pk"]
        indexes = [
            models.Index(fields=["transcript", "start"], name="segment_in_order"),
            GinIndex(SEARCHED, name="segment_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def etag(self) -> str:
        """Names this state of the segment (RFC 9110 8.8.3)."""
        return f'"{self.pk}-{self.revision}"'
