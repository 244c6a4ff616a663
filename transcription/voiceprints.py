"""How alike two voices sound: cosines of embeddings of one model. Pure.

docs/voices.md tells how ``ALIKE`` was found, and how far it is to be trusted.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

ALIKE = 0.7
"""The cosine from which a voice is suggested."""
ENOUGH = 5.0
"""Seconds of speech below which a voice is neither remembered nor compared."""

Vector = Sequence[float]


@dataclass(frozen=True)
class Sound:
    """A voice of a recording: its embedding, and how many seconds it was made of."""

    vector: Vector
    seconds: float


@dataclass(frozen=True)
class Likeness:
    """The known voice (its key) that a voice sounds like, and the cosine."""

    known: int
    similarity: float


def mean_of(sounds: Iterable[Sound]) -> Sound | None:
    """The unit-length mean of embeddings of one dimension, weighed by seconds; None of nothing."""
    heard = [sound for sound in sounds if sound.seconds > 0 and any(sound.vector)]
    if not heard:
        return None
    total = [0.0] * len(heard[0].vector)
    for sound in heard:
        weight = sound.seconds / _length(sound.vector)
        total = [sum_ + weight * number for sum_, number in zip(total, sound.vector, strict=True)]
    length = _length(total)
    if not length:
        return None
    vector = tuple(number / length for number in total)
    return Sound(vector, sum(sound.seconds for sound in heard))


def similarity(one: Vector, other: Vector) -> float:
    """Their cosine, -1..1; 0 where they are of two dimensions or one is all zeros."""
    if len(one) != len(other):
        return 0.0
    lengths = _length(one) * _length(other)
    return sum(map(mul, one, other)) / lengths if lengths else 0.0


def likenesses(
    voices: Mapping[int, Sound],
    known: Mapping[int, Vector],
    refused: Collection[tuple[int, int]] = (),
) -> dict[int, Likeness]:
    """For each of ``voices`` that sounds like a known one, the one that it sounds like most.

    Not those of less than ``ENOUGH`` seconds, nor pairs (voice, known) that were refused.
    """
    found = {}
    for key, sound in voices.items():
        if sound.seconds < ENOUGH:
            continue
        scores = (
            Likeness(other, similarity(sound.vector, vector))
            for other, vector in known.items()
            if (key, other) not in refused
        )
        best = max(scores, key=lambda score: score.similarity, default=None)
        if best and best.similarity >= ALIKE:
            found[key] = best
    return found


def _length(vector: Vector) -> float:
    return math.hypot(*vector)
