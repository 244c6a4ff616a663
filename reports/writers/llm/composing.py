"""The way from a transcript to the sections of minutes: a graph of work, each piece when it can be.

A section is read from the talk, stretch by stretch and joined, or written of what others hold. What
does not rest on one another is asked for at the same time, what does waits for it. What is found is
kept as it comes, so that whatever ends the work early leaves what was done until then; a section
that fails leaves the others as they are.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reports.writers.base import Meeting
from reports.writers.llm import answers, graph, prompts
from reports.writers.llm.answers import NAMES, Item
from reports.writers.llm.asking import Asking
from reports.writers.llm.graph import Node
from reports.writers.llm.planning import SUMMARY_MOST, Plan, Stretch
from reports.writers.llm.provider import Failure
from reports.writers.outlines.outline import EARLIER, Part
from reports.writers.words import normalized

Result = TypeVar("Result")
WHAT = {"decision": "decisions", "action_item": "tasks", "question": "open questions"}
UNUSABLE_MOST = 3
"""Stretches without a usable answer before it is given up that the model can write a section."""


@dataclass
class Reading:
    """What one piece of work has read so far; ``unread``: stretches that no answer covers."""

    unread: list[Stretch]
    items: dict[int, list[Item]] = field(default_factory=dict)
    """By the first segment of the stretch."""
    failed: int = 0

    def of(self, kind: str) -> list[Item]:
        """Items of a kind in the order of the talk."""
        said = [item for first in sorted(self.items) for item in self.items[first]]
        return _each_once([item for item in said if item.kind == kind])


@dataclass
class Found:
    """What has been found so far, by the keys of the work and of the sections."""

    home: dict[str, str] = field(default_factory=dict)
    """Section → the work that it is written by."""
    readings: dict[str, Reading] = field(default_factory=dict)
    made: dict[str, list[Item]] = field(default_factory=dict)
    """Sections that are joined, or written of others."""
    reasons: list[str] = field(default_factory=list)
    steps: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether no answer covers any stretch of the talk."""
        return not any(reading.items for reading in self.readings.values())

    @property
    def unread(self) -> int:
        """Stretches without an answer, of all that is read together."""
        return sum(len(reading.unread) for reading in self.readings.values())

    @property
    def parts(self) -> int:
        """Stretches with and without an answer."""
        return self.unread + sum(len(reading.items) for reading in self.readings.values())

    def of(self, part: Part) -> list[Item]:
        """Items of a section in the order of the talk: joined if that was done."""
        if part.key in self.made:
            return self.made[part.key]
        reading = self.readings.get(self.home.get(part.key, ""))
        return reading.of(part.kind) if reading and part.key in self.home else []

    def unread_by(self, part: Part) -> list[Stretch]:
        """Stretches that no answer about a section covers."""
        reading = self.readings.get(self.home.get(part.key, ""))
        return reading.unread if reading else []


