"""Reckoning of days: from what was said of a day to its date. Pure."""

import calendar
from datetime import date, timedelta

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
LONG_PAST = timedelta(days=60)
"""How far back a day without a year may lie before it is taken as next year's."""


def dated(number: int, month: int, year: int | None, held_on: date | None) -> date | None:
    """The day with this number and month; of the meeting's year, or the next if long past."""
    if not (year or held_on):
        return None
    try:
        resolved = date(year or held_on.year, month, number)  # type: ignore[union-attr]
        if not year and held_on and resolved < held_on - LONG_PAST:
            resolved = date(held_on.year + 1, month, number)
    except ValueError:
        return None
    return resolved


def next_with_number(held_on: date | None, number: int, weekday: int | None = None) -> date | None:
    """The first day from ``held_on`` on with this number in its month, and on this weekday.

    Where no such day falls on it within two months, the first with the number.
    """
    if not held_on:
        return None
    later = (held_on + timedelta(days=ahead) for ahead in range(62))
    numbered = [day for day in later if day.day == number]
    on_it = (day for day in numbered if weekday in (None, day.weekday()))
    return next(on_it, numbered[0] if numbered else None)


def later(day: date, period: str, count: int) -> date:
    """``count`` days, weeks, fortnights, months, half-years, quarters or years after ``day``."""
    if period in _DAYS:
        return day + timedelta(days=count * _DAYS[period])
    months = day.month - 1 + count * {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(day: date) -> date:
    """The last day of the month that ``day`` is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def nth_weekday(month: date, weekday: int, nth: int) -> date:
    """The ``nth`` such weekday of the month that begins with ``month``; -1 for its last."""
    if nth < 0:
        last = month_end(month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = month + timedelta(days=(weekday - month.weekday()) % 7)
    return first + timedelta(days=7 * (nth - 1))


def period_start(day: date, period: str) -> date:
    """The first day of the period that ``day`` is in; of a week its Monday."""
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=day.weekday())
    month = day.month
    if period != "month":
        month = 1 if period == "year" else 3 * ((day.month - 1) // 3) + 1
    return day.replace(month=month, day=1)


def middle(day: date, period: str) -> date:
    """The middle of the period that ``day`` is in: a week's Wednesday, a month's fifteenth."""
    if period == "week":
        return day + timedelta(days=2 - day.weekday())
    return day.replace(day=15) if period == "month" else day


def period_end(day: date, period: str) -> date:
    """The last day of the period that ``day`` is in; of a week its Friday."""
    if period == "day":
        return day
    if period == "week":
        return day + timedelta(days=max(4, day.weekday()) - day.weekday())
    if period == "month":
        return month_end(day)
    last = 12 if period == "year" else 3 * ((day.month - 1) // 3 + 1)
    return month_end(day.replace(month=last, day=1))
