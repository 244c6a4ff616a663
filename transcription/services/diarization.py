"""The stage diarize: who speaks when."""

from meetings import storage
from meetings.media.waveform import read_waveform
from meetings.models import Meeting
from meetings.pipeline import Claim, Commit
from transcription import registry
from transcription.services import transcripts


def diarize(claim: Claim) -> Commit:
    """Store the turns and speakers of the meeting, and a voice's embedding for each."""
    meeting = Meeting.objects.select_related("recording").get(pk=claim.meeting_id)
    with storage.local_copy(meeting.recording.audio_key) as flac:
        audio = read_waveform(flac)
    diarizer = registry.diarizer()
    found = diarizer.diarize(
        audio,
        speakers=claim.options.get("speakers") or meeting.speakers_expected,
        progress=claim.report,
    )
    claim.metrics.update(
        engine=diarizer.name,
        model=diarizer.model,
        turns=len(found.turns),
        speakers=len({turn.speaker for turn in found.turns}),
    )

    def commit() -> None:
        transcripts.replace_diarization(
            transcripts.of_claim(claim), found, f"{diarizer.name} {diarizer.model}"
        )

    return commit
