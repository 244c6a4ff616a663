"""Days as a statement may name them and as the talk names them, more freely than a task is due.

Pure. What is read here supports a day that is stated; no day is ever made of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from reports.writers.calendar_days import next_with_number
from reports.writers.calendar_words import AMBIGUOUS_MONTHS, MONTHS
from reports.writers.dates import DayMention, days
from reports.writers.numerals import Number, numbers
from reports.writers.words import CYRILLIC, fold, lemmas, parses, tokens

_LAST_OF_MONTH = 31
_UNIT = re.compile(
    r"\s*(?:(?:out )?of(?!\w)|из(?!\w)|%|процент|percent|тысяч|миллион|thousand|million|рубл|"
    r"человек|people|штук|раз(?!\w))"
)
_OF = re.compile(r" of(?! the (?:meeting|decision|day)(?!\w))(?!\w)")
_LENGTH = r"(?:\w+ )?(?:days?|weeks?|months?|дн\w+|недел\w+|месяц\w*)(?!\w)"
_READINGS = (
    (re.compile(rf"(?:give|allow) me (?={_LENGTH})|i(?:'ll)? need (?={_LENGTH})"), "in "),
    (re.compile(rf"(?:дай(?:те)? мне|мне нуж\w+|мне надо|мне бы) (?={_LENGTH})"), "через "),
    (re.compile(r"in the morning(?!\w)"), "tomorrow"),
    (re.compile(r"(?<!\w)(?:с )?утром(?!\w)"), "завтра"),
)
"""What is said for a day, and the words that name it."""
_THE = re.compile(r"(?<!\w)the $")
_AFTER_A_DAY = re.compile(
    r"\s*(?:$|[^\w\s]|(?:with|at|in|on|for|then|or|and|but|as|if|when|is|it|we|i|please|by|from|"
    r"to|instead|would|will|should|was|works|suits|so|that)(?!\w))"
)
_DAY_ENDINGS = ("ое", "ого", "ому", "ье", "ьего", "ьему")


def named_days(text: str, held_on: date | None) -> list[DayMention]:
    """Days that a statement names, without lengths of time and amounts that stand like days.

    «Премия за март 12 процентов», "in one week of January", "to February, first come first served".
    """
    found = []
    for mention in days(text, held_on):
        words, behind = fold(text[mention.begin : mention.end]), fold(text[mention.end :])
        if mention.month is None and mention.weekday is None and _OF.match(behind):
            continue
        month_first = re.split(r"\W", words)[0] in MONTHS and mention.of_month
        in_figures = words[-1:].isdigit()
        if month_first and (_UNIT.match(behind) or ("," in words and not in_figures)):
            mention = _month_alone(mention, text)
        found.append(mention)
    return found


def _month_alone(mention: DayMention, text: str) -> DayMention:
    first = re.match(r"\w+", text[mention.begin :])
    end = mention.begin + (first.end() if first else 0)
    return replace(mention, end=end, day=None, of_month=None)


def heard_days(text: str, held_on: date | None) -> Iterator[tuple[str, DayMention]]:
    """Days that ``text`` names, each with the text that its offsets are of."""
    plain = days(text, held_on)
    yield from ((text, mention) for mention in plain)
    yield from ((text, mention) for mention in _ordinals_alone(text, plain, held_on))
    if not plain:
        for pattern, words in _READINGS:
            read, count = pattern.subn(words, fold(text))
            if count:
                yield from ((read, mention) for mention in days(read, held_on))


def months_named(texts: Iterable[str]) -> set[int]:
    """Months that are named anywhere in ``texts``, alone too: «весь апрель»."""
    return {
        MONTHS[name]
        for text in texts
        for token in tokens(text)
        if not (token.folded in AMBIGUOUS_MONTHS and token.text.islower())
        for name in (lemmas(token.text) | {token.folded}) & MONTHS.keys()
    }


def _ordinals_alone(
    text: str, plain: Iterable[DayMention], held_on: date | None
) -> Iterator[DayMention]:
    """Days said by their number alone: "on the twenty-second with …", «двадцать девятое тогда»."""
    weekdays = {m.weekday for m in plain if m.weekday is not None}
    weekday = weekdays.pop() if len(weekdays) == 1 else None
    for number in numbers(text):
        taken = any(m.begin <= number.begin < m.end for m in plain)
        if number.ordinal and not taken and _may_be_day(number, text):
            of_month = int(number.value)
            day = next_with_number(held_on, of_month, weekday)
            yield DayMention(number.begin, number.end, day, of_month=of_month)


def _may_be_day(number: Number, text: str) -> bool:
    """Whether an ordinal may be a day's: by its article or its case, with nothing counted by it."""
    if not 1 <= number.value <= _LAST_OF_MONTH or number.value % 1:
        return False
    words, behind = fold(text[number.begin : number.end]), text[number.end :]
    if not CYRILLIC.search(words):
        led = words[0].isdigit() or _THE.search(fold(text[: number.begin]))
        return bool(led and _AFTER_A_DAY.match(fold(behind)))
    following = re.match(r"\s+(\w+)", behind)
    first = parses(following[1])[:1] if following else ()
    counted = first and first[0].tag.POS in ("NOUN", "ADJF") and first[0].tag.gender != "femn"
    return words.endswith(_DAY_ENDINGS) and not counted
