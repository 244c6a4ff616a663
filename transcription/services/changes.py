"""Changes of a finished transcript, made known to what rests on it and to the pages that show it.

Whoever changes words or speakers calls these in the same transaction, after the rows are written.
"""

from collections.abc import Collection

from meetings import events
from transcription.models import Segment, Speaker, Transcript, TranscriptEdit
from transcription.services import passages
from transcription.signals import segments_changed, segments_recut, speakers_changed

MOST_TOLD = 200
"""Segments that an event names; where more changed, pages take the whole anew."""

_SAID = {"text", "speaker_id", "is_dropped"}
_CUT = {"start", "end", "is_withdrawn"}


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


def edit_was_made(edit: TranscriptEdit) -> None:
    """Tell what rests on the transcript, then the pages."""
    touched = edit.after["segments"]
    cut = {int(pk) for pk, fields in touched.items() if _CUT & fields.keys()}
    said = {int(pk) for pk, fields in touched.items() if _SAID & fields.keys()}
    if touched:
        passages.outdate(edit.transcript)
    if cut:
        segments_recut.send(Transcript, transcript_id=edit.transcript_id, segment_ids=cut | said)
    if said - cut:
        segments_changed.send(Transcript, transcript_id=edit.transcript_id, segment_ids=said - cut)
    renamed = {
        int(pk): (edit.before["speakers"][pk]["name"], fields["name"])
        for pk, fields in edit.after["speakers"].items()
        if "name" in fields and "name" in edit.before["speakers"][pk]
    }
    if renamed:
        speakers_changed.send(
            Transcript,
            transcript_id=edit.transcript_id,
            speaker_ids=set(renamed),
            renamed=renamed,
            by=edit.by,
        )
    _tell(edit)


def _tell(edit: TranscriptEdit) -> None:
    """Let the pages that show the transcript take anew what was changed."""
    touched = [int(pk) for pk in edit.after["segments"]]
    voices = edit.after["speakers"]
    is_whole = len(touched) > MOST_TOLD or any(
        fields.keys() != {"name"} for fields in voices.values()
    )
    named = Speaker.everyone.filter(pk__in=[] if is_whole else voices).order_by("position")
    events.publish(
        edit.transcript.meeting_id,
        {
            "type": "edit",
            "id": str(edit.pk),
            "action": edit.action,
            "by": str(edit.by) if edit.by else "",
            "segment_ids": [] if is_whole else touched,
            "names": [{"number": s.position + 1, "name": s.name} for s in named],
            "whole": is_whole,
        },
    )
