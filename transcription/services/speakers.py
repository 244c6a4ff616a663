"""What people do to the voices of a finished transcript: name them, make two of them one."""

from django.db import transaction

from accounts.models import User
from transcription import rewording
from transcription.errors import NothingToMerge, UnknownSpeaker
from transcription.models import Segment, Speaker, TranscriptEdit
from transcription.services import desk as desks

Action = TranscriptEdit.Action


@transaction.atomic
def rename(*, speaker: Speaker, by: User, name: str) -> Speaker:
    """Call a voice ``name`` everywhere; an empty one gives the number back."""
    desk = desks.opened(speaker.transcript_id, by)
    row = desk.speaker(speaker.label)
    desk.put(row, name=rewording.tidy(name))
    desk.keep(Action.RENAMED)
    return row


@transaction.atomic
def merge(*, speaker: Speaker, into: Speaker, by: User) -> Speaker:
    """Let ``into`` say all that ``speaker`` said; the other voice is gone from the transcript.

    UnknownSpeaker where they are of two transcripts, NothingToMerge where they are the same.
    """
    desk = desks.opened(speaker.transcript_id, by)
    if into.transcript_id != speaker.transcript_id:
        raise UnknownSpeaker
    gone, heir = desk.speaker(speaker.label), desk.speaker(into.label)
    if gone.pk == heir.pk:
        raise NothingToMerge
    for segment in Segment.everything.filter(transcript=desk.transcript, speaker=gone):
        desk.put(segment, speaker_id=heir.pk)
    for earlier in Speaker.everyone.filter(merged_into=gone):
        desk.put(earlier, merged_into_id=heir.pk)
    desk.put(gone, is_withdrawn=True, merged_into_id=heir.pk)
    desk.keep(Action.SPEAKERS_MERGED)
    return heir
