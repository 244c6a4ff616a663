"""Who may reach segments and speakers: who sees the meeting reads, its editors change."""

from typing import Any

from django.http import Http404

from meetings.access import meeting_of
from meetings.errors import ReadOnlyMember
from meetings.models import Meeting
from transcription.models import (
    Bookmark,
    KnownVoice,
    Segment,
    Speaker,
    Transcript,
)


def segment_of(user: Any, pk: Any, *, to_change: bool = False) -> Segment:
    """The segment; Http404 out of sight, ReadOnlyMember for viewers."""
    visible = Segment.everything.filter(transcript__in=Transcript.objects.visible_to(user))
    segment = visible.select_related("transcript", "speaker").filter(pk=pk).first()
    if segment is None:
        raise Http404
    if to_change:
        _must_edit(user, segment.transcript)
    return segment


def speaker_of(user: Any, pk: Any, *, to_change: bool = False) -> Speaker:
    """The speaker; Http404 out of sight, ReadOnlyMember for viewers."""
    visible = Speaker.objects.filter(transcript__in=Transcript.objects.visible_to(user))
    speaker = visible.select_related("transcript").filter(pk=pk).first()
    if speaker is None:
        raise Http404
    if to_change:
        _must_edit(user, speaker.transcript)
    return speaker


def bookmark_of(user: Any, pk: Any) -> Bookmark:
    """The bookmark or comment; Http404 out of sight, as somebody else's bookmark is."""
    found = Bookmark.objects.visible_to(user).in_order().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def transcript_of(user: Any, meeting_id: Any, *, to_change: bool = False) -> Transcript:
    """The meeting's current transcript; Http404 before there is one, else as above."""
    meeting = meeting_of(user, meeting_id, to_change=to_change)
    transcript = Transcript.objects.current(meeting)
    if transcript is None:
        raise Http404
    return transcript


def voiced_speaker_of(user: Any, pk: Any) -> Speaker:
    """The speaker, for editors of the workspace, who alone are asked about known voices.

    Http404 out of sight, ReadOnlyMember for viewers, MembersOnly for who is let in alone.
    """
    speaker = speaker_of(user, pk)
    meeting_of(user, speaker.transcript.meeting_id, to_govern=True)
    return speaker


def known_voice_of(user: Any, pk: Any, *, to_change: bool = False) -> KnownVoice:
    """The known voice; Http404 out of sight, ReadOnlyMember for viewers."""
    voice = KnownVoice.objects.visible_to(user).listed().filter(pk=pk).first()
    if voice is None:
        raise Http404
    if to_change and not KnownVoice.objects.editable_by(user).filter(pk=pk).exists():
        raise ReadOnlyMember
    return voice


def _must_edit(user: Any, transcript: Transcript) -> None:
    if not Meeting.objects.editable_by(user).filter(pk=transcript.meeting_id).exists():
        raise ReadOnlyMember
