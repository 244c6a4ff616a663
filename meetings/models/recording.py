"""One uploaded object and what convert made of it. Rows hold keys, never bytes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting


class Recording(models.Model):
    """The upload of a meeting and its renditions in the store."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="recording")
    key = models.CharField(_("key"), max_length=255, unique=True)
    filename = models.CharField(_("file name"), max_length=255)
    bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    container = models.CharField(_("container"), max_length=50)
    tracks = models.JSONField(_("tracks"), default=list)
    duration = models.FloatField(_("duration in seconds"), null=True, blank=True)
    loudness = models.FloatField(_("loudness in dBFS"), null=True, blank=True)
    audio_key = models.CharField(_("audio for the models"), max_length=255, blank=True)
    rendition_key = models.CharField(_("audio for the player"), max_length=255, blank=True)
    peaks_key = models.CharField(_("waveform peaks"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    """When its objects went, while transcript and minutes stayed; its keys then name none."""

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [
            models.CheckConstraint(condition=models.Q(bytes__gt=0), name="recording_has_bytes")
        ]

    def __str__(self) -> str:
        return self.filename
