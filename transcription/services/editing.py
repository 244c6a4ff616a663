"""What people do to the segments of a finished transcript: reword, split, merge, drop.

Each is one edit of the history and can be undone. Two people never overwrite each other: who
names the state that they have read (``etag``) is told when it is another now.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from transcription import rewording
from transcription.documents import held_segment_document
from transcription.errors import (
    NothingInRange,
    NothingToMerge,
    NothingToSplit,
    PreconditionFailed,
)
from transcription.models import Segment, Speaker, Transcript, TranscriptEdit
from transcription.services import desk as desks
from transcription.services.desk import Desk

Action = TranscriptEdit.Action


@dataclass(frozen=True)
class Voice:
    """Who says something: a ``label``, nobody known (None), or somebody new with a ``name``."""

    label: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Wanted:
    """What becomes of a segment; what is None stays."""

    text: str | None = None
    voice: Voice | None = None
    is_confirmed: bool | None = None
    """True: the words are right as they stand, no doubt is left."""
    is_dropped: bool | None = None


@transaction.atomic
def change(*, segment: Segment, by: User, wanted: Wanted, etag: str = "") -> Segment:
    """The segment with new words or speaker, confirmed, dropped or brought back.

    PreconditionFailed where ``etag`` is not of its present state.
    """
    desk = desks.opened(segment.transcript_id, by)
    row = _present(desk, segment, etag)
    if wanted.text is not None:
        _reword(desk, row, wanted.text)
    if wanted.voice is not None:
        desk.put(row, speaker_id=speaker_of(desk, wanted.voice))
    if wanted.is_confirmed:
        desk.put(row, words=rewording.confirmed(row.words), flags=[])
    if wanted.is_dropped is not None:
        desk.put(row, is_dropped=wanted.is_dropped)
    desk.keep(_action(wanted))
    return row


@transaction.atomic
def split(*, segment: Segment, by: User, at: int, etag: str = "") -> tuple[Segment, Segment]:
    """Two segments, the second from the character ``at`` of the text, with the times of its words.

    NothingToSplit where either would have no words.
    """
    desk = desks.opened(segment.transcript_id, by)
    row = _present(desk, segment, etag)
    words = row.words or rewording.reword([], row.text, start=row.start, end=row.end)
    before, behind = rewording.cut(words, row.text, at)
    texts = rewording.tidy(row.text[:at]), rewording.tidy(row.text[at:])
    if not before or not behind or not all(texts):
        raise NothingToSplit
    second = desk.add_segment(
        speaker_id=row.speaker_id,
        start=behind[0]["start"],
        end=max(row.end, behind[0]["start"]),
        text=texts[1],
        words=behind,
        language=row.language,
        flags=rewording.doubts(row.flags, behind),
        is_dropped=row.is_dropped,
    )
    desk.put(
        row,
        text=texts[0],
        words=before,
        end=min(row.end, max(row.start, before[-1]["end"])),
        flags=rewording.doubts(row.flags, before),
    )
    desk.keep(Action.SPLIT)
    return row, second


@transaction.atomic
def merge(*, segment: Segment, by: User, etag: str = "") -> Segment:
    """The segment with the words of the next one behind its own; its speaker stays.

    NothingToMerge where no segment follows.
    """
    desk = desks.opened(segment.transcript_id, by)
    row = _present(desk, segment, etag)
    following = _next(row)
    if row.is_dropped or following is None:
        raise NothingToMerge
    words = [
        word
        for part in (row, following)
        for word in part.words or rewording.reword([], part.text, start=part.start, end=part.end)
    ]
    desk.put(
        row,
        text=f"{row.text} {following.text}".strip(),
        words=words,
        end=max(row.end, following.end),
        flags=[*row.flags, *(flag for flag in following.flags if flag not in row.flags)],
    )
    desk.put(following, is_withdrawn=True)
    desk.keep(Action.MERGED)
    return row


@transaction.atomic
def reassign(*, first: Segment, last: Segment, by: User, voice: Voice) -> int:
    """Let ``voice`` say everything from ``first`` to ``last`` in either order; how many changed."""
    desk = desks.opened(first.transcript_id, by)
    ends = sorted([desk.segment(first.pk), desk.segment(last.pk)], key=_place)
    speaker = speaker_of(desk, voice)
    rows = Segment.objects.filter(
        transcript=desk.transcript, start__gte=ends[0].start, start__lte=ends[1].start
    )
    for row in rows:
        if _place(ends[0]) <= _place(row) <= _place(ends[1]):
            desk.put(row, speaker_id=speaker)
    desk.keep(Action.SPEAKER)
    return len(desk.segments)


@transaction.atomic
def reassign_between(
    *, transcript: Transcript, by: User, start: float, end: float, voice: Voice
) -> int:
    """Let ``voice`` say what lies between two times, seconds; how many segments changed.

    A segment lies there when at least half of it does. NothingInRange where none does.
    """
    desk = desks.opened(transcript.pk, by)
    near = Segment.objects.filter(transcript=desk.transcript, start__lt=end, end__gt=start)
    inside = [row for row in near if _inside(row, start, end) >= (row.end - row.start) / 2]
    if not inside:
        raise NothingInRange
    speaker = speaker_of(desk, voice)
    for row in inside:
        desk.put(row, speaker_id=speaker)
    desk.keep(Action.SPEAKER)
    return len(desk.segments)


def _inside(row: Segment, start: float, end: float) -> float:
    """Seconds of the segment between the two times."""
    return min(row.end, end) - max(row.start, start)


def speaker_of(desk: Desk, voice: Voice) -> int | None:
    """The speaker's id; somebody new is added. UnknownSpeaker where the label is nobody's."""
    if voice.name is not None:
        return desk.add_speaker(rewording.tidy(voice.name)).pk
    return desk.speaker(voice.label).pk if voice.label else None


def _reword(desk: Desk, row: Segment, text: str) -> None:
    text = rewording.tidy(text)
    if text == row.text:
        return
    words = rewording.reword(row.words, text, start=row.start, end=row.end)
    desk.put(row, text=text, words=words, flags=rewording.doubts(row.flags, words))


def _present(desk: Desk, segment: Segment, etag: str) -> Segment:
    """As it is now, under the lock of its transcript."""
    row = desk.segment(segment.pk)
    if etag not in ("", "*", row.etag):
        speaker = Speaker.objects.filter(pk=row.speaker_id or 0).first()
        raise PreconditionFailed(held_segment_document(row, speaker), row.etag)
    return row


def _place(row: Segment) -> tuple[float, float, int]:
    return row.start, row.end, row.pk


def _next(row: Segment) -> Segment | None:
    """The segment that follows in the order of the transcript."""
    later = Segment.objects.filter(transcript=row.transcript_id, start__gte=row.start)
    in_order = later.exclude(pk=row.pk).order_by(F("start"), F("end"), F("pk"))
    return next((other for other in in_order[:50] if _place(other) > _place(row)), None)


def _action(wanted: Wanted) -> Any:
    if wanted.text is not None:
        return Action.TEXT
    if wanted.voice is not None:
        return Action.SPEAKER
    if wanted.is_dropped is not None:
        return Action.DROPPED if wanted.is_dropped else Action.BROUGHT_BACK
    return Action.KEPT
