"""Open questions: what was put off, and what was asked and not answered. Pure."""

from collections.abc import Sequence

from reports.writers.findings import Finding, features
from reports.writers.sentences import Sentence, between, tidy

_LEAST_STEMS = 2


def find_questions(said: Sequence[Sentence], settled: Sequence[Finding]) -> list[Finding]:
    """Open questions in order; ``settled`` are the decisions and tasks, which are none."""
    firm = {s.index for finding in settled for s in finding.sources}
    found: list[Finding] = []
    for sentence in said:
        if sentence.index in firm or len(sentence.stems) < _LEAST_STEMS:
            continue
        sources = _left_open(sentence, said)
        if sources and not any(f.rests_on(s) for f in found for s in sources):
            text = tidy(sentence.text, sentence.cues)
            found.append(Finding("question", text, sources, sentence, features=features(text)))
    return found


def _left_open(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence]:
    cues = sentence.cues
    if not sentence.is_question:
        open_matter = cues.open_matter.search(sentence.folded) or cues.postponed.search(
            sentence.folded
        )
        return [sentence] if open_matter and not cues.struck.search(sentence.folded) else []
    answer = next((s for s in between(said, sentence, 1) if s.speaker != sentence.speaker), None)
    if answer and answer.cues.unanswered.search(answer.folded):
        return [sentence, answer]
    return []
