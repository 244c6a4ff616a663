"""The summary: the sentences that stand for the meeting, in the order in which they were said."""

from collections.abc import Sequence
from datetime import date

from reports.writers.findings import Finding, features, overlap
from reports.writers.names import called_name
from reports.writers.ranking import centrality
from reports.writers.sentences import Sentence, tidy
from reports.writers.words import content_stems

_LEAST, _MOST, _MINUTES_EACH = 4, 12, 10.0
_FEWEST_STEMS, _WORDS_MOST = 3, 45
_TOO_ALIKE = 0.5


def find_summary(
    said: Sequence[Sentence], weighty: Sequence[Finding], held_on: date | None
) -> list[Finding]:
    """Four to twelve sentences, more for a longer meeting; central ones and those of ``weighty``.

    ``weighty``: findings; decisions and figures matter more, tasks less: they have a list of
    their own.
    """
    rank = centrality([content_stems(s.text) for s in said])
    peak = float(rank.max()) or 1.0
    bonus = {s.index for f in weighty if f.kind != "action_item" for s in f.sources}
    tasks = {s.index for f in weighty if f.kind == "action_item" for s in f.sources}
    decided = {f.main.index: f for f in weighty if f.kind == "decision"}
    repeated = {s.index for f in decided.values() for s in f.sources} - set(decided)

    def worth(sentence: Sentence) -> float:
        extra = (sentence.index in bonus) + (sentence.index in decided)
        listed = sentence.index in tasks and sentence.index not in decided
        return float(rank[sentence.index]) / peak + extra / 2 - listed / 2

    fit = [s for s in said if s.index not in repeated and (s.index in decided or _fit(s))]
    chosen: list[Finding] = []
    for sentence in sorted(fit, key=lambda s: (-worth(s), s.index)):
        if len(chosen) >= _length(said):
            break
        marks = features(sentence.text, held_on)
        if all(overlap(marks, known.features) < _TOO_ALIKE for known in chosen):
            known = decided.get(sentence.index)
            text = known.text if known else tidy(sentence.text, sentence.cues)
            sources = list(known.sources) if known else [sentence]
            chosen.append(Finding("summary", text, sources, sentence, features=marks))
    return sorted(chosen, key=lambda f: f.main.index)


def _length(said: Sequence[Sentence]) -> int:
    minutes = (said[-1].end - said[0].start) / 60
    return min(_MOST, _LEAST + round(minutes / _MINUTES_EACH))


def _fit(sentence: Sentence) -> bool:
    """Whether a sentence can stand by itself."""
    cues = sentence.cues
    unfit = (cues.courtesy, cues.joke, cues.struck, cues.recap, cues.agenda)
    return (
        not sentence.is_question
        and len(sentence.stems) >= _FEWEST_STEMS
        and len(sentence.text.split()) <= _WORDS_MOST
        and not called_name(sentence.text)
        and not any(pattern.search(sentence.folded) for pattern in unfit)
    )
