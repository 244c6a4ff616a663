"""Transcripts as the API, the socket and the exports show them."""

from typing import Any

from transcription.models import Segment, Speaker, Transcript, TranscriptEdit


def transcript_document(transcript: Transcript, most: int | None = None) -> dict[str, Any]:
    """The whole transcript; partial while ``complete`` is false. Times are seconds.

    With ``most``, no more than so many segments from its beginning.
    """
    speakers = list(transcript.speakers.all())
    by_id = {speaker.pk: speaker for speaker in speakers}
    segments = transcript.segments.order_by("start", "end", "pk")[:most]
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


def held_segment_document(segment: Segment, speaker: Speaker | None) -> dict[str, Any]:
    """A segment alone, as those see it who edit it."""
    return {
        **segment_document(segment, speaker),
        "transcript": segment.transcript_id,
        "revision": segment.revision,
        "dropped": segment.is_dropped,
    }


def edit_document(edit: TranscriptEdit) -> dict[str, Any]:
    """An entry of the history; of a single segment's words also how they read before and after."""
    touched = edit.after["segments"]
    texts = [
        (edit.before["segments"][pk]["text"], fields["text"])
        for pk, fields in touched.items()
        if "text" in fields and "text" in edit.before["segments"][pk]
    ]
    alone = texts[0] if len(texts) == 1 else (None, None)
    return {
        "id": edit.pk,
        "number": edit.number,
        "action": edit.action,
        "by": str(edit.by) if edit.by else None,
        "at": edit.at,
        "of": edit.of_id,
        "segments": [int(pk) for pk in touched],
        "speakers": [int(pk) for pk in edit.after["speakers"]],
        "text_before": alone[0],
        "text_after": alone[1],
    }
