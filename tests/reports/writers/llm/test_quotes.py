"""Quotes led back to what was said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.grounding import stands_in
from reports.writers.base import Segment
from reports.writers.llm.quotes import evidence

TEXT = "Ну, значит, решили мы перенести выпуск на пятницу, двадцатого марта."
SEGMENTS = (
    Segment(7, 0.0, 4.0, "S1", "Доброе утро, коллеги."),
    Segment(8, 4.0, 8.0, "S2", TEXT),
    Segment(9, 8.0, 12.0, "S1", "Анна подготовит список задач."),
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("решили мы перенести выпуск", "решили мы перенести выпуск"),
        ("РЕШИЛИ мы — перенести выпуск!", "решили мы перенести выпуск"),
        ("решили перенести выпуск на пятницу", "решили мы перенести выпуск на пятницу"),
        (
            "решили перенести релиз на пятницу двадцатого",
            "решили мы перенести выпуск на пятницу, двадцатого",
        ),
    ],
)
def test_a_quote_becomes_the_nearest_words_of_its_segment(quote, found):
    made = evidence(quote, 1, SEGMENTS)
    assert (made.segment, made.quote) == (8, found)
    assert 4.0 <= made.start < made.end <= 8.0


def test_a_quote_of_the_line_beside_is_found_there():
    assert evidence("подготовит список задач", 1, SEGMENTS).segment == 9


@pytest.mark.parametrize(
    "quote", ["уволить всех немедленно", "выпуск", "", "миллион рублей на пятницу"]
)
def test_a_quote_that_is_near_nothing_is_not_made_up(quote):
    made = evidence(quote, 1, SEGMENTS)
    assert made.segment == 8
    assert made.quote == quote or stands_in(made.quote, TEXT)
    if quote != "выпуск":
        assert not stands_in(made.quote, TEXT)


@given(st.text(max_size=60), st.integers(0, 2))
@settings(deadline=None, max_examples=50)
def test_evidence_is_always_of_a_given_segment_and_its_time(quote, place):
    made = evidence(quote, place, SEGMENTS)
    (segment,) = [s for s in SEGMENTS if s.id == made.segment]
    assert segment.start <= made.start <= made.end <= segment.end
    assert made.quote == quote or stands_in(made.quote, segment.text)
