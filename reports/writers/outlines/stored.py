"""Outlines as JSON and back; what is wrong with one that a person made. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.writers.outlines.outline import CONTEXTS, KINDS, POINT, RULES, SECTIONS, Part, cycle

SECTIONS_MOST = 20
KEY_MOST, TITLE_MOST, PROMPT_MOST = 40, 120, 2000
"""Characters."""
LANGUAGES = ("ru", "en")
KEY = re.compile(r"[a-z][a-z0-9_]*")

NO_SECTIONS, TOO_MANY, BAD_KEY, KEY_TWICE = "no_sections", "too_many", "bad_key", "key_twice"
NO_TITLE, TOO_LONG, UNKNOWN, CYCLE = "no_title", "too_long", "unknown_section", "cycle"
NO_SOURCES, SUMMARY_OF_TALK, BAD_VALUE = "no_sources", "summary_of_talk", "bad_value"


@dataclass(frozen=True)
class Problem:
    """What is wrong: ``section`` is the place from 0, None for all of them together."""

    code: str
    section: int | None = None
    words: str = ""


def part_of(stored: Mapping[str, Any]) -> Part:
    """The section that ``stored`` describes, as ``as_stored`` made it."""
    return Part(
        key=stored["key"],
        kind=stored["kind"],
        titles={k: v for k, v in stored["title"].items() if v},
        prompts={k: v for k, v in stored.get("prompt", {}).items() if v},
        context=stored.get("context", CONTEXTS[0]),
        depends_on=tuple(stored.get("depends_on", ())),
        rule=stored.get("rule", RULES[0]),
    )


def as_stored(part: Part) -> dict[str, Any]:
    """The section as JSON."""
    return {
        "key": part.key,
        "kind": part.kind,
        "title": {language: part.titles.get(language, "") for language in LANGUAGES},
        "prompt": {language: part.prompts.get(language, "") for language in LANGUAGES},
        "context": part.context,
        "depends_on": list(part.depends_on),
        "rule": part.rule,
    }


def problems(parts: Sequence[Part]) -> list[Problem]:
    """Everything that is wrong with sections; empty where minutes can be written by them."""
    found = [p for place, part in enumerate(parts) for p in _of_part(part, place, parts)]
    if not parts:
        found.append(Problem(NO_SECTIONS))
    if len(parts) > SECTIONS_MOST:
        found.append(Problem(TOO_MANY))
    if not found and (round_about := cycle(parts)):
        found.append(Problem(CYCLE, words=" → ".join(_titled(parts, key) for key in round_about)))
    return found


def _of_part(part: Part, place: int, parts: Sequence[Part]) -> Iterator[Problem]:
    if len(part.key) > KEY_MOST or not KEY.fullmatch(part.key):
        yield Problem(BAD_KEY, place, part.key)
    if sum(other.key == part.key for other in parts) > 1:
        yield Problem(KEY_TWICE, place, part.key)
    if not any(title.strip() for title in part.titles.values()):
        yield Problem(NO_TITLE, place)
    if max(map(len, part.titles.values()), default=0) > TITLE_MOST or (
        max(map(len, part.prompts.values()), default=0) > PROMPT_MOST
    ):
        yield Problem(TOO_LONG, place)
    known = {other.key for other in parts}
    yield from (Problem(UNKNOWN, place, key) for key in part.depends_on if key not in known)
    yield from _of_sources(part, place)


def _of_sources(part: Part, place: int) -> Iterator[Problem]:
    values = ((part.kind, KINDS), (part.context, CONTEXTS), (part.rule, RULES))
    yield from (Problem(BAD_VALUE, place, value) for value, known in values if value not in known)
    if part.context == SECTIONS and not part.depends_on:
        yield Problem(NO_SOURCES, place)
    if part.context == SECTIONS and part.kind not in ("summary", POINT):
        yield Problem(SUMMARY_OF_TALK, place)


def _titled(parts: Sequence[Part], key: str) -> str:
    return next(part.title("") or part.key for part in parts if part.key == key)
