"""How a day is named, phrase by phrase, in Russian and English. Pure; ``dates`` uses it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from reports.writers.calendar_days import (
    dated,
    later,
    middle,
    month_end,
    next_with_number,
    period_end,
)
from reports.writers.calendar_words import (
    AFTER,
    AMBIGUOUS_MONTHS,
    DEADLINE,
    END,
    MIDDLE,
    MILIEU,
    MONTHS,
    NEARBY,
    NEXT,
    OF,
    PARTS_OF_TODAY,
    PAST,
    PERIODS,
    THIS,
    WEEKDAYS,
    WEEKEND,
)
from reports.writers.day_items import DayMention, Item, among, lead, near
from reports.writers.words import fold, parses

_BEFORE_DAY = re.compile(rf"(?:^|\W){DEADLINE}\s+(?:the\s+)?$|(?:^|\W)on\s+the\s+$")
_OR = frozenset({"or", "and", "или", "и", "либо"})
_NO_NOUN = frozenset({"and", "but", "so", "at", "i", "we", "or", "then", "please", "if", "when"})
_TELLING_NUMBER = 10
_OVER = re.compile(r"(?:^|\W)(?:over the|at the|on the|на|за)\s+$")


Match = tuple[int, DayMention]


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


def _month(text: str, item: Item) -> int:
    name = among(item, MONTHS)
    return MONTHS[name] if name else 0


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
    number, month = _day_number(first), _month(text, last)
    if not (number and month):
        number, month = _day_number(last), _month(text, first)
    if not (number and month):
        return None
    end, length, year = last.end, span - at + 1, None
    if near(text, items, span + 1) and (said := items[span + 1].number) and said.value > 1990:
        end, length, year = items[span + 1].end, length + 1, int(said.value)
    resolved = dated(number, month, year, held_on)
    return length, DayMention(first.begin, end, resolved, month, number)


def _match_weekday(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
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
    if held_on:
        ahead = (weekday - held_on.weekday() - 1) % 7 + 1
        if before and among(before, NEXT):
            ahead = 7 - held_on.weekday() + weekday
        mention = replace(mention, day=held_on + timedelta(days=ahead))
    return 1, mention


def _match_part_of_day(
    text: str, items: Sequence[Item], at: int, held_on: date | None
) -> Match | None:
    """``this afternoon``, ``до вечера``, ``by close of business``: today."""
    said = [item.folded for item in items[at : at + 3]]
    length = next((len(p) for p in PARTS_OF_TODAY if said[: len(p)] == list(p)), 0)
    led = length != 1 or lead(text, items[at].begin)[0] == 2
    if not length or not led:
        return None
    return length, DayMention(items[at].begin, items[at + length - 1].end, held_on, of_today=True)


def _match_nearby(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``завтра``, ``today``, ``the day after tomorrow``."""
    name = items[at].folded
    following = [item.folded for item in items[at : at + 3]]
    if following == ["day", "after", "tomorrow"]:
        resolved = held_on + timedelta(days=2) if held_on else None
        return 3, DayMention(items[at].begin, items[at + 2].end, resolved)
    if name not in NEARBY:
        return None
    resolved = held_on + timedelta(days=NEARBY[name]) if held_on else None
    return 1, DayMention(items[at].begin, items[at].end, resolved)


def _match_period(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
    """``до конца недели``, ``next week``, ``end of March``, ``через две недели``."""
    first, rest = items[at], at + 1
    if not any(among(first, table) for table in (END, MIDDLE, NEXT, THIS, AFTER)):
        return None
    while rest < len(items) and (
        items[rest].folded in OF | {"a"} or among(items[rest], THIS | NEXT)
    ):
        rest += 1
    upcoming = any(among(item, NEXT) for item in items[at:rest])
    count = items[rest].number if rest < len(items) and among(first, AFTER) else None
    rest += bool(count)
    if rest >= len(items) or "." in text[first.end : items[rest].begin]:
        return None
    last = items[rest]
    if among(last, PERIODS):
        ahead = int(count.value) if count else 1 if upcoming or among(first, AFTER) else 0
        ends = not among(first, AFTER)
        period = PERIODS[among(last, PERIODS)]
        resolved = _reckoned(held_on, period, ahead, ends=ends)
        if resolved and among(first, MIDDLE):
            resolved = middle(resolved, period)
    elif _month(text, last) and among(first, END):
        opening = dated(1, _month(text, last), None, held_on)
        resolved = month_end(opening) if opening else None
    else:
        return None
    return rest - at + 1, DayMention(first.begin, last.end, resolved)


def _match_weekend(text: str, items: Sequence[Item], at: int, held_on: date | None) -> Match | None:
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
    if near(text, items, at + 1) and items[at + 1].folded == "числа":
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
    month = _month(text, items[at])
    word = text[items[at].begin : items[at].end]
    if not month or (items[at].folded in AMBIGUOUS_MONTHS and word[0].islower()):
        return None
    if not lead(text, items[at].begin)[0]:
        return None
    return 1, DayMention(items[at].begin, items[at].end, month=month)


_MATCHERS: tuple[Callable[[str, Sequence[Item], int, date | None], Match | None], ...] = (
    _match_first_of_two,
    _match_day_and_month,
    _match_weekday,
    _match_part_of_day,
    _match_nearby,
    _match_weekend,
    _match_period,
    _match_bare_day,
    _match_month,
)
