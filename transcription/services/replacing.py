"""Find and replace over a whole transcript: looked at first, then done in one edit."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from transcription import rewording
from transcription.models import Segment, Transcript, TranscriptEdit
from transcription.services import desk as desks


@dataclass(frozen=True)
class Wanted:
    """What is found: plain text, any white space for a space; what stands there instead."""

    find: str
    replace: str
    match_case: bool = False
    whole_words: bool = False


@dataclass(frozen=True)
class Hit:
    """A segment with its text as it was and as it would be; ``places`` is how often it is found."""

    segment: Segment
    before: str
    text: str
    places: int


def hits(transcript: Transcript, wanted: Wanted) -> list[Hit]:
    """Every segment that would change, in order; one that would be left without words is not."""
    return _found(transcript.segments.defer("words"), wanted)


def _found(segments: QuerySet[Segment], wanted: Wanted) -> list[Hit]:
    pattern = _pattern(wanted)
    rows = segments.order_by("start", "end", "pk")
    found = []
    for row in rows:
        text, places = pattern.subn(lambda _match: wanted.replace, row.text)
        text = rewording.tidy(text)
        if places and text and text != row.text:
            found.append(Hit(row, row.text, text, places))
    return found


@transaction.atomic
def replace(
    *, transcript: Transcript, by: User, wanted: Wanted, only: Collection[int] | None = None
) -> tuple[list[Hit], TranscriptEdit | None]:
    """Replace everywhere, or in the segments ``only``; what was changed, and the edit it made."""
    desk = desks.opened(transcript.pk, by)
    chosen = transcript.segments.all() if only is None else transcript.segments.filter(pk__in=only)
    done = _found(chosen, wanted)
    for hit in done:
        row = hit.segment
        words = rewording.reword(row.words, hit.text, start=row.start, end=row.end)
        desk.put(row, text=hit.text, words=words, flags=rewording.doubts(row.flags, words))
    return done, desk.keep(TranscriptEdit.Action.REPLACED)


def _pattern(wanted: Wanted) -> re.Pattern[str]:
    plain = r"\s+".join(re.escape(part) for part in wanted.find.split())
    if wanted.whole_words:
        plain = rf"(?<!\w){plain}(?!\w)"
    return re.compile(plain, 0 if wanted.match_case else re.IGNORECASE)
