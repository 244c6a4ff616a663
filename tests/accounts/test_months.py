"""Months of the instance's zone."""

from datetime import UTC, datetime

import pytest

from accounts.months import Month, month_named, month_of


@pytest.fixture
def in_moscow(settings):
    settings.TIME_ZONE = "Europe/Moscow"


def test_a_month_begins_at_midnight_of_the_instances_zone(in_moscow):
    assert month_of(datetime(2026, 10, 31, 21, 0, tzinfo=UTC)) == Month(2026, 11)
    assert month_of(datetime(2026, 10, 31, 20, 59, 59, tzinfo=UTC)) == Month(2026, 10)
    assert Month(2026, 11).start == datetime(2026, 10, 31, 21, 0, tzinfo=UTC)


def test_a_month_ends_where_the_next_begins():
    assert Month(2026, 12).end == Month(2027, 1).start
    assert Month(2026, 1).later(-1) == Month(2025, 12)
    assert Month(2026, 11).later(14) == Month(2028, 1)


@pytest.mark.parametrize("month", [Month(2026, 1), Month(1999, 12)])
def test_a_month_is_written_and_read(month):
    assert month_named(str(month)) == month


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "2026-1", "x", "9999-12", "٢٠٢٦-01"]
)
def test_what_is_no_month_is_none(text):
    assert month_named(text) is None
