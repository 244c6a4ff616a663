"""The summary: the sentences that stand for the meeting, in the order in which they were said."""

from collections.abc import Sequence
from datetime import date

from reports.writers.findings import Finding, features, overlap
from reports.writers.ranking import centrality
from reports.writers.sentences import Sentence, tidy
from reports.writers.words import content_stems

_LEAST, _MOST, _MINUTES_EACH = 3, 12, 10.0
_FEWEST_STEMS, _WORDS_MOST = 3, 45
_TOO_ALIKE = 0.5


def find_summary(
    said: Sequence[Sentence], weighty: Sequence[Finding], held_on: date | None
) -> list[Finding]:
    """Three to twelve sentences, more for a longer meeting; central ones and those of ``weighty``.

    ``weighty``: findings (decisions, tasks, figures) whose sentences matter more.
    """
    rank = centrality([content_stems(s.text) for s in said])
    peak = float(rank.max()) if len(rank) else 1.0
    bonus = {s.index for finding in weighty for s in finding.sources}
    wording = {f.sources[-1].index: f for f in weighty if f.kind == "decision"}
    scored = sorted(
        (
            (
                -(
                    float(rank[s.index]) / peak
                    + 0.5 * (s.index in bonus)
                    + 0.5 * (s.index in wording)
                ),
                s.index,
            )
            for s in said
            if _fit(s)
        )
    )
    chosen: list[Finding] = []
    for _, index in scored:
        if len(chosen) >= _length(said):
            break
        sentence = said[index]
        marks = features(sentence.text, held_on)
        if all(overlap(marks, known.features) < _TOO_ALIKE for known in chosen):
            text = tidy(sentence.text, sentence.cues)
            chosen.append(Finding("summary", text, [sentence], features=marks))
    return sorted(chosen, key=lambda f: f.sources[0].index)


def _length(said: Sequence[Sentence]) -> int:
    minutes = (said[-1].end - said[0].start) / 60
    return min(_MOST, _LEAST + round(minutes / _MINUTES_EACH))


def _fit(sentence: Sentence) -> bool:
    """Whether a sentence can stand by itself."""
    cues = sentence.cues
    unfit = (cues.courtesy, cues.joke, cues.struck, cues.recap, cues.agenda)
    return (
        not sentence.is_question
        and _FEWEST_STEMS <= len(sentence.stems)
        and len(sentence.text.split()) <= _WORDS_MOST
        and not any(pattern.search(sentence.folded) for pattern in unfit)
    )
