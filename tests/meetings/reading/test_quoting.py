"""Quotes are found in a page whatever stands between their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading.quoting import Stretch, place_of, stretches

PAGE = "Смета.\nРемонт кровли —\nещё 480 000 рублей (без НДС)."


@pytest.mark.parametrize(
    "quote", ["ремонт кровли", "кровли ЕЩЕ 480 000", "ещё 480  000 рублей, без ндс", "Смета"]
)
def test_a_quote_is_marked_where_it_stands(quote):
    marked = [s for s in stretches(PAGE, quote) if s.quoted]
    assert len(marked) == 1
    assert "".join(s.text for s in stretches(PAGE, quote)) == PAGE


@pytest.mark.parametrize("quote", ["", "…", "кровл", "480 000 рублей сверху"])
def test_what_does_not_stand_there_is_not_marked(quote):
    assert stretches(PAGE, quote) == [Stretch(PAGE)]


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_of_a_page_is_lost(quote, text):
    assert "".join(s.text for s in stretches(text, quote)) == text


def test_a_long_quote_in_a_long_page_is_found_soon():
    text = "а " * 50_000 + "конец"
    assert place_of("а " * 200 + "конец", text) is not None
