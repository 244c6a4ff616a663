"""How spans of time and parts of the day name a day: ``next week``, ``first thing``, «к вечеру».

Pure; ``day_phrases`` tries these.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from reports.writers.calendar_days import (
    dated,
    later,
    middle,
    month_end,
    period_end,
    period_start,
)
from reports.writers.calendar_words import (
    AFTER,
    BEGIN,
    COUPLE,
    DAY_ADJECTIVES,
    EARLY,
    END,
    HOLIDAYS,
    IN_DAYS,
    LAST,
    MIDDLE,
    NEARBY,
    NEXT,
    NOW,
    OF,
    PARTS_OF_DAY,
    PARTS_OF_TODAY,
    PERIODS,
    THIS,
    WEEKEND,
    WORKING,
)
from reports.writers.day_items import DayMention, Item, Match, among, lead, month_of, near
from reports.writers.words import fold

_OVER = re.compile(r"(?:^|\W)(?:over the|at the|on the|на|за)\s+$")
_HOURS_A_DAY = 24


def match_part_of_day(
    text: str, items: Sequence[Item], at: int, held_on: date | None
) -> Match | None:
    """``this afternoon``, ``до вечера``, ``by close of business``: today; «с утра»: tomorrow."""
    said = tuple(item.folded for item in items[at : at + 3])
    part = next((p for p in PARTS_OF_TODAY if said[: len(p)] == p), ())
    bare = PARTS_OF_TODAY.get(part)
    if bare is None or (bare < 0 and lead(text, items[at].begin)[0] != 2):
        return None
    resolved = held_on + timedelta(days=max(bare, 0)) if held_on else None
    if part[-1] == "утру" and held_on:
        resolved = held_on + timedelta(days=1)
    end = items[at + len(part) - 1].end
    return len(part), DayMention(items[at].begin, end, resolved, of_today=True)


def match_nearby(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``завтра``, ``today``, ``the day after tomorrow``, «к завтрашнему обеду»."""
    name = items[at].folded
    following = [item.folded for item in items[at : at + 3]]
    if following == ["day", "after", "tomorrow"]:
        resolved = held_on + timedelta(days=2) if held_on else None
        return 3, DayMention(items[at].begin, items[at + 2].end, resolved)
    if adjective := among(items[at], DAY_ADJECTIVES):
        if not near(text, items, at + 1) or not among(items[at + 1], PARTS_OF_DAY):
            return None
        resolved = held_on + timedelta(days=DAY_ADJECTIVES[adjective]) if held_on else None
        return 2, DayMention(items[at].begin, items[at + 1].end, resolved)
    if name not in NEARBY:
        return None
    resolved = held_on + timedelta(days=NEARBY[name]) if held_on else None
    return 1, DayMention(items[at].begin, items[at].end, resolved)


