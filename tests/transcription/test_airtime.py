"""How a recording's time is shared out, and what is heard of each voice."""

import pytest

from transcription.airtime import LONGEST_SAMPLE, Said, measured, samples_of
from transcription.engines.base import Span, Turn


def test_talk_time_is_that_of_the_segments_as_they_stand():
    said = [Said(0, 4, "S1"), Said(5, 6, "S2"), Said(6, 9, "S1"), Said(9, 10, None)]
    found = measured(said, [], 20)
    assert (found.voices["S1"].seconds, found.voices["S1"].segments) == (7, 2)
    assert (found.voices["S1"].first, found.voices["S1"].last) == (0, 9)
    assert (found.voices["S2"].seconds, found.voices[None].seconds) == (1, 1)


def test_what_was_dropped_is_nobodys_talk_and_silence():
    said = [Said(0, 4, "S1"), Said(10, 14, "S1", is_dropped=True)]
    found = measured(said, [Turn(0, 4, "S1"), Turn(10, 14, "S1")], 20)
    assert (found.voices["S1"].seconds, found.silence) == (4, 16)


def test_a_voice_without_recognised_words_is_no_silence():
    found = measured([Said(0, 4, "S1")], [Turn(0, 4, "S1"), Turn(6, 9, "S2")], 10)
    assert found.silence == 3


def test_overlap_is_where_several_turns_are():
    turns = [Turn(0, 5, "S1"), Turn(4, 8, "S2"), Turn(7, 9, "S3")]
    assert measured([], turns, 10).overlap == 2


def test_overlap_is_unknown_where_nobody_listened_for_turns():
    assert measured([Said(0, 3, "S1"), Said(2, 4, "S2")], [], 10).overlap is None


def test_a_recording_lasts_at_least_to_its_last_segment():
    assert measured([Said(0, 12, "S1")], [], 10).duration == 12


def test_nothing_said_is_silence_alone():
    found = measured([], [], 30)
    assert (found.silence, found.voices) == (30, {})


def test_samples_are_the_three_longest_in_order():
    said = [Said(n * 20, n * 20 + length, "S1") for n, length in enumerate([3, 9, 4, 8])]
    assert samples_of(said, []) == {"S1": [Span(20, 29), Span(40, 44), Span(60, 68)]}


def test_a_sample_is_at_most_so_long():
    assert samples_of([Said(5, 60, "S1")], []) == {"S1": [Span(5, 5 + LONGEST_SAMPLE)]}


def test_segments_with_a_short_pause_are_one_sample():
    assert samples_of([Said(0, 2, "S1"), Said(2.4, 5, "S1")], []) == {"S1": [Span(0, 5)]}


def test_nobody_else_is_heard_in_a_sample():
    turns = [Turn(0, 10, "S1"), Turn(4, 5, "S2")]
    said = [Said(0, 10, "S1"), Said(8, 9, "S3")]
    found = samples_of(said, turns)
    assert found["S1"] == [Span(0, 4), Span(5, 8)]


def test_what_was_given_to_another_is_heard_there():
    """The turn still has the first voice; the segment is the second one's now."""
    found = samples_of([Said(0, 5, "S2")], [Turn(0, 5, "S1")])
    assert found == {"S2": [Span(0, 5)]}


@pytest.mark.parametrize("is_doubtful", [True, False])
def test_doubtful_ones_are_taken_only_where_there_is_nothing_else(is_doubtful):
    said = [Said(0, 9, "S1", is_doubtful=True), Said(20, 23, "S1", is_doubtful=is_doubtful)]
    found = samples_of(said, [])["S1"]
    assert found == ([Span(0, 9), Span(20, 23)] if is_doubtful else [Span(20, 23)])


def test_a_voice_of_short_words_has_its_longest():
    assert samples_of([Said(0, 1, "S1"), Said(9, 10.5, "S1")], []) == {"S1": [Span(9, 10.5)]}


def test_a_voice_that_is_never_alone_has_no_sample():
    turns = [Turn(0, 5, "S1"), Turn(0, 5, "S2")]
    assert samples_of([Said(1, 4, "S1")], turns) == {"S1": []}
