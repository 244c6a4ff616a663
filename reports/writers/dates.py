"""Days as people say them, in Russian and English, resolved against the day of the meeting.

Pure. ``до пятницы, двадцатого марта``, ``by Thursday``, ``until the 18th``, ``завтра``,
``на следующей неделе``. A day without a year is the nearest one that is not long past; a weekday is
the next one after the meeting; a week, month, quarter or year ends with its last (working) day.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from reports.writers.calendar_days import dated
from reports.writers.calendar_words import (
    AFTER,
    BEGIN,
    EARLY,
    END,
    HOLIDAYS,
    LAST,
    MIDDLE,
    NAMES_A_DAY,
    NEXT,
    PARTS_OF_TODAY,
    PERIODS,
    THIS,
)
from reports.writers.day_items import DayMention, Item, items_of, lead
from reports.writers.day_phrases import match_at
from reports.writers.numerals import is_number_word
from reports.writers.words import fold, lemmas, tokens

_NUMERIC = re.compile(
    r"(?<![\d.])(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<d>\d{1,2})\.(?P<m>\d\d)(?:\.(?P<y>\d{4}|"
    r"\d\d))?)(?![\d.]*\d)"
)


_TODAY = re.compile(r"(?<!\w)(?:сегодня|today(?: is|'s)?|it is|it's)(?!\w)")
_SMALL = frozenset(words[0] for words in (*PARTS_OF_TODAY, *HOLIDAYS))
_TELLING = NAMES_A_DAY | PERIODS.keys()
_BEGINS = _TELLING | END | MIDDLE | BEGIN | EARLY | LAST | NEXT | THIS | AFTER | _SMALL
"""Words, numbers aside, with one of which every phrase of a day begins."""
_OR = re.compile(
    r"-|,?\s*(?:\w+\s+)?(?:или|либо|or)\s+(?:maybe |latest |максимум |самое позднее )?|,? край\s+"
)
_CUE_REACH = 12  # characters
_YEARS_BACK = 7  # weekdays repeat within
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """A due day: ``text`` as it was said with its preposition, ``day`` where it can be told."""

    text: str
    day: date | None
    begin: int
    end: int
    firm: bool
    """Said with ``до``, ``by`` and the like rather than only named."""


@lru_cache(maxsize=20_000)
def days(text: str, held_on: date | None = None) -> tuple[DayMention, ...]:
    """Days named in ``text``, in order; ``пятницы, двадцатого марта`` is one mention."""
    words = (word for token in tokens(text) for word in _parts(token.text))
    if not any(map(str.isdigit, text)) and not any(map(_may_tell, words)):
        return ()
    found = _numeric_days(text, held_on)
    taken = [(m.begin, m.end) for m in found]
    items = [i for i in items_of(text) if not any(b < i.end and i.begin < e for b, e in taken)]
    telling = any(not i.forms.isdisjoint(_TELLING) for i in items)
    at = 0
    while at < len(items):
        match = match_at(text, items, at, held_on) if _may_begin(items[at], telling) else None
        if match:
            found.append(match[1])
        at += match[0] if match else 1
    return tuple(_joined(text, sorted(found, key=lambda m: m.begin)))


def _may_begin(item: Item, telling: bool) -> bool:
    """Whether a day may be named from ``item`` on; without a word that tells one an ordinal may."""
    if item.number:
        return telling or item.number.ordinal
    return telling and not item.forms.isdisjoint(_BEGINS)


@lru_cache(maxsize=50_000)
def _may_tell(word: str) -> bool:
    """Whether a day can be named with ``word``; most words of a talk rule it out at little cost."""
    return is_number_word(word) or bool(_TELLING & (lemmas(word) | {fold(word)}))


def _parts(word: str) -> tuple[str, ...]:
    return (word, *word.split("-")) if "-" in word else (word,)


def deadline(text: str, held_on: date | None = None) -> Deadline | None:
    """The day by which the task said in ``text`` is due: one with ``до`` or ``by`` comes first."""
    best: tuple[int, Deadline] | None = None
    for mention in days(text, held_on):
        strength, begin = lead(text, mention.begin)
        if mention.past or strength < 0 or (held_on and mention.day and mention.day < held_on):
            continue
        if best is None or strength > best[0] or _or_else(text, best[1], begin, mention):
            said = text[begin : mention.end]
            found = Deadline(said, mention.day, begin, mention.end, strength == 2)
            best = max(strength, best[0] if best else 0), found
    return best[1] if best else None


def _or_else(text: str, known: Deadline, begin: int, mention: DayMention) -> bool:
    """«Во вторник или в среду»: whether a day is the later of two, by which it will be done."""
    gap = fold(text[known.end : begin])
    later = bool(known.day and mention.day and mention.day > known.day)
    return later and bool(_OR.fullmatch(gap))


def day_of_talk(text: str, held_on: date | None) -> date | None:
    """The day that ``text`` says it is («Сегодня понедельник, шестнадцатое марта»), if it does.

    Its year is the latest in which that day is not past ``held_on`` and falls on the weekday said;
    so that a recording uploaded months later is still dated by its own words.
    """
    cue = _TODAY.search(fold(text))
    if cue is None or held_on is None:
        return None
    for mention in days(text):
        if mention.begin < cue.start() or mention.begin - cue.end() > _CUE_REACH:
            continue
        for year in range(held_on.year, held_on.year - _YEARS_BACK, -1):
            day = dated(mention.of_month or 0, mention.month or 0, year, None)
            if day and day <= held_on + _A_DAY and mention.weekday in (None, day.weekday()):
                return day
    return None


def _numeric_days(text: str, held_on: date | None) -> list[DayMention]:
    found = []
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            parts = tuple(int(p) for p in match["iso"].split("-"))
        elif match["y"] or lead(text, match.start())[0] in (2, -1):
            year = int(match["y"]) if match["y"] else 0
            parts = (year + 2000 if 0 < year < 100 else year, int(match["m"]), int(match["d"]))
        else:
            continue
        if 1 <= parts[1] <= 12 and 1 <= parts[2] <= 31:
            resolved = dated(parts[2], parts[1], parts[0] or None, held_on)
            found.append(
                DayMention(match.start(), match.end(), resolved, month=parts[1], of_month=parts[2])
            )
    return found


def _joined(text: str, mentions: list[DayMention]) -> list[DayMention]:
    """A weekday and a date beside each other are one day, the date's."""
    result: list[DayMention] = []
    for mention in mentions:
        before = result[-1] if result else None
        if before and before.of_today != mention.of_today and _beside(text, before, mention):
            told = mention if before.of_today else before
            result[-1] = replace(told, begin=before.begin, end=mention.end)
            continue
        if before and before.of_week != mention.of_week and _of_one_week(text, before, mention):
            result[-1] = _in_week(before, mention)
            continue
        if before and {before.weekday is None, mention.weekday is None} == {True, False}:
            gap = fold(text[before.end : mention.begin])
            dated = mention if mention.of_month else before
            if dated.of_month and re.fullmatch(r"\W*(?:the|это|it is|в|во|on)?\W*", gap):
                weekday = before.weekday if mention.weekday is None else mention.weekday
                result[-1] = replace(dated, begin=before.begin, end=mention.end, weekday=weekday)
                continue
        result.append(mention)
    return result


def _of_one_week(text: str, one: DayMention, other: DayMention) -> bool:
    """``Thursday next week``, «на следующей неделе в четверг»: a week and a weekday beside."""
    weekday = other if one.of_week else one
    gap = fold(text[one.end : other.begin])
    told = weekday.weekday is not None and not weekday.of_month and not weekday.past
    return told and bool(re.fullmatch(r"\W*(?:of|on|in|в|во|на)?\W*(?:the)?\W*", gap))


def _in_week(one: DayMention, other: DayMention) -> DayMention:
    """The weekday of the week that the other mention names."""
    week, weekday = (one, other) if one.of_week else (other, one)
    day = None
    if week.day is not None and weekday.weekday is not None:
        day = week.day + timedelta(days=weekday.weekday - week.day.weekday())
    return replace(weekday, begin=one.begin, end=other.end, day=day)


def _beside(text: str, one: DayMention, other: DayMention) -> bool:
    """«завтра до обеда», "by noon on Friday": whether only small words part two mentions."""
    gap = fold(text[one.end : other.begin])
    return bool(re.fullmatch(r"\W*(?:до|к|по|в|во|by|before|at|on|the|of)?\W*(?:the)?\W*", gap))
