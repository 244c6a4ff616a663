"""Days as people say them, in Russian and English, resolved against the day of the meeting.

Pure. ``до пятницы, двадцатого марта``, ``by Thursday``, ``until the 18th``, ``завтра``,
``на следующей неделе``. A day without a year is the nearest one that is not long past; a weekday is
the next one after the meeting; a week, month, quarter or year ends with its last (working) day.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reports.writers.calendar_words import (
    AFTER,
    AMBIGUOUS_MONTHS,
    DEADLINE,
    END,
    MOMENT,
    MONTHS,
    NEARBY,
    NEXT,
    OF,
    PAST,
    PERIODS,
    START,
    THIS,
    WEEKDAYS,
)
from reports.writers.numerals import Number, numbers
from reports.writers.words import fold, lemmas, tokens

_LONG_PAST = timedelta(days=60)
_NUMERIC = re.compile(
    r"(?<![\d.])(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<d>\d{1,2})\.(?P<m>\d\d)(?:\.(?P<y>\d{4}|\d\d))?)(?![\d.]*\d)"
)
_BEFORE_DAY = re.compile(rf"(?:^|\W){DEADLINE}\s+(?:the\s+)?$|(?:^|\W)on\s+the\s+$")
_LEAD = {
    strength: re.compile(rf"(?:^|(?<=\W)){words}\W{{1,3}}(?:the\s+)?$")
    for strength, words in ((2, DEADLINE), (1, MOMENT), (-1, START))
}


@dataclass(frozen=True)
class DayMention:
    """A day named in a text; offsets into that text. What was not said is None."""

    begin: int
    end: int
    day: date | None = None
    month: int | None = None
    of_month: int | None = None
    weekday: int | None = None

    def agrees_with(self, other: "DayMention") -> bool:
        """Whether both may name the same day: equal when resolved, else in what both say."""
        if self.day and other.day:
            return self.day == other.day
        mine = (self.month, self.of_month, self.weekday)
        theirs = (other.month, other.of_month, other.weekday)
        shared = [(a, b) for a, b in zip(mine, theirs, strict=True) if a is not None is not b]
        return bool(shared) and all(a == b for a, b in shared)


@dataclass(frozen=True)
class Deadline:
    """A due day: ``text`` as it was said with its preposition, ``day`` where it can be told."""

    text: str
    day: date | None
    begin: int
    end: int
    firm: bool
    """Said with ``до``, ``by`` and the like rather than only named."""


@dataclass(frozen=True)
class _Item:
    folded: str
    forms: frozenset[str]
    begin: int
    end: int
    number: Number | None = None


_Match = tuple[int, DayMention]


def days(text: str, held_on: date | None = None) -> list[DayMention]:
    """Days named in ``text``, in order; ``пятницы, двадцатого марта`` is one mention."""
    found = _numeric_days(text, held_on)
    taken = [(m.begin, m.end) for m in found]
    items = [i for i in _items(text) if not any(b < i.end and i.begin < e for b, e in taken)]
    at = 0
    while at < len(items):
        match = _match_at(text, items, at, held_on)
        if match:
            found.append(match[1])
        at += match[0] if match else 1
    return _joined(text, sorted(found, key=lambda m: m.begin))


def deadline(text: str, held_on: date | None = None) -> Deadline | None:
    """The day by which the task said in ``text`` is due: one with ``до`` or ``by`` comes first."""
    best: tuple[int, Deadline] | None = None
    for mention in days(text, held_on):
        strength, begin = _lead(text, mention.begin)
        if strength < 0 or (held_on and mention.day and mention.day < held_on):
            continue
        if best is None or strength > best[0]:
            said = text[begin : mention.end]
            found = Deadline(said, mention.day, begin, mention.end, strength == 2)
            best = strength, found
    return best[1] if best else None


def _lead(text: str, at: int) -> tuple[int, int]:
    before = fold(text[:at])
    for strength, pattern in _LEAD.items():
        if match := pattern.search(before):
            return strength, match.start()
    return 0, at


def _numeric_days(text: str, held_on: date | None) -> list[DayMention]:
    found = []
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            parts = tuple(int(p) for p in match["iso"].split("-"))
        elif match["y"] or _lead(text, match.start())[0] in (2, -1):
            year = int(match["y"]) if match["y"] else 0
            parts = (year + 2000 if 0 < year < 100 else year, int(match["m"]), int(match["d"]))
        else:
            continue
        if 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31:
            resolved = _dated(parts[2], parts[1], parts[0] or None, held_on)
            found.append(
                DayMention(match.start(), match.end(), resolved, month=parts[1], of_month=parts[2])
            )
    return found


def _items(text: str) -> list[_Item]:
    said = numbers(text)
    items = [
        _Item(fold(text[n.begin : n.end]), frozenset(), n.begin, n.end, n)
        for n in said
        if n.value == int(n.value)
    ]
    for token in tokens(text):
        if not any(n.begin < token.end and token.begin < n.end for n in said):
            forms = lemmas(token.text) | {token.folded}
            items.append(_Item(token.folded, forms, token.begin, token.end))
    return sorted(items, key=lambda i: i.begin)


def _match_at(text: str, items: list[_Item], at: int, held_on: date | None) -> _Match | None:
    for matcher in _MATCHERS:
        match = matcher(text, items, at, held_on)
        if match:
            return match
    return None


def _in(item: _Item, table: frozenset[str] | dict[str, int] | dict[str, str]) -> str:
    return next((form for form in sorted(item.forms) if form in table), "")


def _day_number(item: _Item) -> int:
    value = int(item.number.value) if item.number else 0
    return value if 1 <= value <= 31 else 0


def _near(text: str, items: list[_Item], at: int) -> bool:
    """Whether nothing but space and commas parts item ``at`` from the one before."""
    return at < len(items) and not text[items[at - 1].end : items[at].begin].strip(" ,\u00a0-")


def _month(text: str, item: _Item) -> int:
    name = _in(item, MONTHS)
    return MONTHS[name] if name else 0


def _match_day_and_month(
    text: str, items: list[_Item], at: int, held_on: date | None
) -> _Match | None:
    """``20 марта``, ``twentieth of March``, ``March 20``, each with a year or without."""
    span = at + 1
    while span < len(items) and items[span].folded in OF and _near(text, items, span):
        span += 1
    if not _near(text, items, span):
        return None
    first, last = items[at], items[span]
    number, month = _day_number(first), _month(text, last)
    if not (number and month):
        number, month = _day_number(last), _month(text, first)
    if not (number and month):
        return None
    end, length, year = last.end, span - at + 1, None
    if _near(text, items, span + 1) and (said := items[span + 1].number) and said.value > 1990:
        end, length, year = items[span + 1].end, length + 1, int(said.value)
    resolved = _dated(number, month, year, held_on)
    return length, DayMention(first.begin, end, resolved, month, number)


def _match_weekday(text: str, items: list[_Item], at: int, held_on: date | None) -> _Match | None:
    name = _in(items[at], WEEKDAYS)
    if (
        not name
        or items[at].folded in ("среде", "средой", "средах")
        and not _lead(text, items[at].begin)[0] == 2
    ):
        return None
    weekday = WEEKDAYS[name]
    before = items[at - 1] if at and _near(text, items, at) else None
    mention = DayMention(items[at].begin, items[at].end, weekday=weekday)
    if before and _in(before, PAST):
        return 1, replace(mention, begin=before.begin)
    if before and (_in(before, NEXT) or _in(before, THIS)):
        mention = replace(mention, begin=before.begin)
    if held_on:
        ahead = (weekday - held_on.weekday() - 1) % 7 + 1
        if before and _in(before, NEXT):
            ahead = 7 - held_on.weekday() + weekday
        mention = replace(mention, day=held_on + timedelta(days=ahead))
    return 1, mention


def _match_nearby(text: str, items: list[_Item], at: int, held_on: date | None) -> _Match | None:
    """``завтра``, ``today``."""
    name = items[at].folded
    if name not in NEARBY:
        return None
    resolved = held_on + timedelta(days=NEARBY[name]) if held_on else None
    return 1, DayMention(items[at].begin, items[at].end, resolved)


def _match_period(text: str, items: list[_Item], at: int, held_on: date | None) -> _Match | None:
    """``до конца недели``, ``next week``, ``end of March``, ``через две недели``."""
    item, rest = items[at], at + 1
    count = 1
    if not (_in(item, END) or _in(item, NEXT) or _in(item, AFTER)):
        return None
    ahead = 1 if _in(item, NEXT) else 0
    while rest < len(items) and (items[rest].folded in OF | {"a"} or _in(items[rest], THIS | NEXT)):
        ahead = 1 if _in(items[rest], NEXT) else ahead
        rest += 1
    if rest < len(items) and items[rest].number and _in(item, AFTER):
        count, rest = int(items[rest].number.value), rest + 1  # type: ignore[union-attr]
    if rest >= len(items) or text[item.end : items[rest].begin].strip(" ,").count("."):
        return None
    period, month = _in(items[rest], PERIODS), _month(text, items[rest])
    if not period and not (month and _in(item, END)):
        return None
    resolved = None
    if held_on and month:
        resolved = _month_end(_dated(1, month, None, held_on) or held_on)
    elif held_on and _in(item, AFTER):
        resolved = _later(held_on, PERIODS[period], count)
    elif held_on:
        resolved = _period_end(_later(held_on, PERIODS[period], ahead), PERIODS[period])
    return rest - at + 1, DayMention(item.begin, items[rest].end, resolved)


def _match_bare_day(text: str, items: list[_Item], at: int, held_on: date | None) -> _Match | None:
    """``до двадцатого``, ``until the 18th``: an ordinal with a deadline's word and no noun."""
    number = _day_number(items[at])
    ordinal = items[at].number and items[at].number.ordinal  # type: ignore[union-attr]
    if not (number and ordinal and _BEFORE_DAY.search(fold(text[: items[at].begin]))):
        return None
    end, length = items[at].end, 1
    if _near(text, items, at + 1) and items[at + 1].folded == "числа":
        end, length = items[at + 1].end, 2
    elif re.match(r"\s+\w", text[end:]) and not re.match(
        r"\s+(?:и|а|но|я|мы|and|but|so|at|i|we|or)\b", fold(text[end:])
    ):
        return None
    mention = DayMention(items[at].begin, end, of_month=number)
    return length, replace(mention, day=_next_with_number(held_on, number))


