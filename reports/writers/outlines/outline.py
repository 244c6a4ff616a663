"""An outline of minutes: its sections as a graph. Pure.

A template of a workspace and those that are shipped both come to the writers as an ``Outline``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

POINT = "point"
"""The kind of statements that are none of the others: points and prose of any matter."""
KINDS = ("summary", "topic", "decision", "action_item", "question", "figure", POINT)
TALK, EARLIER, SECTIONS = "talk", "earlier", "sections"
CONTEXTS = (TALK, EARLIER, SECTIONS)
"""What a section is written from: the talk, the talk beside the minutes of the meeting before in
the series, or what the sections that it depends on hold. A further kind of source is one more name
here and one more way of reading in ``llm.composing``.
"""
LAYOUTS = ("minutes", "protocol")
RULES = (
    "words",
    "key_points",
    "answers",
    "definitions",
    "assignments",
    "done",
    "plans",
    "blockers",
    "feedback",
)
"""How points are found without a language model; see ``writers.points``."""


@dataclass(frozen=True)
class Part:
    """A section of an outline; ``titles`` and ``prompts`` by language (ISO 639-1)."""

    key: str
    kind: str
    titles: Mapping[str, str]
    prompts: Mapping[str, str] = field(default_factory=dict)
    """What a language model is told to put here; empty: what the kind says by itself."""
    context: str = TALK
    depends_on: tuple[str, ...] = ()
    rule: str = "words"
    """Which sentences are points where there is no language model; only for points."""

    def title(self, language: str) -> str:
        """The heading in ``language``, else in one that there is."""
        return of_language(self.titles, language)

    def prompt(self, language: str) -> str:
        """The task in ``language``, else in one that there is; empty where there is none."""
        return of_language(self.prompts, language)


@dataclass(frozen=True)
class Outline:
    """``key``: of a shipped one its word, of a workspace's own its id."""

    key: str
    names: Mapping[str, str]
    parts: tuple[Part, ...]
    layout: str = "minutes"

    def name(self, language: str) -> str:
        """What people call it in ``language``."""
        return of_language(self.names, language)

    def part(self, key: str) -> Part:
        """The section of ``key``; KeyError where there is none."""
        return {part.key: part for part in self.parts}[key]


def of_language(texts: Mapping[str, str], language: str) -> str:
    """The text in ``language``, else in English, else in any; empty where there is none."""
    return texts.get(language) or texts.get("en") or next(filter(None, texts.values()), "")


def cycle(parts: Sequence[Part]) -> tuple[str, ...]:
    """Keys of sections that depend on themselves by way of others; empty where none does."""
    try:
        TopologicalSorter({part.key: part.depends_on for part in parts}).prepare()
    except CycleError as error:
        return tuple(dict.fromkeys(error.args[1]))
    return ()
