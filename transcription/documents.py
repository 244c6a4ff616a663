"""Transcripts as the API, the socket and the exports show them."""

from typing import Any

from transcription.models import Segment, Speaker, Transcript


def transcript_document(transcript: Transcript) -> dict[str, Any]:
    """The whole transcript; partial while ``complete`` is false. Times are seconds."""
    speakers = list(transcript.speakers.all())
    by_id = {speaker.pk: speaker for speaker in speakers}
    segments = transcript.segments.order_by("start", "end", "pk")
    return {
        "meeting": str(transcript.meeting_id),
        "language": transcript.language,
        "engine": transcript.engine,
        "model": transcript.model,
        "diarizer": transcript.diarizer,
        "duration": transcript.duration,
        "complete": transcript.complete,
        "speakers": [speaker_document(speaker) for speaker in speakers],
        "segments": [
            segment_document(segment, by_id.get(segment.speaker_id or 0)) for segment in segments
        ],
    }


def speaker_document(speaker: Speaker) -> dict[str, Any]:
    """A speaker: ``label`` is stable within the transcript, ``name`` is what people see."""
    return {
        "id": speaker.pk,
        "label": speaker.label,
        "name": speaker.display_name,
        "position": speaker.position,
    }


def segment_document(segment: Segment, speaker: Speaker | None) -> dict[str, Any]:
    """A segment with its words; ``speaker`` is the label."""
    return {
        "id": segment.pk,
        "start": segment.start,
        "end": segment.end,
        "speaker": speaker.label if speaker else None,
        "text": segment.text,
        "language": segment.language,
        "words": segment.words,
        "flags": segment.flags,
    }
