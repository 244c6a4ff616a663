"""How a day is named, phrase by phrase, in Russian and English. Pure; ``dates`` uses it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from reports.writers.calendar_days import dated, later, next_with_number
from reports.writers.calendar_words import (
    AMBIGUOUS_MONTHS,
    DEADLINE,
    NEXT,
    OF,
    PERIODS,
    THIS,
    WEEKDAYS,
)
from reports.writers.day_items import DayMention, Item, Match, among, lead, month_of, near
from reports.writers.day_spans import (
    match_counted,
    match_end_of,
    match_holiday,
    match_nearby,
    match_part_of_day,
    match_period,
    match_weekend,
)
from reports.writers.weekday_phrases import match_nth, match_week_on, match_weekday
from reports.writers.words import fold, parses

_BEFORE_DAY = re.compile(rf"(?:^|\W){DEADLINE}\s+(?:the\s+)?$|(?:^|\W)on\s+the\s+$")
_OR = frozenset({"or", "and", "или", "и", "либо"})
_NO_NOUN = frozenset({"and", "but", "so", "at", "i", "we", "or", "then", "please", "if", "when"})
_TELLING_NUMBER = 10


def match_at(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """The day named at item ``at`` with the number of items it takes, if one is."""
    for matcher in _MATCHERS:
        match = matcher(text, items, at, held_on)
        if match:
            return match
    return None


def _day_number(item: Item) -> int:
    value = int(item.number.value) if item.number else 0
    return value if 1 <= value <= 31 else 0


def _match_day_and_month(
    text: str, items: Sequence[Item], at: int, held_on: date | None
) -> Match | None:
    """``20 марта``, ``twentieth of March``, ``March 20``, each with a year or without."""
    span = at + 1
    while span < len(items) and items[span].folded in OF and near(text, items, span):
        span += 1
    if not near(text, items, span):
        return None
    first, last = items[at], items[span]
    number, month = _day_number(first), month_of(last)
    if not (number and month):
        number, month = _day_number(last), month_of(first)
    if not (number and month):
        return None
    end, length, year = last.end, span - at + 1, None
    if near(text, items, span + 1) and (said := items[span + 1].number) and said.value > 1990:
        end, length, year = items[span + 1].end, length + 1, int(said.value)
    resolved = dated(number, month, year, held_on)
    return length, DayMention(first.begin, end, resolved, month, number)


def _match_day_of_next_month(
    text: str, items: Sequence[Item], at: int, held_on: date | None
) -> Match | None:
    """``the tenth of next month``, ``the first of the month``: the next day with that number."""
    number, rest = _day_number(items[at]), at + 1
    while rest < len(items) and (items[rest].folded in OF or among(items[rest], NEXT | THIS)):
        rest += 1
    if not number or rest == at + 1 or rest >= len(items):
        return None
    if PERIODS.get(among(items[rest], PERIODS)) != "month" or not near(text, items, rest):
        return None
    upcoming = any(among(item, NEXT) for item in items[at:rest])
    opening = later(held_on.replace(day=1), "month", 1) if held_on and upcoming else held_on
    resolved = next_with_number(opening, number)
    return rest - at + 1, DayMention(items[at].begin, items[rest].end, resolved, of_month=number)


def _match_bare_day(
    text: str, items: Sequence[Item], at: int, held_on: date | None
) -> Match | None:
    """``до двадцатого``, ``until the 18th``: an ordinal with a deadline's word and no noun."""
    number = _day_number(items[at])
    ordinal = items[at].number and items[at].number.ordinal  # type: ignore[union-attr]
    led = _BEFORE_DAY.search(fold(text[: items[at].begin]))
    weekday = _weekday_before(text, items, at)
    if not (number and ordinal and (led or weekday is not None or _alone(text, items, at, number))):
        return None
    end, length = items[at].end, 1
    if near(text, items, at + 1) and items[at + 1].folded in ("числа", "числу"):
        end, length = items[at + 1].end, 2
    elif (following := re.match(r"\s+(\w+)", text[end:])) and _may_be_counted(following[1]):
        return None
    mention = DayMention(items[at].begin, end, of_month=number)
    return length, replace(mention, day=next_with_number(held_on, number, weekday))


def _weekday_before(text: str, items: Sequence[Item], at: int) -> int | None:
    """The weekday of ``Sunday the thirtieth``, «четверг, девятое»."""
    place = at - 1
    while place >= 0 and items[place].folded in OF and near(text, items, place + 1):
        place -= 1
    if place < 0 or not near(text, items, place + 1):
        return None
    name = among(items[place], WEEKDAYS)
    return WEEKDAYS[name] if name else None


def _may_be_counted(word: str) -> bool:
    """Whether an ordinal before ``word`` may belong to it: a noun or an adjective."""
    first = parses(word)[:1]
    if first:
        return bool({"NOUN", "ADJF", "PRTF"} & set(first[0].tag.grammemes))
    return fold(word) not in _NO_NOUN


def _alone(text: str, items: Sequence[Item], at: int, number: int) -> bool:
    """«Подпишу двадцать девятого»: the genitive of a number too high to count things by."""
    named = fold(text[items[at].begin : items[at].end])
    return number >= _TELLING_NUMBER and named.endswith("ого")


def _match_first_of_two(
    text: str, items: Sequence[Item], at: int, held_on: date | None
) -> Match | None:
    """The fifth of ``the fifth or the twelfth of December``: its month is said with the other."""
    number = _day_number(items[at])
    other = at + 1
    while other < len(items) and items[other].folded in OF | _OR and near(text, items, other):
        other += 1
    parted = any(item.folded in _OR for item in items[at + 1 : other])
    if not number or not parted or other >= len(items) or not near(text, items, other):
        return None
    match = _match_day_and_month(text, items, other, held_on)
    if match is None or match[1].month is None or not _day_number(items[other]):
        return None
    resolved = dated(number, match[1].month, None, held_on)
    found = DayMention(items[at].begin, items[at].end, resolved, match[1].month, number)
    return other - at, found


def _match_month(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``в мае``, ``until June``: a month and no more."""
    month = month_of(items[at])
    word = text[items[at].begin : items[at].end]
    if not month or (items[at].folded in AMBIGUOUS_MONTHS and word[0].islower()):
        return None
    if not lead(text, items[at].begin)[0]:
        return None
    return 1, DayMention(items[at].begin, items[at].end, month=month)


_MATCHERS: tuple[Callable[[str, Sequence[Item], int, date | None], Match | None], ...] = (
    _match_first_of_two,
    _match_day_and_month,
    _match_day_of_next_month,
    match_nth,
    match_week_on,
    match_weekday,
    match_part_of_day,
    match_nearby,
    match_weekend,
    match_end_of,
    match_holiday,
    match_period,
    match_counted,
    _match_bare_day,
    _match_month,
)
