"""How alike two voices sound."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.voiceprints import (
    ALIKE,
    ENOUGH,
    Likeness,
    Sound,
    likenesses,
    mean_of,
    similarity,
)

NUMBERS = st.floats(-10, 10, allow_nan=False).filter(lambda n: n == 0 or abs(n) > 1e-3)
VECTORS = st.lists(NUMBERS, min_size=3, max_size=3).filter(any)
LONG = ENOUGH + 1


def at(cosine):
    """A unit vector whose cosine with (1, 0, 0) is this."""
    return (cosine, math.sqrt(1 - cosine**2), 0.0)


@given(VECTORS, VECTORS)
def test_likeness_is_mutual_and_between_minus_one_and_one(one, other):
    found = similarity(one, other)
    assert found == pytest.approx(similarity(other, one))
    assert -1.000001 <= found <= 1.000001
    assert similarity(one, [2 * n for n in one]) == pytest.approx(1)


def test_vectors_of_two_dimensions_are_not_alike():
    assert similarity((1, 0), (1, 0, 0)) == 0
    assert similarity((0, 0), (1, 0)) == 0


@given(VECTORS, st.floats(1, 100))
def test_the_mean_of_one_is_itself_at_length_one(vector, seconds):
    mean = mean_of([Sound(vector, seconds)])
    assert similarity(mean.vector, vector) == pytest.approx(1)
    assert math.hypot(*mean.vector) == pytest.approx(1) and mean.seconds == seconds


def test_longer_speech_weighs_more_however_long_the_vectors_are():
    mean = mean_of([Sound((1, 0, 0), 30), Sound((0, 500, 0), 10)])
    assert mean.vector == pytest.approx((3 / math.sqrt(10), 1 / math.sqrt(10), 0))
    assert mean.seconds == 40


def test_nothing_has_no_mean():
    assert mean_of([]) is None
    assert mean_of([Sound((0, 0), 9), Sound((1, 0), 0)]) is None
    assert mean_of([Sound((1, 0), 9), Sound((-1, 0), 9)]) is None


def test_the_most_alike_is_found():
    voices = {1: Sound((1, 0, 0), LONG)}
    known = {7: at(ALIKE + 0.1), 8: at(ALIKE + 0.2), 9: at(-1)}
    assert likenesses(voices, known)[1] == Likeness(8, pytest.approx(ALIKE + 0.2))


def test_below_the_threshold_nobody_is():
    voices = {1: Sound((1, 0, 0), LONG)}
    assert likenesses(voices, {7: at(ALIKE - 0.01)}) == {}
    assert likenesses(voices, {}) == {}


def test_too_short_a_voice_is_like_nobody():
    assert likenesses({1: Sound((1, 0, 0), ENOUGH - 0.1)}, {7: (1, 0, 0)}) == {}


def test_what_was_refused_gives_way_to_the_next():
    voices = {1: Sound((1, 0, 0), LONG), 2: Sound((1, 0, 0), LONG)}
    known = {7: at(0.9), 8: at(0.8)}
    found = likenesses(voices, known, {(1, 7)})
    assert (found[1].known, found[2].known) == (8, 7)
