"""Which action items of new minutes are the ones that are known already. Pure.

A new version words an item anew, so neither its row nor its text tells: the lineage of the
statement does where there is one, else the same words, else the same matter said at the same place.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from reports.writers.findings import features, overlap
from reports.writers.names import same_first_name
from reports.writers.words import fold, normalized

_ALIKE = 0.75
_ALIKE_AT_ONE_PLACE = 0.5


@dataclass(frozen=True)
class Described:
    """An action item as far as it tells it from another; ``segments`` are what it rests on."""

    text: str
    assignee: str = ""
    lineage: Hashable | None = None
    segments: frozenset[int] = frozenset()


def match(new: Sequence[Described], known: Sequence[Described]) -> dict[int, int]:
    """Position in ``new`` → position in ``known``, each at most once; surest pairs first."""
    found: dict[int, int] = {}
    for certain in (_same_lineage, _same_words):
        _pair(new, known, found, certain)
    alike = [
        (-share, n, k)
        for n, one in enumerate(new)
        for k, other in enumerate(known)
        if n not in found and (share := _likeness(one, other))
    ]
    for _share, n, k in sorted(alike):
        if n not in found and k not in found.values():
            found[n] = k
    return found


def _pair(
    new: Sequence[Described],
    known: Sequence[Described],
    found: dict[int, int],
    is_same: Callable[[Described, Described], bool],
) -> None:
    for n, one in enumerate(new):
        free = (k for k in range(len(known)) if k not in found.values())
        k = None if n in found else next((k for k in free if is_same(one, known[k])), None)
        if k is not None:
            found[n] = k


def _same_lineage(one: Described, other: Described) -> bool:
    return one.lineage is not None and one.lineage == other.lineage


def _same_words(one: Described, other: Described) -> bool:
    return normalized(one.text) == normalized(other.text) and _may_be_one(one, other)


def _likeness(one: Described, other: Described) -> float:
    """How much two items share, 0…1; nothing where they are too little alike to be one."""
    if not _may_be_one(one, other):
        return 0.0
    share = overlap(features(one.text), features(other.text))
    least = _ALIKE_AT_ONE_PLACE if one.segments & other.segments else _ALIKE
    return share if share >= least else 0.0


def _may_be_one(one: Described, other: Described) -> bool:
    """Whether nothing says that they are charged to different people."""
    first, second = fold(one.assignee).split(), fold(other.assignee).split()
    if not first or not second or first == second:
        return True
    return same_first_name(one.assignee.split()[0], other.assignee.split()[0])
