"""Sentences near to what a section is called and asks for, by the words that they share. Pure."""

import math
from collections import Counter

from reports.writers.findings import Finding, overlap
from reports.writers.outlines.outline import Part
from reports.writers.points.talk import Talk, is_fit
from reports.writers.words import content_stems, fold

_STEM_LETTERS = 5
_MOST = 12
_LEAST_SHARE = 0.4
_TOO_ALIKE = 0.7


def near_words(talk: Talk) -> list[Finding]:
    """The sentences that share the rarest words with what is ``wanted``, in their order.

    Words count as much as they are rare in the talk; nothing is taken that shares less than two
    fifths of what the nearest sentence shares.
    """
    wanted = marks(talk.wanted)
    said = [(s, marks(s.text)) for s in talk.said]
    spread = Counter(mark for _s, own in said for mark in own)
    rare = {m: math.log((1 + len(said)) / spread[m]) for m in wanted if spread[m]}
    worth = {s.index: sum(rare.get(m, 0.0) for m in own) for s, own in said if is_fit(s)}
    least = _LEAST_SHARE * max(worth.values(), default=0.0)
    near = [s for s, _own in said if worth.get(s.index, 0.0) > 0 and worth[s.index] >= least]
    chosen: list[Finding] = []
    for sentence in sorted(near, key=lambda s: (-worth[s.index], s.index)):
        point = talk.point([sentence])
        known = any(overlap(point.features, other.features) >= _TOO_ALIKE for other in chosen)
        if not known and len(chosen) < _MOST:
            chosen.append(point)
    return sorted(chosen, key=lambda f: f.main.index)


def wanted_by(part: Part) -> str:
    """What a section is called and asks for, in all its languages."""
    return " ".join([*part.titles.values(), *part.prompts.values()])


def marks(text: str) -> frozenset[str]:
    """Beginnings of the stems by which texts are compared."""
    return frozenset(fold(stem)[:_STEM_LETTERS] for stem in content_stems(text))
