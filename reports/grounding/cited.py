"""The sentences that a statement cites, and those that were said around them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.writers.base import Segment, Statement
from reports.writers.sentences import Sentence, sentences
from reports.writers.words import language_of, normalized

_REACH = 8  # segments
_HALF = 0.5


@dataclass(frozen=True)
class Cited:
    """``around``: what was said near the evidence, in order; ``places``: the cited ones in it.

    ``written``: the sentences that are quoted from attachments; nobody said them.
    """

    around: tuple[Sentence, ...]
    places: frozenset[int]
    written: tuple[Sentence, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The cited sentences that were said, in order."""
        return tuple(s for s in self.around if s.index in self.places)

    @property
    def texts(self) -> list[str]:
        """All cited sentences, said and written."""
        return [s.text for s in (*self.sentences, *self.written)]

    @property
    def language(self) -> str:
        """That of the cited words."""
        return language_of(" ".join(self.texts))

    def near(self, turns: int) -> Iterator[Sentence]:
        """Sentences of the cited turns and of ``turns`` turns before and behind each."""
        cited = {s.turn for s in self.sentences}
        for sentence in self.around:
            if any(abs(sentence.turn - turn) <= turns for turn in cited):
                yield sentence

    def behind(self, sentence: Sentence, turns: int) -> Iterator[Sentence]:
        """Sentences behind ``sentence``, as far as ``turns`` turns on."""
        for other in self.around[sentence.index + 1 :]:
            if other.turn > sentence.turn + turns:
                return
            yield other

    def before(self, sentence: Sentence, turns: int) -> Iterator[Sentence]:
        """Sentences before ``sentence``, the last one first, as far as ``turns`` turns back."""
        for other in reversed(self.around[: sentence.index]):
            if other.turn < sentence.turn - turns:
                return
            yield other


def cited_by(statement: Statement, segments: Mapping[int, Segment]) -> Cited:
    """What ``statement`` cites of ``segments``, all of which it must be able to find there."""
    ordered = sorted(segments.values(), key=lambda s: (s.start, s.id))
    said = [e for e in statement.evidence if not e.page]
    wanted = {e.segment for e in said}
    places = [place for place, segment in enumerate(ordered) if segment.id in wanted]
    window = sorted({p + ahead for p in places for ahead in range(-_REACH, _REACH + 1)})
    around = sentences([ordered[p] for p in window if 0 <= p < len(ordered)])
    quotes: dict[int, list[str]] = {}
    for evidence in said:
        quotes.setdefault(evidence.segment, []).append(normalized(evidence.quote))
    found = frozenset(
        s.index
        for s in around
        for part in s.parts
        if any(_overlap(normalized(part.quote), q) for q in quotes.get(part.segment, ()))
    )
    return Cited(tuple(around), found, _written(statement))


def _written(statement: Statement) -> tuple[Sentence, ...]:
    quotes = (
        Segment(e.page, 0.0, 0.0, "", line)
        for e in statement.evidence
        if e.page
        for line in e.quote.splitlines()
    )
    return tuple(sentence for quote in quotes for sentence in sentences([quote]))


def _overlap(said: str, quoted: str) -> bool:
    """Whether a sentence and a quote of one segment share words: one holds the other, or half."""
    if f" {said} " in f" {quoted} " or f" {quoted} " in f" {said} ":
        return True
    words, among = said.split(), set(quoted.split())
    return bool(words) and sum(w in among for w in words) / len(words) > _HALF
