"""Voices that a workspace knows again: biometric data, kept only where a person asked for it."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from transcription.models.transcripts import Speaker


class VoiceRule(models.Model):
    """Whether a workspace knows voices again. One without a row may, where people ask for it."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="voice_rule")
    is_on = models.BooleanField(_("voices may be remembered"), default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("rule of known voices")
        verbose_name_plural = _("rules of known voices")

    def __str__(self) -> str:
        return str(self.workspace)


class KnownVoiceQuerySet(models.QuerySet["KnownVoice"]):
    def visible_to(self, user: Any) -> "KnownVoiceQuerySet":
        """Voices of the workspaces that ``user`` is a member of."""
        return self.filter(workspace__in=Workspace.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Any) -> "KnownVoiceQuerySet":
        """Those that ``user`` may rename and let be forgotten."""
        return self.filter(workspace__in=Workspace.objects.editable_by(user).values("pk"))

    def listed(self) -> "KnownVoiceQuerySet":
        """By name, without their vectors, with ``samples_count``; 1 query."""
        counted = self.annotate(samples_count=models.Count("samples"))
        return counted.defer("vector").select_related("made_by").order_by(Lower("name"), "pk")


class KnownVoice(models.Model):
    """How a person sounds, by one embedding model; compared with voices of that model alone.

    ``vector`` is the unit-length mean of the samples, weighed by their seconds; it is made anew
    whenever a sample comes or goes. A voice without samples is deleted.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="known_voices")
    name = models.CharField(_("name"), max_length=150)
    model = models.CharField(_("embedding model"), max_length=100)
    dimension = models.PositiveSmallIntegerField(_("dimension"))
    vector = ArrayField(models.FloatField(), editable=False)
    seconds = models.FloatField(_("seconds of speech"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = KnownVoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("known voice")
        verbose_name_plural = _("known voices")
        ordering = ["workspace", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "workspace", Lower("name"), "model", name="one_known_voice_a_name_and_model"
            )
        ]

    def __str__(self) -> str:
        return self.name


class VoiceSample(models.Model):
    """A voice of a meeting that somebody asked to remember; goes with the meeting's sound."""

    voice = models.ForeignKey(KnownVoice, models.CASCADE, related_name="samples")
    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="voice_sample")
    vector = ArrayField(models.FloatField(), editable=False)
    seconds = models.FloatField(_("seconds of speech"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("sample of a voice")
        verbose_name_plural = _("samples of voices")
        ordering = ["voice", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seconds__gt=0), name="voice_sample_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.voice} · {self.seconds:.0f} s"


class VoiceRefusal(models.Model):
    """A person said that a voice of a meeting is not this known one: never suggested again."""

    voice = models.ForeignKey(KnownVoice, models.CASCADE, related_name="refusals")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="voice_refusals")
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    refused_at = models.DateTimeField(_("refused"), auto_now_add=True)

    class Meta:
        verbose_name = _("refused voice")
        verbose_name_plural = _("refused voices")
        ordering = ["-refused_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["voice", "speaker"], name="refused_once_each")
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ≠ {self.voice}"
