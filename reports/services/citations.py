"""Evidence that people pick: spans of the transcript, and words of attachments."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from meetings.models import AttachmentPage
from meetings.reading.quoting import place_of
from reports.errors import NotOnThePage, UnknownPage, UnknownSegment
from reports.writers.base import Evidence
from transcription.models import Segment, Transcript


@dataclass(frozen=True)
class Span:
    """A stretch of a segment, seconds; without times the whole of it."""

    segment: int
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class WrittenSpan:
    """Words of a page of an attachment."""

    attachment: UUID
    page: int
    quote: str


AnySpan = Span | WrittenSpan


def cite(
    transcript: Transcript, spans: Sequence[AnySpan], *, kept: Iterable[Evidence] = ()
) -> tuple[Evidence, ...]:
    """The words at ``spans``, each once; UnknownSegment where one is of another transcript.

    A span that is one of ``kept`` stays as it was quoted. A word is in a span that holds its
    middle; a span that holds no word is quoted with its whole segment. What is written is quoted
    as it stands there: UnknownPage where the meeting has no such page, NotOnThePage where the page
    has no such words.
    """
    known = {(e.segment, e.start, e.end): e for e in kept}
    wanted = {span.segment for span in spans if isinstance(span, Span)}
    segments = {s.pk: s for s in transcript.segments.filter(pk__in=wanted)}
    if wanted - segments.keys():
        raise UnknownSegment
    pages = _pages(transcript, [span for span in spans if isinstance(span, WrittenSpan)])
    found = [
        written(pages[span.attachment, span.page], span.quote)
        if isinstance(span, WrittenSpan)
        else known.get((span.segment, span.start or 0.0, span.end or 0.0))
        or quoted(segments[span.segment], span.start, span.end)
        for span in spans
    ]
    return tuple(dict.fromkeys(found))


def _pages(
    transcript: Transcript, spans: Sequence[WrittenSpan]
) -> dict[tuple[UUID, int], AttachmentPage]:
    """The pages by attachment and number; UnknownPage where one is not the meeting's."""
    wanted = {(span.attachment, span.page) for span in spans}
    if not wanted:
        return {}
    found = AttachmentPage.objects.filter(
        attachment__meeting=transcript.meeting_id,
        attachment__in={attachment for attachment, _page in wanted},
        number__in={page for _attachment, page in wanted},
    )
    pages = {(page.attachment_id, page.number): page for page in found}
    if wanted - pages.keys():
        raise UnknownPage
    return pages


def written(page: AttachmentPage, quote: str) -> Evidence:
    """The words of ``page`` that ``quote`` names, as they stand there; NotOnThePage otherwise."""
    place = place_of(quote, page.text)
    if place is None:
        raise NotOnThePage
    return Evidence.written(page.pk, page.text[slice(*place)])


def quoted(segment: Segment, start: float | None, end: float | None) -> Evidence:
    """The words of ``segment`` from ``start`` to ``end``, seconds, with their own times."""
    words = _within(segment.words, start, end)
    if not words or len(words) == len(segment.words):
        return Evidence(segment.pk, segment.start, segment.end, segment.text)
    text = " ".join(word["text"] for word in words)
    return Evidence(segment.pk, words[0]["start"], words[-1]["end"], text)


def _within(
    words: Collection[dict[str, Any]], start: float | None, end: float | None
) -> list[dict[str, Any]]:
    low = float("-inf") if start is None else start
    high = float("inf") if end is None else end
    return [w for w in words if low <= (w["start"] + w["end"]) / 2 <= high]
