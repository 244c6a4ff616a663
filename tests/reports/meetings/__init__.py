"""Meetings made up for measuring, with what is true of them, written down before any measuring.

A file holds the talk (``Name: words`` on each line), the decisions, tasks and figures that its
minutes should have, each with the words it was said in (``said``) and with other true wordings
(``also``), and what was said but never decided (``never``). ``group`` tells what the rules know of
a meeting: they were made on the ``first``; the ``second`` to ``fifth`` were measured, then looked
into; the ``unseen`` were only ever measured, but by the rules of the checker looked into too.
"""

import json
import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reports.writers.base import Evidence, Meeting, Segment, Statement

FOLDER = Path(__file__).parent
SAMPLES = FOLDER.parents[2] / "samples"
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s+[\"«(]*[A-ZА-ЯЁ0-9])|$)")
_CHARACTERS_A_SECOND = 15.0
_PAUSE_SECONDS = 0.4
_GROUPS = {
    "first": "made on",
    "second": "looked into second",
    "third": "looked into third",
    "fourth": "looked into fourth",
    "fifth": "looked into fifth",
    "unseen": "only measured",
}
"""How the rules came to know the meetings of a group."""
KINDS = {"decision": "decision", "task": "action_item", "figure": "figure"}


@dataclass(frozen=True)
class Fact:
    """What is true of a meeting, or, with ``never``, what its minutes must not say."""

    kind: str
    text: str
    segments: tuple[Segment, ...]
    also: tuple[str, ...] = ()
    who: str = ""
    due_text: str = ""
    due: date | None = None
    never: bool = False

    def statement(self, text: str = "") -> Statement:
        """The fact as minutes state it, resting on all that was said of it."""
        evidence = tuple(Evidence(s.id, s.start, s.end, s.text) for s in self.segments)
        said = Statement(self.kind, text or self.text, evidence)
        if self.kind != "action_item":
            return said
        return replace(said, assignee=self.who, due_text=self.due_text, due=self.due)


@dataclass(frozen=True)
class Held:
    """A meeting with the facts that are true of it."""

    name: str
    meeting: Meeting
    facts: tuple[Fact, ...]
    group: str = "first"

    @cached_property
    def by_id(self) -> dict[int, Segment]:
        """Segments by their ids."""
        return {s.id: s for s in self.meeting.segments}

    def true(self, *kinds: str) -> list[Fact]:
        """Facts of these kinds, by default of all."""
        return [f for f in self.facts if not f.never and (not kinds or f.kind in kinds)]

    def never(self) -> list[Fact]:
        """What was said and never decided."""
        return [f for f in self.facts if f.never]

    def unnamed(self) -> Meeting:
        """The meeting as it comes from a recording: voices without names."""
        keys = self.meeting.speakers
        return replace(self.meeting, speakers={k: f"Speaker {n}" for n, k in enumerate(keys, 1)})


@lru_cache(maxsize=1)
def every() -> tuple[Held, ...]:
    """All meetings, those of ``samples/`` last."""
    written = [_written(path) for path in sorted(FOLDER.glob("*.toml"))]
    return (*written, _sample("meeting_ru"), _sample("meeting_en"))


@lru_cache(maxsize=1)
def groups() -> dict[str, str]:
    """The groups that have meetings, in order, each with how the rules came to know it."""
    held = {meeting.group for meeting in every()}
    return {group: known for group, known in _GROUPS.items() if group in held}


def _written(path: Path) -> Held:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [line.strip().split(": ", 1) for line in told["talk"].strip().splitlines()]
    keys = {name: f"S{n}" for n, name in enumerate(told["speakers"], 1)}
    segments, lines_of = _segments([(keys[name], words) for name, words in lines])
    meeting = Meeting(
        segments=tuple(segments),
        speakers={key: told["speakers"][name] for name, key in keys.items()},
        title=told["title"],
        held_on=told["held_on"],
        language=told["language"],
        agenda=tuple(told.get("agenda", ())),
    )
    entries = [(k, e) for k in ("decision", "task", "figure", "never") for e in told.get(k, ())]
    facts = tuple(_fact(kind, entry, lines_of) for kind, entry in entries)
    return Held(path.stem, meeting, facts, told["group"])


def _segments(lines: list[tuple[str, str]]) -> tuple[list[Segment], list[list[Segment]]]:
    """A segment for each sentence; all of them, and those of each line."""
    found: list[Segment] = []
    lines_of = []
    at = 0.0
    for speaker, words in lines:
        first = len(found)
        for match in _SENTENCE.finditer(words):
            end = at + len(match.group()) / _CHARACTERS_A_SECOND
            found.append(Segment(len(found) + 1, at, end, speaker, match.group()))
            at = end
        at += _PAUSE_SECONDS
        lines_of.append(found[first:])
    return found, lines_of


def _fact(kind: str, entry: dict[str, Any], lines: list[list[Segment]]) -> Fact:
    return Fact(
        kind=KINDS[entry.get("kind", "decision") if kind == "never" else kind],
        text=entry["text"],
        segments=_said(entry["said"], lines),
        also=tuple(entry.get("also", ())),
        who=entry.get("who", ""),
        due_text=entry.get("due_text", ""),
        due=entry.get("due"),
        never=kind == "never",
    )


def _said(words: list[str], lines: list[list[Segment]]) -> tuple[Segment, ...]:
    """The segments that hold each of ``words``: the only ones, or the first behind those before."""
    found: dict[int, Segment] = {}
    line = 0
    for part in words:
        held = [n for n, segments in enumerate(lines) if _holding(part, segments)]
        assert len(held) == 1 or (held and found), (part, held)
        line = next((n for n in held if n >= line), held[0])
        found |= {s.id: s for s in _holding(part, lines[line])}
    return tuple(found[i] for i in sorted(found))


def _holding(words: str, line: list[Segment]) -> list[Segment]:
    begin = " ".join(s.text for s in line).find(words)
    at, found = 0, []
    for segment in line if begin >= 0 else []:
        if at < begin + len(words) and begin < at + len(segment.text):
            found.append(segment)
        at += len(segment.text) + 1
    return found


def _sample(name: str) -> Held:
    """A meeting of ``samples/``, whose evidence is told by turns."""
    turns = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    facts = json.loads((SAMPLES / f"{name}.facts.json").read_text(encoding="utf-8"))
    keys = {p["speaker"]: f"S{n}" for n, p in enumerate(facts["participants"], 1)}
    segments = tuple(
        Segment(n, t["start"], t["end"], keys[t["speaker"]], t["text"]) for n, t in enumerate(turns)
    )
    meeting = Meeting(
        segments=segments,
        speakers={keys[p["speaker"]]: p["name"] for p in facts["participants"]},
        title=facts["title"],
        held_on=date.fromisoformat(facts["date"]),
        language=facts["languages"][0],
        agenda=tuple(facts["agenda"]),
    )
    entries = [
        (kind, entry)
        for kind, key in (("decision", "decisions"), ("action_item", "action_items"))
        for entry in facts[key]
    ]
    found = tuple(_sample_fact(kind, entry, segments) for kind, entry in entries)
    return Held(name, meeting, found)


def _sample_fact(kind: str, entry: dict[str, Any], segments: tuple[Segment, ...]) -> Fact:
    return Fact(
        kind=kind,
        text=entry["text"] if kind == "decision" else f"{entry['task']}.",
        segments=tuple(segments[e["turn"]] for e in entry["evidence"]),
        who=entry.get("assignee", ""),
        due_text=entry.get("due_text", ""),
        due=date.fromisoformat(entry["due"]) if entry.get("due") else None,
    )
