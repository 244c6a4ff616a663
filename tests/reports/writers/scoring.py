"""How well minutes tell the facts of a meeting: recall, precision, due days, traps.

A statement tells a fact if its evidence overlaps the fact's in time and it shares a number or a
third of the words that carry meaning with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.writers.base import Draft, Segment, Statement
from reports.writers.numerals import numbers
from reports.writers.words import content_stems
from tests.reports.meetings import Fact, Held

_SLACK_SECONDS = 1.0
_STEM_LETTERS = 5


@dataclass(frozen=True)
class Score:
    """Counts for one kind of fact; shares are 1 where there is nothing to find."""

    told: int = 0
    facts: int = 0
    true: int = 0
    stated: int = 0
    due_right: int = 0
    due_facts: int = 0

    def __add__(self, other: "Score") -> "Score":
        pairs = zip(self._counts(), other._counts(), strict=True)
        return Score(*(a + b for a, b in pairs))

    def _counts(self) -> tuple[int, ...]:
        return self.told, self.facts, self.true, self.stated, self.due_right, self.due_facts

    @property
    def recall(self) -> Fraction:
        """Share of the facts that are told."""
        return Fraction(self.told, self.facts) if self.facts else Fraction(1)

    @property
    def precision(self) -> Fraction:
        """Share of the statements that tell a fact."""
        return Fraction(self.true, self.stated) if self.stated else Fraction(1)

    @property
    def due(self) -> Fraction:
        """Share of the tasks with a due day whose day is right, untold ones counted as wrong."""
        return Fraction(self.due_right, self.due_facts) if self.due_facts else Fraction(1)


def stated(draft: Draft, *kinds: str) -> list[Statement]:
    """Statements of these kinds, by default of all."""
    return [x for s in draft.sections if not kinds or s.kind in kinds for x in s.statements]


def score(held: Held, draft: Draft, kind: str) -> Score:
    """How well the statements of ``kind`` tell the facts of ``kind``."""
    facts, pool = held.true(kind), stated(draft, kind)
    dated = [f for f in facts if f.due]
    return Score(
        told=sum(any(tells(x, f) for x in pool) for f in facts),
        facts=len(facts),
        true=sum(any(_overlap(x, f.segments) for f in facts) for x in pool),
        stated=len(pool),
        due_right=sum(any(tells(x, f) and x.due == f.due for x in pool) for f in dated),
        due_facts=len(dated),
    )


def traps(held: Held, draft: Draft) -> Iterator[tuple[Fact, Statement]]:
    """Decisions and tasks that rest on what was never decided, and on no fact."""
    firm = stated(draft, "decision", "action_item")
    for fact in held.never():
        for x in firm:
            known = any(_overlap(x, f.segments, 0.0) for f in held.true())
            if _overlap(x, fact.segments, 0.0) and not known:
                yield fact, x


def tells(statement: Statement, fact: Fact) -> bool:
    """Whether ``statement`` is of the time and of the words of ``fact``."""
    if not _overlap(statement, fact.segments):
        return False
    quotes = " ".join(e.quote for e in statement.evidence)
    said = f"{statement.text} {statement.assignee} {quotes}"
    want, have = _marks(f"{fact.text} {fact.who}"), _marks(said)
    values = {n.value for n in numbers(fact.text)} & {n.value for n in numbers(said)}
    return bool(values) or 3 * len(want & have) >= max(3, len(want))


def _marks(text: str) -> frozenset[str]:
    return frozenset(stem[:_STEM_LETTERS] for stem in content_stems(text))


def _overlap(
    statement: Statement, segments: Sequence[Segment], slack: float = _SLACK_SECONDS
) -> bool:
    return any(
        e.start < s.end + slack and s.start < e.end + slack
        for e in statement.evidence
        for s in segments
    )
