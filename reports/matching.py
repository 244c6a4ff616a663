"""Which statement of one writing is which of another: by kind, place in the recording and words.

Pure. Used when a writer writes once more, so that a statement keeps its lineage.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.writers.words import normalized

ALIKE = 0.5
"""Shares of common time or common words from which on two statements are one."""


@dataclass(frozen=True)
class Said:
    """A statement by what makes it itself; ``spans``: its evidence, seconds."""

    kind: str
    text: str
    spans: tuple[tuple[float, float], ...]


def matches(old: Sequence[Said], new: Sequence[Said]) -> dict[int, int]:
    """Index of an old statement → index of the new one that it became, the surest pairs first."""
    old_words, new_words = _words(old), _words(new)
    pairs = []
    for i, one in enumerate(old):
        for k, other in enumerate(new):
            if one.kind == other.kind:
                words = _share(len(old_words[i] & new_words[k]), len(old_words[i] | new_words[k]))
                alike = max(words, common_time(one.spans, other.spans))
                if alike >= ALIKE:
                    pairs.append((-alike, -words, i, k))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _alike, _words_alike, i, k in sorted(pairs):
        if i not in found and k not in taken:
            found[i] = k
            taken.add(k)
    return found


def common_time(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    """The share 0..1 of the time of both that is in both."""
    both = sum(max(0.0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    total = sum(b - a for a, b in one) + sum(d - c for c, d in other)
    return _share(both, total - both)


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole > 0 else 0.0


def _words(statements: Sequence[Said]) -> list[set[str]]:
    return [set(normalized(s.text).split()) for s in statements]
