"""The stage align: the words of all windows become the segments of the speakers."""

from meetings.pipeline import Claim, Commit
from transcription.models import Transcript
from transcription.services import passages, segments, transcripts


def align(claim: Claim) -> Commit:
    """Put the final segments in place of the provisional ones and call the transcript complete."""
    transcript = transcripts.of_claim(claim)
    if transcript.windows_planned is None:
        transcripts.inherit_windows(transcript)
    windows = list(transcript.windows.order_by("index"))

    def commit() -> None:
        transcript.segments(manager="everything").all().delete()
        written = segments.write(transcript, windows, provisional=False)
        claim.metrics["segments"] = len(written)
        Transcript.objects.filter(pk=transcript.pk).update(complete=True)
        passages.retire(transcript.meeting)
        passages.outdate(transcript)

    return commit
