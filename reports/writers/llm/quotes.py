"""Quotes of a model led back to what was said: verbatim words of the segment, or left as they are.

Pure. Models copy almost rightly: they mend an ending, drop a filler, name the line beside. The
nearest words of the segment are taken if they are near enough; a quote that is near nothing stays
as it was given, and the grounding checker calls its statement unverified.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from reports.writers.base import Evidence, Segment
from reports.writers.sentences import excerpt
from reports.writers.words import Token, normalized, tokens

NEAR_ENOUGH = 0.6
"""Share of the quote's words and the segment's that are the same, in order."""
_NEIGHBOURS = (0, -1, 1, -2, 2)


def evidence(quote: str, place: int, segments: Sequence[Segment]) -> Evidence:
    """Evidence for ``quote``, said to stand in ``segments[place]`` or beside it."""
    wanted = [t.folded for t in tokens(quote)]
    for offset in _NEIGHBOURS:
        if 0 <= place + offset < len(segments):
            span = _verbatim(wanted, segments[place + offset].text)
            if span:
                return excerpt(segments[place + offset], *span)
    segment = segments[place]
    nearest = _nearest(wanted, segment.text)
    if nearest:
        return excerpt(segment, *nearest)
    return Evidence(segment.id, segment.start, segment.end, quote)


def _verbatim(wanted: Sequence[str], text: str) -> tuple[int, int] | None:
    if not wanted or f" {' '.join(wanted)} " not in f" {normalized(text)} ":
        return None
    said = tokens(text)
    for first in range(len(said) - len(wanted) + 1):
        if [t.folded for t in said[first : first + len(wanted)]] == list(wanted):
            return _span(said[first : first + len(wanted)])
    return None


def _nearest(wanted: Sequence[str], text: str) -> tuple[int, int] | None:
    """The stretch of ``text`` from the first to the last word that it shares with the quote."""
    said = tokens(text)
    matcher = SequenceMatcher(None, list(wanted), [t.folded for t in said], autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    same = sum(b.size for b in blocks)
    if not blocks or same < 2:
        return None
    stretch = said[blocks[0].b : blocks[-1].b + blocks[-1].size]
    share = min(same / len(wanted), 2 * same / (len(wanted) + len(stretch)))
    return _span(stretch) if share >= NEAR_ENOUGH else None


def _span(stretch: Sequence[Token]) -> tuple[int, int]:
    return stretch[0].begin, stretch[-1].end
