from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from accounts import signals as accounts
from meetings import signals as meetings
from transcription import signals


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Minutes")

    def ready(self) -> None:
        """Listen to what changes under the minutes."""
        from reports.services import (  # noqa: PLC0415  (models are loaded by now)
            asking,
            going,
            recutting,
            renaming,
            staleness,
        )

        accounts.closing.connect(going.forget_person, weak=False)
        meetings.asked_what_goes.connect(going.parts, weak=False)
        meetings.asked_what_is_signed.connect(going.signed, weak=False)
        meetings.purging.connect(asking.forget_meeting, weak=False)
        meetings.purging.connect(going.wipe, weak=False)
        meetings.recording_going.connect(going.forget_exports, weak=False)
        pre_delete.connect(asking.forget_series, sender="meetings.Series", weak=False)
        pre_delete.connect(going.forget_export, sender="reports.Archive", weak=False)
        signals.segments_changed.connect(staleness.mark_for_segments, weak=False)
        signals.segments_recut.connect(recutting.reseat, weak=False)
        signals.speakers_changed.connect(renaming.rename, weak=False)
        signals.speakers_changed.connect(staleness.mark_for_speakers, weak=False)
