"""Turns: cut, cleared of overlap, joined, named."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.engines.base import Span, Turn
from transcription.turns import (
    LONGEST_PIECE,
    clear_spans,
    joined_over_pauses,
    named_by_appearance,
    pieces_of,
)

TENTHS = st.integers(0, 600)


@st.composite
def turns(draw):
    """Turns of up to three speakers, rising by start, in tenths of a second."""
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(TENTHS)
        length = draw(st.integers(1, 120))
        found.append(Turn(start / 10, (start + length) / 10, draw(st.sampled_from("ABC"))))
    return sorted(found, key=lambda turn: (turn.start, turn.end))


def spoken(found):
    """The tenths of a second in which each speaker speaks."""
    return {
        (turn.speaker, tenth)
        for turn in found
        for tenth in range(round(turn.start * 10), round(turn.end * 10))
    }


def test_a_short_pause_in_silence_does_not_end_a_turn():
    found = [Turn(0, 2, "A"), Turn(2.2, 3, "A"), Turn(3.9, 5, "A")]
    assert joined_over_pauses(found, pause=0.3) == [Turn(0, 3, "A"), Turn(3.9, 5, "A")]


def test_a_pause_in_which_another_speaks_ends_a_turn():
    found = [Turn(0, 2, "A"), Turn(2.05, 2.2, "B"), Turn(2.25, 3, "A")]
    assert joined_over_pauses(found, pause=0.3) == found


def test_pieces_that_touch_are_one_turn_even_while_another_speaks():
    found = [Turn(0, 5, "A"), Turn(4, 6, "B"), Turn(5, 8, "A")]
    assert joined_over_pauses(found) == [Turn(0, 8, "A"), Turn(4, 6, "B")]


@given(turns())
def test_joining_loses_no_speech_and_leaves_no_turns_of_one_speaker_touching(found):
    joined = joined_over_pauses(found, pause=0.3)
    assert spoken(found) <= spoken(joined)
    assert [turn.start for turn in joined] == sorted(turn.start for turn in joined)
    for speaker in "ABC":
        own = [turn for turn in joined if turn.speaker == speaker]
        assert all(before.end < after.start for before, after in itertools.pairwise(own))


@given(turns())
def test_joining_adds_only_pauses_of_everybody(found):
    silence = {tenth for _, tenth in spoken(joined_over_pauses(found, pause=0.3))} - {
        tenth for _, tenth in spoken(found)
    }
    added = spoken(joined_over_pauses(found, pause=0.3)) - spoken(found)
    assert {tenth for _, tenth in added} == silence


@given(turns())
def test_pieces_are_short_and_make_up_the_turns(found):
    pieces = pieces_of(found)
    assert all(0 < piece.end - piece.start <= LONGEST_PIECE + 1e-9 for piece in pieces)
    assert sum(piece.end - piece.start for piece in pieces) == pytest.approx(
        sum(turn.end - turn.start for turn in found)
    )


@given(turns())
def test_clear_spans_are_where_one_speaker_speaks_alone(found):
    at = {}
    for speaker, tenth in spoken(found):
        at.setdefault(tenth, set()).add(speaker)
    for turn, spans in zip(found, clear_spans(found), strict=True):
        inside = range(round(turn.start * 10), round(turn.end * 10))
        alone = {tenth for tenth in inside if at[tenth] == {turn.speaker}}
        clear = {t for span in spans for t in range(round(span.start * 10), round(span.end * 10))}
        assert clear == alone


def test_a_turn_around_another_is_clear_on_both_sides():
    found = [Turn(0, 10, "A"), Turn(4, 5, "B")]
    assert clear_spans(found) == [[Span(0, 4), Span(5, 10)], []]


def test_speakers_are_named_in_order_of_appearance():
    renamed, names = named_by_appearance([Turn(0, 1, "7"), Turn(1, 2, "3"), Turn(2, 3, "7")])
    assert [turn.speaker for turn in renamed] == ["S1", "S2", "S1"]
    assert names == {"7": "S1", "3": "S2"}
