"""Matters that are put off till a time that is named. Pure."""

from collections.abc import Sequence

from reports.writers.dates import days
from reports.writers.findings import features
from reports.writers.matters import (
    LEANS,
    before,
    deliberates,
    matter,
    opened_by,
    puts_off,
    resolving,
)
from reports.writers.sentences import Sentence

_TELLING = 3


def adjourned(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> list[Sentence] | None:
    """«Отложим на июль»: a matter put off till a time that is named."""
    words = resolving(sentence)
    if not puts_off(sentence):
        return None
    if any(words.out_of_time.search(s.folded) for s in before(sentence, said, 0)):
        return None
    if words.returns.search(sentence.folded):
        dropped = any(s.cues.refused.search(s.folded) for s in before(sentence, said, 0))
        if dropped or not _discussed(sentence, said, led_by):
            return None
    raised = matter(sentence, said) if LEANS.search(sentence.folded) else None
    if raised and raised.speaker != sentence.speaker:
        return [raised, sentence]
    if len(features(sentence.body)) + len(days(sentence.body)) >= _TELLING:
        return [sentence]
    told = next((s for s in before(sentence, said, 1) if len(s.stems) > 1), None)
    return [told, sentence] if told else [sentence]


def _discussed(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> bool:
    """Whether others spoke since the matter was opened, and not only of the one before."""
    opening = opened_by(sentence, said, led_by)
    if opening is None:
        near = before(sentence, said, 2)
        return any(s.speaker != sentence.speaker and deliberates(s) for s in near)
    since = said[opening.index : sentence.index]
    return any(s.speaker != sentence.speaker and s.stems for s in since)
