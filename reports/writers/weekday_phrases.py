"""How a weekday names a day: ``next Friday``, «в последнюю пятницу марта», ``Friday week``.

Pure; ``day_phrases`` tries these.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from reports.writers.calendar_days import dated, later, nth_weekday
from reports.writers.calendar_words import (
    LAST,
    MILIEU,
    NEXT,
    OF,
    PAST,
    PERIODS,
    THIS,
    WEEKDAYS,
)
from reports.writers.day_items import DayMention, Item, Match, among, lead, month_of, near

_MOST_OF_MONTH = 5
_WEEKS_BEHIND = {"week": 7, "fortnight": 14}
""" "Friday week": the days that are added."""


def match_weekday(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``Friday``, ``next Friday``, ``Friday week``, ``the Friday after next``."""
    name = among(items[at], WEEKDAYS)
    if not name or (items[at].folded in MILIEU and lead(text, items[at].begin)[0] != 2):
        return None
    weekday = WEEKDAYS[name]
    before = items[at - 1] if at and near(text, items, at) else None
    mention = DayMention(items[at].begin, items[at].end, weekday=weekday)
    if before and among(before, PAST):
        return 1, replace(mention, begin=before.begin, past=True)
    if before and (among(before, NEXT) or among(before, THIS)):
        mention = replace(mention, begin=before.begin)
    length, behind = _weeks_behind(text, items, at)
    if held_on:
        ahead = (weekday - held_on.weekday() - 1) % 7 + 1 + behind
        if before and among(before, NEXT):
            ahead = 7 - held_on.weekday() + weekday
        mention = replace(mention, day=held_on + timedelta(days=ahead))
    return length, replace(mention, end=items[at + length - 1].end)


def _weeks_behind(text: str, items: Sequence[Item], at: int) -> tuple[int, int]:
    """How many items ``Friday week`` takes, and the days that it adds to the next Friday."""
    following = [item.folded for item in items[at + 1 : at + 3]]
    if following == ["after", "next"]:
        return 3, 7
    if following and following[0] in _WEEKS_BEHIND and near(text, items, at + 1):
        return 2, _WEEKS_BEHIND[following[0]]
    return 1, 0


def match_week_on(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``a week on Friday``, ``two weeks from Monday``."""
    days = {"week": 7, "weeks": 7, "fortnight": 14}.get(items[at].folded)
    following = items[at + 1 : at + 3]
    if not days or len(following) != 2 or following[0].folded not in ("on", "from"):
        return None
    name = among(following[1], WEEKDAYS)
    if not name:
        return None
    counted = items[at - 1].number if at and near(text, items, at) else None
    begin = items[at - 1].begin if counted else items[at].begin
    days *= int(counted.value) if counted else 1
    weekday = WEEKDAYS[name]
    mention = DayMention(begin, following[1].end, weekday=weekday)
    if held_on:
        ahead = (weekday - held_on.weekday() - 1) % 7 + 1 + days
        mention = replace(mention, day=held_on + timedelta(days=ahead))
    return 3, mention


def match_nth(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``the first Monday in June``, «в последнюю пятницу марта»."""
    number = items[at].number
    last = bool(among(items[at], LAST))
    nth = int(number.value) if number and number.ordinal else -1 if last else 0
    if not (nth == -1 or 1 <= nth <= _MOST_OF_MONTH) or not near(text, items, at + 1):
        return None
    name = among(items[at + 1], WEEKDAYS)
    rest = at + 2
    while rest < len(items) and items[rest].folded in OF | {"in", "в"}:
        rest += 1
    if not name or rest >= len(items) or text[items[at + 1].end : items[rest].begin].count("."):
        return None
    opening = dated(1, month_of(items[rest]), None, held_on) if month_of(items[rest]) else None
    if among(items[rest], NEXT) and rest + 1 < len(items):
        rest += 1
        of_month = PERIODS.get(among(items[rest], PERIODS)) == "month"
        opening = later(held_on.replace(day=1), "month", 1) if held_on and of_month else None
    if opening is None:
        return None
    resolved = nth_weekday(opening, WEEKDAYS[name], nth)
    return rest - at + 1, DayMention(
        items[at].begin, items[rest].end, resolved, opening.month, resolved.day
    )
