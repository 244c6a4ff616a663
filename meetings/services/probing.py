"""What a file is, within the limits that this instance sets."""

from pathlib import Path
from typing import Any

from django.conf import settings

from meetings import media


def probe(path: Path, *, at_once: bool = False) -> media.Probe:
    """Container, tracks and duration of the file at ``path``; media.UnreadableMedia.

    ``at_once`` where a request waits for it.
    """
    return media.probe(
        path,
        longest=settings.RECORDING_MAX_SECONDS,
        most_tracks=settings.RECORDING_MAX_TRACKS,
        at_once=at_once,
    )


def facts(probe: media.Probe) -> dict[str, Any]:
    """What was found, as fields of a recording."""
    return {
        "container": probe.container,
        "duration": probe.duration,
        "tracks": [_track(track) for track in probe.tracks],
    }


def _track(track: media.Track) -> dict[str, Any]:
    return {
        "index": track.index,
        "kind": track.kind,
        "codec": track.codec,
        "channels": track.channels,
        "sample_rate": track.sample_rate,
        "language": track.language,
        "title": track.title,
    }
