"""The stage convert: a foreign file becomes audio for the models, audio for the player, peaks."""

from pathlib import Path

from django.conf import settings

from meetings import media, storage
from meetings.media import convert as converter
from meetings.models import Recording
from meetings.pipeline import Claim, Commit
from meetings.scratch import scratch
from meetings.services import ingest, probing


def convert(claim: Claim) -> Commit:
    """Store 16 kHz mono FLAC, the rendition and the peaks under keys of this attempt."""
    recording = Recording.objects.get(meeting__pk=claim.meeting_id)

    def key(name: str) -> str:
        return storage.output_key(claim.meeting_id, "convert", claim.token, name)

    with (
        storage.local_copy(recording.key, check=claim.check) as original,
        scratch() as folder,
    ):
        flac, rendition = folder / "audio.flac", folder / "player.m4a"
        sha256 = _sha256_of(recording, original)
        probe = probing.probe(original)
        heard = converter.convert(
            original,
            probe,
            flac=flac,
            rendition=rendition,
            progress=lambda share: claim.report(0.95 * share),
            longest=settings.RECORDING_MAX_SECONDS,
        )
        storage.put_file(key("audio.flac"), flac, check=claim.check)
        storage.put_file(key("player.m4a"), rendition, check=claim.check)
        storage.put_json(key("peaks.json"), heard.as_json())
        claim.metrics["rendition_bytes"] = rendition.stat().st_size
        derived = flac.stat().st_size + rendition.stat().st_size

    def commit() -> None:
        Recording.objects.filter(pk=recording.pk).update(
            sha256=sha256,
            container=probe.container,
            tracks=probing.facts(probe)["tracks"],
            duration=heard.duration,
            loudness=heard.loudness,
            derived_bytes=derived,
            audio_key=key("audio.flac"),
            rendition_key=key("player.m4a"),
            peaks_key=key("peaks.json"),
        )

    return commit


def _sha256_of(recording: Recording, original: Path) -> str:
    """The recording's SHA-256; of a file that came past the web process it is found here.

    UnreadableMedia where another one was announced.
    """
    if recording.container:
        return recording.sha256
    found = ingest.sha256_of(original)
    if recording.sha256 not in ("", found):
        raise media.UnreadableMedia("checksum_mismatch")
    return found