class Composing:
    """Fills ``found`` for a meeting whose segments are in order."""

    def __init__(self, meeting: Meeting, plan: Plan, asking: Asking, language: str) -> None:
        self.meeting, self.plan, self.asking, self.language = meeting, plan, asking, language
        self.work = graph.nodes(meeting.outline)
        self.found = Found(
            home={part.key: node.key for node in self.work for part in node.parts},
            readings={n.key: Reading(list(plan.stretches)) for n in self.work if n.reads},
        )

    async def run(self) -> None:
        """Do all work. Raises Failure where there is no point in going on."""
        done = {node.key: asyncio.Event() for node in self.work}
        await _together([self._do(node, done) for node in self.work])

    async def _do(self, node: Node, done: dict[str, asyncio.Event]) -> None:
        """One piece of work, once what it rests on is done; its failure is its own."""
        for key in node.after:
            await done[key].wait()
        try:
            await (self._read_all(node) if node.reads else self._write_of_others(node))
        except Failure as failure:
            if failure.of_provider:
                raise
            self.found.reasons.append(failure.reason)
        done[node.key].set()

    async def _read_all(self, node: Node) -> None:
        await _together([self._read(node, stretch) for stretch in self.plan.stretches])
        if len(self.found.readings[node.key].items) > 1:
            await _together([self._join(node, part) for part in node.merged])

    async def _read(
        self, node: Node, stretch: Stretch, depth: int = 0, because: Failure | None = None
    ) -> None:
        reading = self.found.readings[node.key]
        try:
            items = await self._answer(node, stretch, again=depth > 0)
        except Failure as failure:
            spent = failure.reason == "plan_spent"
            own = because if because and spent else failure
            await self._without(node, stretch, own, depth, spent)
        else:
            reading.items[stretch.first] = items
            reading.unread.remove(stretch)
            self.found.steps += 1

    async def _answer(self, node: Node, stretch: Stretch, *, again: bool) -> list[Item]:
        """What the model finds in a stretch for the sections of ``node``."""
        segments = self.meeting.segments[stretch.first : stretch.last]
        first, last = stretch.first + 1, stretch.last
        speakers = self.meeting.speakers
        lines = [prompts.line(n, s, speakers) for n, s in enumerate(segments, first)]
        if node.is_together:
            names = [NAMES[part.kind] for part in node.parts]
            return await self.asking.ask(
                "read",
                prompts.read(self.meeting, lines, self.language, names),
                answers.reading_schema(first, last, names),
                lambda answer: answers.found(answer, first, segments, names),
                again=again,
            )
        [part] = node.parts
        known = self._known(part, stretch)
        return await self.asking.ask(
            "read",
            prompts.section(self.meeting, lines, part, self.language, known),
            answers.section_schema(first, last, charged=part.kind == "action_item"),
            lambda answer: answers.told(answer, first, segments, part.kind),
            again=again,
        )

    def _known(self, part: Part, stretch: Stretch) -> list[str]:
        """What sections before hold of a stretch, and the minutes of the meeting before."""
        within = {s.id for s in self.meeting.segments[stretch.first : stretch.last]}
        held = [
            item.told
            for key in part.depends_on
            for item in self.found.of(self.meeting.outline.part(key))
            if any(evidence.segment in within for evidence in item.evidence)
        ]
        if part.context != EARLIER:
            return held
        return [*self.meeting.earlier[: self.plan.earlier], *held]

    async def _without(
        self, node: Node, stretch: Stretch, failure: Failure, depth: int, spent: bool
    ) -> None:
        """A stretch that brought nothing: in halves if that may help, else left unread."""
        if failure.of_provider:
            raise failure
        reading = self.found.readings[node.key]
        halves = stretch.halves()
        helps = failure.reason in failure.SPLITTABLE and depth < 2 and not spent
        if helps and len(halves) > 1:
            reading.unread.remove(stretch)
            reading.unread += halves
            await _together([self._read(node, half, depth + 1, failure) for half in halves])
            return
        self.found.reasons.append(failure.reason)
        self.found.steps += 1
        reading.failed += 1
        if reading.failed >= UNUSABLE_MOST and not reading.items:
            raise failure

    async def _join(self, node: Node, part: Part) -> None:
        """Statements of a section from several stretches, the same ones once."""
        stretches = self.found.readings[node.key].items.values()
        if sum(any(i.kind == part.kind for i in items) for items in stretches) < 2:
            return
        joined: list[Item] = []
        for batch in self._batches(self.found.of(part)):
            joined += await self._joined(part, batch)
        self.found.made[part.key] = _in_order(_each_once(joined))

    async def _joined(self, part: Part, batch: Sequence[Item]) -> list[Item]:
        """The batch joined; as it is where that fails. What the answer leaves out is kept."""
        lines = [f"{n} {item.told}" for n, item in enumerate(batch, 1)]
        try:
            made, done = await self.asking.ask(
                "reduce",
                prompts.merge(lines, WHAT[part.kind], self.language),
                answers.reducing_schema(len(batch), len(batch), charged=part.kind == "action_item"),
                lambda answer: answers.reduced(answer, batch, part.kind),
            )
        except Failure as failure:
            if failure.of_provider:
                raise
            return list(batch)
        self.found.steps += 1
        return [*made, *(item for place, item in enumerate(batch) if place not in done)]

    async def _write_of_others(self, node: Node) -> None:
        """A few sentences, from what other sections hold; nothing where that fails."""
        [part] = node.parts
        sources = [self.meeting.outline.part(key) for key in part.depends_on]
        told = [item for source in sources for item in self.found.of(source) if item.evidence]
        while told:
            batches = self._batches(told)
            sums = await _together([self._written_of(part, batch) for batch in batches])
            made = [item for statements in sums for item in statements]
            if len(batches) == 1:
                self.found.made[part.key] = made
                return
            if len(made) >= len(told):
                return
            told = made

    async def _written_of(self, part: Part, batch: Sequence[Item]) -> list[Item]:
        lines = [f"{n} {item.told}" for n, item in enumerate(batch, 1)]
        try:
            made, _used = await self.asking.ask(
                "reduce",
                prompts.of_sections(lines, part, SUMMARY_MOST, self.language),
                answers.reducing_schema(len(batch), SUMMARY_MOST),
                lambda answer: answers.reduced(answer, batch, part.kind),
            )
        except Failure as failure:
            if failure.of_provider:
                raise
            self.found.reasons.append(failure.reason)
            return []
        self.found.steps += 1
        return made[:SUMMARY_MOST]

    def _batches(self, items: Sequence[Item]) -> list[list[Item]]:
        """Items in order, as many together as a call has room for."""
        batches: list[list[Item]] = []
        used = self.plan.talk_tokens
        for item in items:
            tokens = self.asking.counter(f"0000 {item.told}") + 1
            if used + tokens > self.plan.talk_tokens:
                batches.append([])
                used = 0
            batches[-1].append(item)
            used += tokens
        return batches


async def _together(jobs: Sequence[Coroutine[Any, Any, Result]]) -> list[Result]:
    """The results in order; the first Failure ends the others."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _each_once(items: Sequence[Item]) -> list[Item]:
    return list({(item.kind, normalized(item.text)): item for item in reversed(items)}.values())[
        ::-1
    ]


def _in_order(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda i: i.evidence[0].start if i.evidence else float("inf"))
