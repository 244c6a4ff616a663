"""One uploaded object and what convert made of it. Rows hold keys, never bytes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting


class Recording(models.Model):
    """The upload of a meeting and its renditions in the store.

    Of a file that went to S3 past this server, ``container`` and ``tracks`` are empty until a
    worker has looked at it, and ``sha256`` is what the sender said. ``fingerprint``: see
    ``meetings.fingerprints``.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="recording")
    key = models.CharField(_("key"), max_length=255, unique=True)
    filename = models.CharField(_("file name"), max_length=255)
    bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, db_index=True, blank=True)
    container = models.CharField(_("container"), max_length=50, blank=True)
    tracks = models.JSONField(_("tracks"), default=list)
    duration = models.FloatField(_("duration in seconds"), null=True, blank=True)
    loudness = models.FloatField(_("loudness in dBFS"), null=True, blank=True)
    audio_key = models.CharField(_("audio for the models"), max_length=255, blank=True)
    rendition_key = models.CharField(_("audio for the player"), max_length=255, blank=True)
    peaks_key = models.CharField(_("waveform peaks"), max_length=255, blank=True)
    derived_bytes = models.BigIntegerField(
        _("size of what was made of it"), default=0, db_default=0
    )
    """Bytes of the audio for the models and for the player; 0 until they are made."""
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
