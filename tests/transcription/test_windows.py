"""Windows: speech is covered, silence and cuts through words are avoided."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.engines.base import SAMPLE_RATE, Turn
from transcription.windows import (
    LONGEST,
    LONGEST_PAUSE,
    MARGIN,
    Loudness,
    loudness,
    plan,
    turns_by_loudness,
)

HOP = 0.05


def evenly_loud(duration: float) -> Loudness:
    return Loudness(np.full(round(duration / HOP), -20, np.float32), HOP)


def with_pause_at(duration: float, at: float) -> Loudness:
    levels = np.full(round(duration / HOP), -20, np.float32)
    levels[int((at - 0.2) / HOP) : int((at + 0.2) / HOP)] = -60
    return Loudness(levels, HOP)


def spans(windows):
    return [(window.start, window.end) for window in windows]


def test_neighbouring_turns_share_a_window():
    turns = [Turn(1, 5, "a"), Turn(5.5, 9, "b"), Turn(10, 20, "a")]
    [window] = plan(turns, ["ru"] * 3, evenly_loud(30))
    assert (window.start, window.end) == (1 - MARGIN, 20 + MARGIN)
    assert window.language == "ru"


def test_a_language_ends_a_window():
    turns = [Turn(1, 5, "a"), Turn(6, 9, "b"), Turn(10, 20, "a")]
    windows = plan(turns, ["ru", "en", "ru"], evenly_loud(30))
    assert [window.language for window in windows] == ["ru", "en", "ru"]
    assert [window.index for window in windows] == [0, 1, 2]


def test_turns_of_unknown_language_share_a_window_with_their_own_speaker_only():
    turns = [Turn(1, 5, "a"), Turn(6, 9, "a"), Turn(10, 20, "b")]
    windows = plan(turns, [None] * 3, evenly_loud(30))
    assert [window.language for window in windows] == [None, None]
    assert windows[0].end < 10 <= windows[1].start + MARGIN


def test_a_long_silence_is_left_out():
    turns = [Turn(0, 5, "a"), Turn(5 + LONGEST_PAUSE + 1, 12, "a")]
    windows = plan(turns, ["ru", "ru"], evenly_loud(20))
    assert len(windows) == 2
    assert windows[0].end <= 5 + MARGIN


def test_a_monologue_is_cut_in_its_pause():
    [first, second] = plan([Turn(0, 40, "a")], ["ru"], with_pause_at(40, 22.0))
    assert first.end == pytest.approx(22.0, abs=0.15)
    assert second.start == first.end


def test_a_full_window_ends_at_the_longest_pause_of_its_last_part():
    turns = [Turn(0, 8, "a"), Turn(8.1, 18, "b"), Turn(19.5, 24, "a"), Turn(24.2, 33, "b")]
    windows = plan(turns, ["ru"] * 4, evenly_loud(40))
    assert windows[0].end == 18 + MARGIN
    assert windows[1].start == 19.5 - MARGIN


def test_where_two_languages_overlap_the_first_goes_on():
    turns = [Turn(0, 10, "a"), Turn(8, 15, "b"), Turn(3, 4, "b")]
    windows = plan(turns, ["ru", "en", "en"], evenly_loud(20))
    assert [(w.language, w.start, w.end) for w in windows] == [
        ("ru", 0, 10),
        ("en", 10, 15 + MARGIN),
    ]


def test_no_turns_no_windows():
    assert plan([], [], evenly_loud(10)) == []


@st.composite
def meetings(draw):
    """Turns of up to three speakers in up to two languages, overlapping or not."""
    rows = draw(
        st.lists(
            st.tuples(
                st.floats(0, 300),
                st.floats(0.05, 90),
                st.sampled_from("abc"),
                st.sampled_from(["ru", "en", None]),
            ),
            max_size=25,
        )
    )
    turns = [Turn(start, min(start + length, 400.0), who) for start, length, who, _ in rows]
    return turns, [language for *_, language in rows]


@given(meetings(), st.integers(0, 99))
def test_windows_rise_never_overlap_and_stay_short(meeting, seed):
    turns, languages = meeting
    levels = Loudness(np.random.default_rng(seed).uniform(-60, -10, 8000).astype(np.float32), HOP)
    windows = plan(turns, languages, levels)
    for window in windows:
        assert 0 <= window.start < window.end <= 400
        assert window.end - window.start <= LONGEST + 2 * MARGIN + 1e-6
    for before, after in itertools.pairwise(windows):
        assert before.end <= after.start + 1e-9


@given(meetings())
def test_every_moment_of_every_turn_lies_in_a_window(meeting):
    turns, languages = meeting
    windows = plan(turns, languages, evenly_loud(400))
    for turn in turns:
        for moment in np.linspace(turn.start, turn.end, 7):
            assert any(w.start - 1e-6 <= moment <= w.end + 1e-6 for w in windows)


@given(meetings())
def test_no_silence_longer_than_the_longest_pause_is_decoded(meeting):
    turns, languages = meeting
    speech = sum((plan_end - start for start, plan_end in _union(turns)), 0.0)
    windows = plan(turns, languages, evenly_loud(400))
    gaps = sum(
        min(max(0.0, b[0] - a[1]), LONGEST_PAUSE)
        for a, b in zip(_union(turns), _union(turns)[1:], strict=False)
    )
    decoded = sum(end - start for start, end in spans(windows))
    assert decoded <= speech + gaps + 2 * MARGIN * len(windows) + 1e-6


def _union(turns):
    merged: list[tuple[float, float]] = []
    for turn in sorted(turns, key=lambda turn: turn.start):
        if merged and turn.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], turn.end))
        else:
            merged.append((turn.start, turn.end))
    return merged


def test_loudness_is_in_decibels_of_full_scale():
    seconds = np.arange(SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
    sine = np.sin(2 * np.pi * 440 * seconds).astype(np.float32)
    levels = loudness(np.concatenate([sine, np.zeros(SAMPLE_RATE, np.float32)]), HOP)
    assert levels.levels[:20] == pytest.approx(-3.0, abs=0.1)
    assert levels.levels[20:] == pytest.approx(-120.0, abs=0.1)


def test_without_diarization_what_is_loud_becomes_a_turn():
    noise = np.random.default_rng(1).standard_normal(10 * SAMPLE_RATE).astype(np.float32)
    noise[: 3 * SAMPLE_RATE] *= 0.001
    noise[3 * SAMPLE_RATE : 7 * SAMPLE_RATE] *= 0.1
    noise[7 * SAMPLE_RATE :] *= 0.001
    [turn] = turns_by_loudness(loudness(noise), "S1")
    assert [turn.start, turn.end] == pytest.approx([3, 7], abs=0.1)
    assert turn.speaker == "S1"


def test_without_diarization_silence_has_no_turns():
    assert turns_by_loudness(loudness(np.zeros(5 * SAMPLE_RATE, np.float32))) == []
