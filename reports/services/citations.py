"""Evidence that people pick: spans of the transcript, quoted by the server."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.errors import UnknownSegment
from reports.writers.base import Evidence
from transcription.models import Segment, Transcript


@dataclass(frozen=True)
class Span:
    """A stretch of a segment, seconds; without times the whole of it."""

    segment: int
    start: float | None = None
    end: float | None = None


def cite(
    transcript: Transcript, spans: Sequence[Span], *, kept: Iterable[Evidence] = ()
) -> tuple[Evidence, ...]:
    """The words at ``spans``, each once; UnknownSegment where one is of another transcript.

    A span that is one of ``kept`` stays as it was quoted. A word is in a span that holds its
    middle; a span that holds no word is quoted with its whole segment.
    """
    known = {(e.segment, e.start, e.end): e for e in kept}
    wanted = {span.segment for span in spans}
    segments = {s.pk: s for s in transcript.segments.filter(pk__in=wanted)}
    if wanted - segments.keys():
        raise UnknownSegment
    found = [
        known.get((span.segment, span.start or 0.0, span.end or 0.0))
        or quoted(segments[span.segment], span.start, span.end)
        for span in spans
    ]
    return tuple(dict.fromkeys(found))


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
