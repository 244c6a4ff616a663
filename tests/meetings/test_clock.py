"""Seconds as people read them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from meetings.templatetags.clock import clock, lasting


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3723, "1:02:03"), (None, "")],
)
def test_a_position_is_shown_as_on_a_clock(seconds, shown):
    assert clock(seconds) == shown


@given(st.floats(0, 10**6))
def test_a_clock_loses_no_whole_second(seconds):
    parts = [int(part) for part in clock(seconds).split(":")]
    assert sum(part * 60**place for place, part in enumerate(reversed(parts))) == int(seconds)


@pytest.mark.parametrize(
    ("seconds", "english", "russian"),
    [
        (45.2, "45 s", "45 с"),
        (177, "2 min 57 s", "2 мин 57 с"),
        (120, "2 min", "2 мин"),
        (1830, "30 min", "30 мин"),
        (5230, "1 h 27 min", "1 ч 27 мин"),
        (None, "", ""),
    ],
)
def test_a_length_is_said_in_two_units_at_most(seconds, english, russian):
    with translation.override("en"):
        assert lasting(seconds) == english
    with translation.override("ru"):
        assert lasting(seconds) == russian
