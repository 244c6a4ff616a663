"""Words of a person get times among the recognised ones."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription import rewording


def words_of(text, start=0.0, confidence=0.4):
    return [
        {"start": start + n, "end": start + n + 1.0, "text": word, "confidence": confidence}
        for n, word in enumerate(text.split())
    ]


def times(words):
    return [(word["text"], word["start"], word["end"]) for word in words]


def test_words_that_stay_keep_their_times_and_doubts():
    found = rewording.reword(words_of("раз два три"), "раз четыре три", start=0, end=3)
    assert times(found) == [("раз", 0, 1), ("четыре", 1, 2), ("три", 2, 3)]
    assert [w["confidence"] for w in found] == [0.4, 1.0, 0.4]


def test_two_words_for_one_share_its_time_by_their_letters():
    found = rewording.reword(words_of("раз два три"), "раз да нет три", start=0, end=3)
    assert times(found)[1:3] == [("да", 1, 1.4), ("нет", 1.4, 2)]


def test_a_word_that_came_in_shares_the_time_of_the_one_before():
    found = rewording.reword(words_of("раз два"), "раз новое два", start=0, end=2)
    assert times(found) == [("раз", 0, 0.375), ("новое", 0.375, 1), ("два", 1, 2)]
    assert found[0]["confidence"] == 0.4


def test_other_marks_and_capitals_are_the_same_word_of_a_person():
    [found] = rewording.reword(words_of("привет"), "Привет!", start=0, end=1)
    assert (found["start"], found["end"], found["confidence"]) == (0, 1, 1.0)


def test_where_no_word_has_a_time_they_share_the_segment():
    found = rewording.reword([], "да нет", start=10, end=15)
    assert times(found) == [("да", 10, 12), ("нет", 12, 15)]


@given(
    st.lists(st.sampled_from("а б в где ёж".split()), max_size=8),
    st.lists(st.sampled_from("а б в Где, жук".split()), min_size=1, max_size=8),
)
def test_any_text_gets_its_words_in_time(old, new):
    words = words_of(" ".join(old), start=5)
    end = words[-1]["end"] if words else 9.0
    found = rewording.reword(words, " ".join(new), start=5, end=end)
    assert [word["text"] for word in found] == new
    assert all(5 <= word["start"] <= word["end"] <= end for word in found)
    assert all(a["end"] <= b["start"] + 1e-6 for a, b in pairwise(found))


@given(st.integers(0, 20))
def test_a_cut_loses_no_letter(at):
    text = "один два трижды"
    before, behind = rewording.cut(words_of(text), text, at)
    said = "".join(word["text"] for word in before + behind)
    assert said == text.replace(" ", "")
    assert [w["text"] for w in before] == text[:at].split()


def test_a_word_cut_inside_is_parted_in_time():
    before, behind = rewording.cut(words_of("чтобы"), "чтобы", 3)
    assert times(before + behind) == [("что", 0, 0.6), ("бы", 0.6, 1)]


@pytest.mark.parametrize(
    ("text", "confidence", "left"),
    [
        ("раз два три", 0.4, ["low_confidence", "overlap"]),
        ("раз два три", 0.9, ["overlap"]),
        ("да да да да да", 0.9, ["loop", "overlap"]),
    ],
)
def test_doubts_that_no_longer_hold_go(text, confidence, left):
    flags = ["loop", "low_confidence", "overlap"]
    assert sorted(rewording.doubts(flags, words_of(text, confidence=confidence))) == left
