"""How far a transcript is from the truth. Pure; needs jiwer, scipy and pyannote.metrics.

Truth beside a recording: ``NAME.rttm`` (turns) and ``NAME.json`` (turns with text: a list of
``{"speaker", "start", "end", "text"}``), either may be missing.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer
import numpy as np
from pyannote.core import Annotation, Segment
from pyannote.metrics.diarization import DiarizationErrorRate
from scipy.optimize import linear_sum_assignment


@dataclass(frozen=True)
class SpokenTurn:
    """A turn of the truth or of a transcript, seconds; the text may be empty."""

    start: float
    end: float
    speaker: str
    text: str = ""


@dataclass(frozen=True)
class WordErrors:
    """Wrong words and words of the truth; the rate is their ratio."""

    wrong: int
    words: int

    @property
    def percent(self) -> float:
        return 100 * self.wrong / self.words if self.words else 0.0


@dataclass(frozen=True)
class DiarizationErrors:
    """Seconds missed, falsely heard and given to the wrong speaker, of ``total`` spoken."""

    missed: float
    false_alarm: float
    confused: float
    total: float

    @property
    def percent(self) -> float:
        wrong = self.missed + self.false_alarm + self.confused
        return 100 * wrong / self.total if self.total else 0.0

    def __add__(self, other: "DiarizationErrors") -> "DiarizationErrors":
        return DiarizationErrors(
            self.missed + other.missed,
            self.false_alarm + other.false_alarm,
            self.confused + other.confused,
            self.total + other.total,
        )


def read_truth(recording: Path) -> tuple[list[SpokenTurn], bool]:
    """The turns beside ``recording`` and whether they have text; FileNotFoundError without any."""
    with_text = recording.with_suffix(".json")
    if with_text.exists():
        read = json.loads(with_text.read_text())
        turns = read["turns"] if isinstance(read, dict) else read
        return [SpokenTurn(t["start"], t["end"], t["speaker"], t["text"]) for t in turns], True
    lines = recording.with_suffix(".rttm").read_text().splitlines()
    fields = [line.split() for line in lines if line.startswith("SPEAKER")]
    return [SpokenTurn(float(f[3]), float(f[3]) + float(f[4]), f[7]) for f in fields], False


def normalized(text: str) -> list[str]:
    """The words of ``text`` with case, punctuation and ё folded."""
    return re.sub(r"[^\w\s]|_", " ", text.lower().replace("ё", "е")).split()


def word_errors(truth: Sequence[SpokenTurn], found: Sequence[SpokenTurn]) -> WordErrors:
    """Word error rate over the whole, in order of start."""
    reference = [word for turn in truth for word in normalized(turn.text)]
    return WordErrors(
        _edits(reference, [w for t in found for w in normalized(t.text)]), len(reference)
    )


def word_errors_by_speaker(truth: Sequence[SpokenTurn], found: Sequence[SpokenTurn]) -> WordErrors:
    """Concatenated minimum-permutation word error rate: who said what, best pairing of speakers.

    Source: Watanabe et al., CHiME-6 challenge, 2020.
    """
    reference, hypothesis = list(_by_speaker(truth).values()), list(_by_speaker(found).values())
    size = max(len(reference), len(hypothesis))
    reference += [[]] * (size - len(reference))
    hypothesis += [[]] * (size - len(hypothesis))
    cost = np.array([[_edits(a, b) for b in hypothesis] for a in reference])
    wrong = int(cost[linear_sum_assignment(cost)].sum()) if size else 0
    return WordErrors(wrong, sum(len(words) for words in reference))


def diarization_errors(
    truth: Sequence[SpokenTurn], found: Sequence[SpokenTurn], *, collar: float
) -> DiarizationErrors:
    """Diarization errors with ``collar`` seconds forgiven on each side of the truth's bounds."""
    metric = DiarizationErrorRate(collar=2 * collar)  # the library counts both sides
    parts = metric(_annotation(truth), _annotation(found), detailed=True)
    return DiarizationErrors(
        parts["missed detection"], parts["false alarm"], parts["confusion"], parts["total"]
    )


def _edits(reference: list[str], hypothesis: list[str]) -> int:
    if not reference or not hypothesis:
        return len(reference) + len(hypothesis)
    out = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    return int(out.substitutions + out.deletions + out.insertions)


def _by_speaker(turns: Sequence[SpokenTurn]) -> Mapping[str, list[str]]:
    words: dict[str, list[str]] = defaultdict(list)
    for turn in turns:
        words[turn.speaker] += normalized(turn.text)
    return words


def _annotation(turns: Sequence[SpokenTurn]) -> Annotation:
    annotation = Annotation()
    for i, turn in enumerate(turns):
        if turn.end > turn.start:
            annotation[Segment(turn.start, turn.end), i] = turn.speaker
    return annotation
