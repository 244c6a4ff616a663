"""An outline as a graph of work: what is read together, what is written of what. Pure.

Sections that say no more than their kind are read together, one call a stretch; a section with a
task of its own is read by itself. Work begins as soon as what it rests on is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.writers.llm.answers import NAMES
from reports.writers.outlines.outline import SECTIONS, TALK, Outline, Part

TOGETHER = ""
"""Key of the work that reads several sections at once."""
MERGED = ("decision", "action_item", "question")
"""Kinds that are joined by the model where several stretches found some."""


@dataclass(frozen=True)
class Node:
    """A piece of work; ``after`` are the keys of those that must be done before."""

    key: str
    parts: tuple[Part, ...]
    after: tuple[str, ...] = ()

    @property
    def reads(self) -> bool:
        """Whether it reads the talk; else it is written of what other sections hold."""
        return self.parts[0].context != SECTIONS

    @property
    def is_together(self) -> bool:
        """Whether it holds sections without a task of their own."""
        return self.key == TOGETHER

    @property
    def merged(self) -> tuple[Part, ...]:
        """Sections whose statements are joined where several stretches brought some."""
        return tuple(part for part in self.parts if part.kind in MERGED)


def nodes(outline: Outline) -> tuple[Node, ...]:
    """All work of ``outline``, each piece behind what it rests on; none for no sections."""
    plain = list(_plain(outline.parts))
    home = {p.key: TOGETHER if p in plain else p.key for p in outline.parts}
    made = [Node(TOGETHER, tuple(plain))] if plain else []
    made += [
        Node(part.key, (part,), tuple(dict.fromkeys(home[key] for key in part.depends_on)))
        for part in outline.parts
        if part not in plain
    ]
    return tuple(_in_order(made))


def _plain(parts: Sequence[Part]) -> Iterator[Part]:
    """The first section of each kind that is read from the talk alone, without a task."""
    seen: set[str] = set()
    for part in parts:
        own = part.prompts or part.depends_on or part.context != TALK
        if part.kind in NAMES and not own and part.kind not in seen:
            seen.add(part.kind)
            yield part


def _in_order(made: Sequence[Node]) -> Iterator[Node]:
    left, done = list(made), set[str]()
    while left:
        ready = [node for node in left if done.issuperset(node.after)]
        if not ready:
            raise ValueError("Sections depend on one another in a circle.")
        yield from ready
        done.update(node.key for node in ready)
        left = [node for node in left if node not in ready]
