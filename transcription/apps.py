from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts import signals as accounts
from meetings import signals as meetings


class TranscriptionConfig(AppConfig):
    name = "transcription"
    verbose_name = _("Transcripts")

    def ready(self) -> None:
        """Listen to what happens to meetings."""
        from transcription.services import bookmarking, going  # noqa: PLC0415  (models are loaded by now)

        accounts.closing.connect(bookmarking.forget_person, weak=False)
        meetings.asked_what_goes.connect(going.parts, weak=False)
        meetings.purging.connect(going.hold, weak=False)
        meetings.purging.connect(going.wipe, weak=False)
        meetings.purging.connect(going.forget_samples, weak=False)
        meetings.recording_going.connect(going.forget_voices, weak=False)
        meetings.meeting_moved.connect(going.forget_samples, weak=False)
