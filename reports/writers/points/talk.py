"""What the rules are given of a talk, and how a sentence becomes a point of it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.writers.findings import Finding, features, overlap
from reports.writers.outlines.outline import POINT
from reports.writers.people import People
from reports.writers.ranking import Floats, centrality
from reports.writers.sentences import Sentence, tidy
from reports.writers.withdrawals import standing
from reports.writers.words import content_stems

_ALIKE = 0.8
_FEWEST_STEMS = 2


@dataclass(frozen=True)
class Talk:
    """Sentences in order, who says them, what was found of other kinds already.

    ``wanted``: title and task of the section, in all its languages.
    """

    said: Sequence[Sentence]
    people: People
    held_on: date | None = None
    weighty: Sequence[Finding] = ()
    wanted: str = ""

    @cached_property
    def rank(self) -> Floats:
        """How much each sentence stands for the whole, the most central one 1."""
        ranks = centrality([content_stems(s.text) for s in self.said])
        peak = float(ranks.max()) if len(ranks) else 0.0
        return ranks / (peak or 1.0)

    @property
    def minutes(self) -> float:
        """How long it lasts."""
        return (self.said[-1].end - self.said[0].start) / 60 if self.said else 0.0

    def points(self, says: Callable[[Sentence], bool], *, spoken: bool = False) -> list[Finding]:
        """A point for each sentence that ``says`` it and can stand by itself, the same ones once.

        ``spoken``: the point begins with the name of who said it.
        """
        found: list[Finding] = []
        for sentence in self.said:
            if is_fit(sentence) and says(sentence):
                point = self.point([sentence], spoken=spoken)
                if not any(_same(point, known) for known in found):
                    found.append(point)
        return standing(found, self.said)

    def point(
        self, sources: Sequence[Sentence], *, text: str = "", spoken: bool = False
    ) -> Finding:
        """A point that rests on ``sources``, with their words unless ``text`` is given."""
        main = sources[-1]
        told = text or " ".join(tidy(s.text, s.cues) for s in sources)
        marks = features(told, self.held_on)
        person = self.people.speaking(main.speaker) if spoken else None
        if person:
            told = f"{person.name}: {told}"
        return Finding(POINT, told, list(sources), main, person=person, features=marks)


def is_fit(sentence: Sentence) -> bool:
    """Whether a sentence can stand in minutes: it says something, and means it."""
    cues, text = sentence.cues, sentence.folded
    aside = (cues.joke, cues.struck, cues.recap)
    return (
        not sentence.is_question
        and len(sentence.stems) >= _FEWEST_STEMS
        and not any(pattern.search(text) for pattern in aside)
    )


def _same(one: Finding, other: Finding) -> bool:
    exact = [{m for m in f.features if m[0] in "@="} for f in (one, other)]
    return (
        one.main.speaker == other.main.speaker
        and exact[0] == exact[1]
        and min(len(one.features), len(other.features)) > 1
        and overlap(one.features, other.features) >= _ALIKE
    )
