from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from transcription import signals


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Minutes")

    def ready(self) -> None:
        """Listen to what changes under the minutes."""
        from reports.services import (  # noqa: PLC0415  (models are loaded by now)
            recutting,
            renaming,
            staleness,
        )

        signals.segments_changed.connect(staleness.mark_for_segments, weak=False)
        signals.segments_recut.connect(recutting.reseat, weak=False)
        signals.speakers_changed.connect(renaming.rename, weak=False)
        signals.speakers_changed.connect(staleness.mark_for_speakers, weak=False)
