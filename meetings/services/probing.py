"""What a file is, within the limits that this instance sets."""

from pathlib import Path

from django.conf import settings

from meetings import media


def probe(path: Path) -> media.Probe:
    """Container, tracks and duration of the file at ``path``; media.UnreadableMedia."""
    return media.probe(
        path,
        longest=settings.RECORDING_MAX_SECONDS,
        most_tracks=settings.RECORDING_MAX_TRACKS,
    )