def _match_month(text: str, items: list[_Item], at: int, held_on: date | None) -> _Match | None:
    """``в мае``, ``until June``: a month and no more."""
    month = _month(text, items[at])
    word = text[items[at].begin : items[at].end]
    if not month or (items[at].folded in AMBIGUOUS_MONTHS and word[0].islower()):
        return None
    if not _lead(text, items[at].begin)[0]:
        return None
    return 1, DayMention(items[at].begin, items[at].end, month=month)


_MATCHERS: tuple[Callable[[str, list[_Item], int, date | None], _Match | None], ...] = (
    _match_day_and_month,
    _match_weekday,
    _match_nearby,
    _match_period,
    _match_bare_day,
    _match_month,
)


def _joined(text: str, mentions: list[DayMention]) -> list[DayMention]:
    """A weekday and a date beside each other are one day, the date's."""
    result: list[DayMention] = []
    for mention in mentions:
        before = result[-1] if result else None
        if before and {before.weekday is None, mention.weekday is None} == {True, False}:
            gap = fold(text[before.end : mention.begin])
            dated = mention if mention.of_month else before
            if dated.of_month and re.fullmatch(r"\W*(?:the|это|it is|в|во|on)?\W*", gap):
                weekday = before.weekday if mention.weekday is None else mention.weekday
                result[-1] = replace(dated, begin=before.begin, end=mention.end, weekday=weekday)
                continue
        result.append(mention)
    return result


def _dated(number: int, month: int, year: int | None, held_on: date | None) -> date | None:
    if not (year or held_on):
        return None
    try:
        resolved = date(year or held_on.year, month, number)  # type: ignore[union-attr]
        if not year and held_on and resolved < held_on - _LONG_PAST:
            resolved = date(held_on.year + 1, month, number)
    except ValueError:
        return None
    return resolved


def _next_with_number(held_on: date | None, number: int) -> date | None:
    if not held_on:
        return None
    later = (held_on + timedelta(days=ahead) for ahead in range(62))
    return next((day for day in later if day.day == number), None)


def _later(day: date, period: str, count: int) -> date:
    if period in ("day", "week"):
        return day + timedelta(days=count * (7 if period == "week" else 1))
    months = day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[period]
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _period_end(day: date, period: str) -> date:
    """The last day of the period that ``day`` is in; of a week its Friday."""
    if period == "day":
        return day
    if period == "week":
        return day + timedelta(days=max(4, day.weekday()) - day.weekday())
    if period == "month":
        return _month_end(day)
    last = 12 if period == "year" else 3 * ((day.month - 1) // 3 + 1)
    return _month_end(day.replace(month=last, day=1))
