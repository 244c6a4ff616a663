"""Changes of a finished transcript, made known to what rests on it.

Whoever changes words or speakers calls these in the same transaction, after the rows are written.
"""

from collections.abc import Collection

from transcription.models import Segment, Speaker, Transcript
from transcription.signals import segments_changed, speakers_changed


def segments_were_changed(*, transcript: Transcript, segments: Collection[Segment]) -> None:
    """The text or the speaker of ``segments`` is another now."""
    segments_changed.send(
        Transcript, transcript_id=transcript.pk, segment_ids={s.pk for s in segments}
    )


def speakers_were_changed(*, transcript: Transcript, speakers: Collection[Speaker]) -> None:
    """The names of ``speakers`` are others now."""
    speakers_changed.send(
        Transcript, transcript_id=transcript.pk, speaker_ids={s.pk for s in speakers}
    )
