"""The items of a protocol: what was heard, who spoke and what was resolved, by where it was said.

Pure. Statements go to the item in whose stretch of the recording they rest; an item begins where
the first words are said that it shares with no other.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.exports.facts import Document, Facts

Statement = Mapping[str, Any]

_LONGEST_TITLE = 90  # characters


@dataclass
class Item:
    """An item of the agenda; ``start`` and ``end`` in seconds, None where it was not reached."""

    title: str
    topic: Statement | None = None
    start: float | None = None
    end: float | None = None
    reached: bool = True
    resolved: list[Statement] = field(default_factory=list)
    said: list[Statement] = field(default_factory=list)
    """Questions and figures of its stretch."""
    talk: dict[str, float] = field(default_factory=dict)
    """Seconds by speaker, in the order of their first words."""

    @property
    def is_silent(self) -> bool:
        """Whether nothing of the minutes or of the recording belongs here."""
        return not (self.topic or self.talk or self.resolved or self.said)


@dataclass(frozen=True)
class Course:
    """The items in order, and what was said outside of any."""

    items: list[Item]
    other: Item


def course(document: Document, facts: Facts) -> Course:
    """What the meeting did, item by item; without topics the meeting is one item."""
    statements = [s for part in document["sections"] for s in part["statements"]]
    items = _items([s for s in statements if s["kind"] == "topic"], facts)
    if not items:
        items = [Item(facts.title, start=0.0)]
    _set_ends(items, facts)
    found = Course(items, Item(""))
    for statement in statements:
        place = _place(statement, found)
        if statement["kind"] in {"decision", "action_item"}:
            place.resolved.append(statement)
        elif statement["kind"] in {"question", "figure"}:
            place.said.append(statement)
    for item in items:
        item.talk = _talk(item, facts)
    return found


def _items(topics: Sequence[Statement], facts: Facts) -> list[Item]:
    """Those of the agenda with the topics that are theirs, then topics beside it."""
    left = list(topics)
    items = []
    for number, title in enumerate(facts.agenda, 1):
        topic = next((t for t in left if _starts_with(t["text"], title)), None)
        if topic is not None:
            left.remove(topic)
        items.append(Item(title, topic, reached=topic is not None or _was_reached(number, facts)))
    items += [Item(_title(topic["text"]), topic) for topic in left]
    shared = _shared(topics)
    for item in items:
        if item.topic is not None:
            item.start = _start(item.topic, shared)
    return items


def _was_reached(number: int, facts: Facts) -> bool:
    return number not in facts.not_reached


def _starts_with(text: str, title: str) -> bool:
    return bool(_folded(title)) and _folded(text).startswith(_folded(title))


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def _title(text: str) -> str:
    """The first sentence of a topic, cut at a word where it is long."""
    first = re.split(r"(?<=[^\W\d])[.!?](?:\s|$)|:\s", text, maxsplit=1)[0].strip(" .")
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + "…"


def _shared(topics: Sequence[Statement]) -> set[tuple[Any, str]]:
    """Evidence that several topics cite: the announcement of the agenda, a summing up."""
    cited: dict[tuple[Any, str], int] = defaultdict(int)
    for topic in topics:
        for key in {_key(evidence) for evidence in _said(topic)}:
            cited[key] += 1
    return {key for key, count in cited.items() if count > 1}


def _said(statement: Statement) -> list[Mapping[str, Any]]:
    """The evidence that has its place in the recording; what is written has none."""
    return [e for e in statement["evidence"] if e["segment"] is not None]


def _key(evidence: Mapping[str, Any]) -> tuple[Any, str]:
    return evidence["segment"], evidence["quote"]


def _start(topic: Statement, shared: set[tuple[Any, str]]) -> float | None:
    own = [e["start"] for e in _said(topic) if _key(e) not in shared]
    return min(own or [e["start"] for e in _said(topic)], default=None)


def _set_ends(items: Sequence[Item], facts: Facts) -> None:
    """Each item lasts until the next one, in the order of the talk, begins."""
    last = max((turn.end for turn in facts.turns), default=facts.duration or 0.0)
    begun = sorted((i for i in items if i.start is not None), key=lambda i: i.start or 0.0)
    ends = [item.start or 0.0 for item in begun[1:]] + [last]
    for item, end in zip(begun, ends, strict=False):
        item.end = max(end, item.start or 0.0)


def _place(statement: Statement, found: Course) -> Item:
    """The item whose evidence the statement shares, else the one in which most of its own lies.

    Of several the last; where somebody was introduced outside of all items counts for none.
    """
    keys = {_key(evidence) for evidence in _said(statement)}
    shares = [
        item for item in found.items if item.topic and keys & set(map(_key, _said(item.topic)))
    ]
    if len(shares) == 1:
        return shares[0]
    votes: dict[int, int] = defaultdict(int)
    for evidence in sorted(_said(statement), key=lambda e: -e["start"]):
        at = _at(evidence["start"], found)
        if at is not None:
            votes[at] += 1
    return found.items[max(votes, key=lambda at: votes[at])] if votes else found.other


def _at(seconds: float, found: Course) -> int | None:
    """Which item is being discussed then."""
    begun = [
        (item.start, number)
        for number, item in enumerate(found.items)
        if item.start is not None and item.start <= seconds
    ]
    return max(begun)[1] if begun else None


def _talk(item: Item, facts: Facts) -> dict[str, float]:
    if item.start is None or item.end is None:
        return {}
    talk: dict[str, float] = {}
    for turn in facts.turns:
        within = min(turn.end, item.end) - max(turn.start, item.start)
        if turn.speaker and within > 0:
            talk[turn.speaker] = talk.get(turn.speaker, 0.0) + within
    return talk