def match_period(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``до конца недели``, ``next week``, ``end of March``, ``через две недели``."""
    first, rest = items[at], _behind_small_words(items, at)
    if rest is None:
        return None
    upcoming = any(among(item, NEXT) for item in items[at:rest])
    count = _count(items[rest]) if rest < len(items) and among(first, AFTER) else 0
    rest += bool(count)
    while rest < len(items) and (
        among(items[rest], WORKING) or (count and items[rest].folded == "of")
    ):
        rest += 1
    if rest >= len(items) or "." in text[first.end : items[rest].begin]:
        return None
    last, week = items[rest], False
    if name := among(last, PERIODS):
        ahead = count or int(upcoming or bool(among(first, AFTER)))
        found = _of_period(first, PERIODS[name], ahead, held_on)
        if found is None:
            return None
        resolved, week = found[0], PERIODS[name] in ("week", "fortnight")
    elif month_of(last) and among(first, END | MIDDLE | BEGIN):
        resolved = _of_month(first, month_of(last), held_on)
    else:
        return None
    return rest - at + 1, DayMention(first.begin, items[rest].end, resolved, of_week=week)


def _behind_small_words(items: Sequence[Item], at: int) -> int | None:
    """The item behind ``the end of the next``, ``in a``; None if no span begins at ``at``."""
    first, rest = items[at], at + 1
    if not any(among(first, table) for table in (END, MIDDLE, BEGIN, NEXT, THIS, AFTER, EARLY)):
        return None
    while rest < len(items) and (
        items[rest].folded in OF | {"a"} or among(items[rest], THIS | NEXT)
    ):
        rest += 1
    return rest


def _count(item: Item) -> int:
    """«Две», ``a couple``: how many, 0 if it does not say."""
    if item.number:
        return int(item.number.value)
    return 2 if among(item, COUPLE) else 0


def _of_period(
    first: Item, period: str, ahead: int, held_on: date | None
) -> tuple[date | None] | None:
    """The day of a span of weeks, months …; None if the words name no day."""
    if period == "hour":
        if ahead < _HOURS_A_DAY:
            return None
        period, ahead = "day", ahead // _HOURS_A_DAY
    resolved = _reckoned(held_on, period, ahead, ends=not among(first, AFTER))
    if resolved and among(first, MIDDLE):
        resolved = middle(resolved, period)
    if resolved and held_on and among(first, BEGIN | EARLY):
        resolved = period_start(resolved, period)
        if resolved <= held_on:
            resolved = period_start(later(held_on, period, 1), period)
        resolved += timedelta(days=bool(among(first, EARLY)))
    return (resolved,)


def _of_month(first: Item, month: int, held_on: date | None) -> date | None:
    opening = dated(1, month, None, held_on)
    if opening is None or among(first, BEGIN):
        return opening
    return middle(opening, "month") if among(first, MIDDLE) else month_end(opening)


def match_counted(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``ten days from now``, ``a week from Monday`` up to the «from»; «в трёхдневный срок»."""
    span = among(items[at], IN_DAYS)
    if span and near(text, items, at + 1) and among(items[at + 1], frozenset({"срок"})):
        resolved = held_on + timedelta(days=IN_DAYS[span]) if held_on else None
        return 2, DayMention(items[at].begin, items[at + 1].end, resolved)
    following = [item.folded for item in items[at + 1 : at + 3]]
    if (items[at].folded, *following) == ("week", "after", "next"):
        resolved = _reckoned(held_on, "week", 2, ends=True)
        return 3, DayMention(items[at].begin, items[at + 2].end, resolved, of_week=True)
    period = PERIODS.get(items[at].folded, "")
    if not period or period == "hour" or len(following) != 2 or following[0] != "from":
        return None
    if following[1] not in NOW:
        return None
    before = items[at - 1] if at and near(text, items, at) else None
    count = _count(before) if before else 0
    begin = before.begin if before and count else items[at].begin
    resolved = _reckoned(held_on, period, count or 1, ends=False)
    return 3, DayMention(begin, items[at + 2].end, resolved)


def match_end_of(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``month end``, ``the last day of the month``."""
    name, following = items[at].folded, [item.folded for item in items[at + 1 : at + 5]]
    if name in ("month", "quarter", "year") and following[:1] == ["end"]:
        if lead(text, items[at].begin)[0] != 2:
            return None
        resolved = period_end(held_on, name) if held_on else None
        return 2, DayMention(items[at].begin, items[at + 1].end, resolved)
    if (
        not among(items[at], LAST)
        or at + 1 >= len(items)
        or not among(items[at + 1], {"day": "day", "день": "day"})
    ):
        return None
    rest = at + 2
    while rest < len(items) and items[rest].folded in OF | {"this"}:
        rest += 1
    period = PERIODS.get(among(items[rest], PERIODS), "") if rest < len(items) else ""
    if period not in ("month", "quarter", "year", "week"):
        return None
    resolved = period_end(held_on, period) if held_on else None
    return rest - at + 1, DayMention(items[at].begin, items[rest].end, resolved)


def match_holiday(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``by Christmas``, «до Нового года»: the last day on which it can be done."""
    strength, _ = lead(text, items[at].begin)
    said = [item.forms | {item.folded} for item in items[at : at + 2]]
    for words, (day, month) in HOLIDAYS.items():
        if (
            strength == 2
            and len(said) >= len(words)
            and all(w in forms for w, forms in zip(words, said, strict=False))
        ):
            end = items[at + len(words) - 1].end
            resolved = dated(day, month, None, held_on)
            return len(words), DayMention(items[at].begin, end, resolved)
    return None


def match_weekend(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``this weekend``, ``на выходных``: its Sunday; with a deadline's word the Friday before."""
    if items[at].folded not in WEEKEND:
        return None
    before = items[at - 1] if at and near(text, items, at) else None
    named = before and (among(before, THIS) or among(before, NEXT))
    begin = before.begin if named and before else items[at].begin
    strength = lead(text, begin)[0]
    if not (named or strength == 2 or _OVER.search(fold(text[:begin]))):
        return None
    resolved = None
    if held_on:
        ahead = 6 - held_on.weekday() + (7 if before and among(before, NEXT) else 0)
        resolved = held_on + timedelta(days=ahead - (2 if strength == 2 else 0))
    return 1, DayMention(begin, items[at].end, resolved)


def _reckoned(held_on: date | None, period: str, ahead: int, *, ends: bool) -> date | None:
    if held_on is None:
        return None
    day = later(held_on, period, ahead)
    return period_end(day, period) if ends else day
