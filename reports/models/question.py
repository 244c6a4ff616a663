"""Questions over the meetings of a workspace, and their answers."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from meetings.models import Meeting, Series
from transcription.models import Segment

LONGEST = 500
"""Characters of a question."""


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """The person's own: what somebody wants to know is nobody else's business."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()

    def waiting(self) -> "QuestionQuerySet":
        """Those that have no answer yet."""
        return self.filter(state=Question.State.WAITING)

    def with_answer(self) -> "QuestionQuerySet":
        """With sentences and citations; constant queries."""
        said = Segment.objects.current().select_related("speaker")
        now = models.Prefetch("segment", said.defer("words", "speaker__embedding"))
        citations = Citation.objects.select_related("meeting__recording", "meeting__series")
        rows = self.select_related("workspace", "series", "asked_by")
        return rows.prefetch_related(
            models.Prefetch("sentences__citations", citations.prefetch_related(now))
        )


class Question(models.Model):
    """Asked by a person, answered by a worker from meetings that the person may see."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being answered")
        DONE = "done", _("answered")
        FAILED = "failed", _("failed")

    TRANSITIONS = {
        State.WAITING: {State.DONE, State.FAILED},
        State.DONE: set(),
        State.FAILED: set(),
    }

    ATTEMPTS = 3
    AGAIN_AFTER = timedelta(minutes=5)
    """After which one that nobody has taken is sent once more."""
    GIVEN_UP_AFTER = timedelta(hours=1)
    """Who asked does not look for an answer any more, and is to be free to ask again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="questions",
        verbose_name=_("asked by"),
    )
    text = models.CharField(_("question"), max_length=LONGEST)
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="+")
    held_from = models.DateField(_("from this day"), null=True, blank=True)
    held_to = models.DateField(_("until this day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    writer = models.CharField(_("answered by"), max_length=20, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"), default=ATTEMPTS)
    token = models.UUIDField(null=True, blank=True, editable=False)
    """Of the worker that is at it."""
    due_at = models.DateTimeField(_("to be answered again at"), db_default=Now())
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    finished_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["asked_by", "-created_at"], name="question_of_person")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def citations(self) -> "list[Citation]":
        """What the answer rests on, one of each number, in order; no query ``with_answer``."""
        found = {c.number: c for s in self.sentences.all() for c in s.citations.all()}
        return [found[number] for number in sorted(found)]


class AnswerSentence(models.Model):
    """One sentence of an answer, and whether its words stand in what it cites."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))
    verdict = models.CharField(_("verdict"), max_length=12)
    reason = models.CharField(_("reason"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("sentence of an answer")
        verbose_name_plural = _("sentences of answers")
        ordering = ["question", "position"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.position}"


class Citation(models.Model):
    """Words of a meeting that a sentence rests on; seconds stay where its segment was replaced."""

    sentence = models.ForeignKey(AnswerSentence, models.CASCADE, related_name="citations")
    number = models.PositiveSmallIntegerField(_("number in the answer"))
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    segment = models.ForeignKey(Segment, models.SET_NULL, null=True, related_name="+")
    start = models.FloatField(_("start"))
    end = models.FloatField(_("end"))
    quote = models.TextField(_("quote"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["sentence", "number"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.start:.2f}-{self.end:.2f}"

    @property
    def stands(self) -> bool:
        """Whether the transcript still says so there; no query ``with_answer``."""
        return self.segment is not None and self.quote in self.segment.text
