"""The way from a transcript to items of minutes: read stretch by stretch, join, sum up.

Sections that do not rest on one another are asked for at the same time. What is found is kept as it
comes, so that whatever ends the work early leaves what was done until then.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reports.writers.base import Meeting
from reports.writers.llm import answers, prompts
from reports.writers.llm.answers import Item
from reports.writers.llm.asking import Asking
from reports.writers.llm.planning import MERGED, SUMMARY_MOST, Plan, Stretch
from reports.writers.llm.provider import Failure
from reports.writers.words import normalized

Result = TypeVar("Result")
WHAT = {"decision": "decisions", "action_item": "tasks", "question": "open questions"}
SUMMED_UP = ("topic", "decision", "action_item", "question")
UNUSABLE_MOST = 3
"""Stretches without a usable answer before it is given up that the model can do this."""


@dataclass
class Found:
    """What has been found so far; ``unread`` stretches are those that no answer covers."""

    items: dict[int, list[Item]] = field(default_factory=dict)
    """By the first segment of the stretch."""
    joined: dict[str, list[Item]] = field(default_factory=dict)
    summary: list[Item] = field(default_factory=list)
    unread: list[Stretch] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    steps: int = 0

    def of(self, kind: str) -> list[Item]:
        """Items of a kind in the order of the talk: joined if that was done."""
        if kind in self.joined:
            return self.joined[kind]
        said = [item for first in sorted(self.items) for item in self.items[first]]
        return _each_once([item for item in said if item.kind == kind])


class Composing:
    """Fills ``found`` for a meeting whose segments are in order."""

    def __init__(self, meeting: Meeting, plan: Plan, asking: Asking, language: str) -> None:
        self.meeting, self.plan, self.asking, self.language = meeting, plan, asking, language
        self.found = Found(unread=list(plan.stretches))

    async def run(self) -> None:
        """Read all, join, sum up. Raises Failure where there is no point in going on."""
        await _together([self._read(stretch) for stretch in self.plan.stretches])
        several = len(self.found.items) > 1
        if several:
            await _together([self._join(kind) for kind in MERGED])
        await self._sum_up()

    async def _read(self, stretch: Stretch, depth: int = 0, because: Failure | None = None) -> None:
        numbered = enumerate(self.meeting.segments[stretch.first : stretch.last], stretch.first + 1)
        lines = [prompts.line(n, s, self.meeting.speakers) for n, s in numbered]
        segments = self.meeting.segments[stretch.first : stretch.last]
        try:
            items = await self.asking.ask(
                "read",
                prompts.read(self.meeting, lines, self.language),
                answers.reading_schema(stretch.first + 1, stretch.last),
                lambda answer: answers.found(answer, stretch.first + 1, segments),
                again=depth > 0,
            )
        except Failure as failure:
            spent = failure.reason == "plan_spent"
            await self._without(stretch, because if because and spent else failure, depth, spent)
        else:
            self.found.items[stretch.first] = items
            self.found.unread.remove(stretch)
            self.found.steps += 1

    async def _without(self, stretch: Stretch, failure: Failure, depth: int, spent: bool) -> None:
        """A stretch that brought nothing: in halves if that may help, else left unread."""
        if failure.of_provider:
            raise failure
        halves = stretch.halves()
        helps = failure.reason in failure.SPLITTABLE and depth < 2 and not spent
        if helps and len(halves) > 1:
            self.found.unread.remove(stretch)
            self.found.unread += halves
            await _together([self._read(half, depth + 1, failure) for half in halves])
            return
        self.found.reasons.append(failure.reason)
        self.found.steps += 1
        if len(self.found.reasons) >= UNUSABLE_MOST and not self.found.items:
            raise failure

    async def _join(self, kind: str) -> None:
        """Statements of a kind from several stretches, the same ones once."""
        items = self.found.of(kind)
        if sum(any(i.kind == kind for i in part) for part in self.found.items.values()) < 2:
            return
        joined: list[Item] = []
        for batch in self._batches(items):
            joined += await self._joined(kind, batch)
        self.found.joined[kind] = _in_order(_each_once(joined))

    async def _joined(self, kind: str, batch: Sequence[Item]) -> list[Item]:
        """The batch joined; as it is where that fails. What the answer leaves out is kept."""
        lines = [f"{n} {item.told}" for n, item in enumerate(batch, 1)]
        try:
            made, done = await self.asking.ask(
                "reduce",
                prompts.merge(lines, WHAT[kind], self.language),
                answers.reducing_schema(len(batch), len(batch), charged=kind == "action_item"),
                lambda answer: answers.reduced(answer, batch, kind),
            )
        except Failure as failure:
            if failure.of_provider:
                raise
            return list(batch)
        self.found.steps += 1
        return [*made, *(item for place, item in enumerate(batch) if place not in done)]

    async def _sum_up(self) -> None:
        """A few sentences, from what was found; nothing where that fails."""
        told = [item for kind in SUMMED_UP for item in self.found.of(kind) if item.evidence]
        while told:
            batches = self._batches(told)
            sums = await _together([self._summed_up(batch) for batch in batches])
            made = [item for summary in sums for item in summary]
            if len(batches) == 1:
                self.found.summary = made
                return
            if len(made) >= len(told):
                return
            told = made

    async def _summed_up(self, batch: Sequence[Item]) -> list[Item]:
        lines = [f"{n} {item.told}" for n, item in enumerate(batch, 1)]
        try:
            made, _used = await self.asking.ask(
                "reduce",
                prompts.summary(lines, SUMMARY_MOST, self.language),
                answers.reducing_schema(len(batch), SUMMARY_MOST),
                lambda answer: answers.reduced(answer, batch, "summary"),
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
