"""What minutes by a language model will take: stretches, calls and tokens, known beforehand. Pure.

Long meetings are read stretch by stretch, all of it, and what was found is joined and summed up. A
stretch ends where a topic seems to end. The numbers of a plan are upper bounds that ``Allowance``
keeps: a call beyond them is not made.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.writers.base import Meeting, Segment
from reports.writers.llm import graph, prompts
from reports.writers.llm.answers import schema_text
from reports.writers.llm.graph import Node
from reports.writers.llm.provider import Failure, Provider
from reports.writers.llm.tokens import Counter
from reports.writers.outlines.outline import EARLIER

STRETCH_MOST = 6000
"""Tokens of talk in a call, however much the model could read: more of it is read worse."""
ANSWER_MOST, ANSWER_LEAST = 2500, 256
STRETCH_LEAST = 200
SUMMARY_MOST = 6
SUMMARY_TOKENS = 110
"""A sentence of the summary with its sources."""
SPARE = 0.95
EARLIER_SHARE = 8
"""Of what the model reads at once, one part in so many may be earlier minutes."""


@dataclass(frozen=True)
class Stretch:
    """Segments that are read in one call: those from ``first`` on, up to ``last`` exclusive."""

    first: int
    last: int
    tokens: int = 0

    def halves(self) -> tuple["Stretch", ...]:
        """Two of half the length; only itself where it is one segment."""
        middle = (self.first + self.last) // 2
        if middle == self.first:
            return (self,)
        share = self.tokens // 2
        return Stretch(self.first, middle, share), Stretch(middle, self.last, share)


@dataclass(frozen=True)
class Plan:
    """``spare`` calls are for what goes wrong: they are used only then."""

    stretches: tuple[Stretch, ...]
    reduce_calls: int
    spare_calls: int
    task_tokens: int
    """What every call carries besides the talk."""
    talk_tokens: int
    """Room for talk, or for statements, in a call."""
    answer_tokens: int
    """The longest answer that is taken."""
    readings: int = 1
    """How often each stretch is read: once together, once for each section with its own task."""
    earlier: int = 0
    """Lines of earlier minutes that a call has room for."""

    @property
    def calls(self) -> int:
        """Calls if all goes well, at most."""
        return len(self.stretches) * self.readings + self.reduce_calls

    @property
    def calls_most(self) -> int:
        """Calls whatever happens."""
        return self.calls + self.spare_calls

    @property
    def tokens_in(self) -> int:
        """Tokens that are sent if all goes well, at most."""
        read = sum(s.tokens for s in self.stretches) * self.readings
        return read + self.calls * self.task_tokens + self.reduce_calls * self.talk_tokens

    @property
    def tokens_out(self) -> int:
        """Tokens that are answered if all goes well, at most."""
        return self.calls * self.answer_tokens

    @property
    def tokens_most(self) -> int:
        """Tokens in and out whatever happens."""
        largest = self.task_tokens + self.talk_tokens + self.answer_tokens
        return self.tokens_in + self.tokens_out + self.spare_calls * largest


def plan(meeting: Meeting, provider: Provider, counter: Counter) -> Plan:
    """How ``meeting``'s segments, in order, are read by ``provider``'s model.

    Raises Failure ``context_exceeded`` where the model reads less than the task alone.
    """
    window = int(provider.context_tokens * SPARE)
    answer = min(ANSWER_MOST, max(ANSWER_LEAST, window // 4))
    work = graph.nodes(meeting.outline)
    earlier = _earlier(meeting, counter, window)
    task = max(_task(node, meeting, counter, earlier) for node in work)
    task += counter(schema_text(provider.kind)) + counter("x" * prompts.CORRECTION_MOST) + 60
    if any(node.reads and node.after for node in work):
        task += answer // 2  # what the sections before hold of a stretch; more halves it
    talk = min(STRETCH_MOST, window - answer - task)
    if talk < STRETCH_LEAST:
        raise Failure("context_exceeded", f"{window} tokens are too few for the task of {task}")
    sizes = [
        counter(prompts.line(n, s, meeting.speakers)) + 1 for n, s in enumerate(meeting.segments, 1)
    ]
    stretches = tuple(_stretches(meeting.segments, sizes, talk))
    readings = sum(node.reads for node in work)
    reduce_calls = sum(_reduce_calls(node, work, len(stretches), answer, talk) for node in work)
    spare = max(3, math.ceil((len(stretches) * readings + reduce_calls) / 4))
    return Plan(stretches, reduce_calls, spare, task, talk, answer, readings, earlier)


def _task(node: Node, meeting: Meeting, counter: Counter, earlier: int) -> int:
    """Tokens of all but the talk that a call of ``node`` sends."""
    if node.is_together:
        return counter(prompts.read(meeting, [], "ru").whole)
    [part] = node.parts
    known = meeting.earlier[:earlier] if part.context == EARLIER else ()
    known = known or ("-",) * bool(node.after)
    whole = (prompts.section(meeting, [], part, lang, known).whole for lang in ("ru", "en"))
    return max(map(counter, whole))


def _earlier(meeting: Meeting, counter: Counter, window: int) -> int:
    """How many lines of earlier minutes fit into an eighth of what the model reads."""
    room, taken = window // EARLIER_SHARE, 0
    for line in meeting.earlier:
        room -= counter(f"- {line}") + 1
        if room < 0:
            break
        taken += 1
    return taken


def _stretches(segments: Sequence[Segment], sizes: Sequence[int], room: int) -> list[Stretch]:
    """Cut at the longest pause in the last third of what fits; about equally long ones."""
    total = sum(sizes)
    wanted = math.ceil(total / math.ceil(total / room)) if total else room
    found, first = [], 0
    while first < len(segments):
        last, used = first, 0
        while last < len(segments) and (last == first or used + sizes[last] <= room):
            if used > wanted and sum(sizes[last:]) > room // 4:
                break
            used += sizes[last]
            last += 1
        if last < len(segments):
            earliest = first + max(1, (last - first) * 2 // 3)
            last = max(range(earliest, last + 1), key=lambda at: (_pause(segments, at), at))
        found.append(Stretch(first, last, sum(sizes[first:last])))
        first = last
    return found


def _pause(segments: Sequence[Segment], at: int) -> float:
    """Seconds of silence before a segment; a change of speaker counts as a second more."""
    before, after = segments[at - 1], segments[at]
    return max(0.0, after.start - before.end) + (before.speaker != after.speaker)


def _reduce_calls(node: Node, work: Sequence[Node], stretches: int, answer: int, room: int) -> int:
    """Calls that join and sum up at most, since no stretch brings more than an answer holds."""
    if not stretches:
        return 0
    if node.reads:
        batches = math.ceil(stretches * answer / room)
        return batches + len(node.merged) if node.merged and stretches > 1 else 0
    rests_on = [other for other in work if other.key in node.after]
    read = sum(stretches * answer for other in rests_on if other.reads)
    written = sum(SUMMARY_MOST * SUMMARY_TOKENS for other in rests_on if not other.reads)
    level = math.ceil((read + written) / room) + 1
    sums = level
    while level > 1:
        level = min(level - 1, math.ceil(level * SUMMARY_MOST * SUMMARY_TOKENS / room))
        sums += level
    return sums


class Allowance:
    """Keeps a plan: hands out its calls, and the spare ones for what goes wrong."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.calls = 0
        self.spared = 0
        self._left = {"read": len(plan.stretches) * plan.readings, "reduce": plan.reduce_calls}

    def take(self, purpose: str, tokens: int, *, again: bool = False) -> None:
        """Note a call of ``tokens``; Failure ``plan_spent`` where the plan has none left.

        ``again``: one that was not foreseen, of the spare calls.
        """
        if tokens > self.plan.task_tokens + self.plan.talk_tokens:
            raise Failure("context_exceeded", f"{tokens} tokens are more than planned for a call")
        if not again and self._left[purpose] > 0:
            self._left[purpose] -= 1
        elif self.spared < self.plan.spare_calls:
            self.spared += 1
        else:
            raise Failure("plan_spent")
        self.calls += 1
