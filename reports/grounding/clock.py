"""Hours and minutes that times said in words stand for: ``quarter to eight`` is 7:45. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.writers.numerals import Number, numbers
from reports.writers.words import fold

_MINUTES = {"quarter": 15, "четверти": 15, "five": 5, "пяти": 5, "ten": 10, "десяти": 10} | {
    "twenty": 20,
    "двадцати": 20,
    "twenty-five": 25,
}
_COUNTED = "|".join(sorted(_MINUTES, key=len, reverse=True))
_TO = re.compile(rf"(?<!\w)(?:(?P<to>{_COUNTED}) (?:to|of)|без (?P<bez>{_COUNTED})) $")
_PAST = re.compile(rf"(?<!\w)(?P<past>{_COUNTED}|half) past $")
_OF_THE_HOUR = re.compile(r"(?<!\w)(?P<part>половин\w|четверть) $")
_HALF_WORD = re.compile(r"(?<!\w)пол-?(?P<hour>\w+[ое]го)(?!\w)")
_IN_FIGURES = re.compile(r"(?<!\d)(?P<hour>\d{1,2}):(?P<minutes>\d\d)(?!\d)")
_LAST_HOUR, _HALF, _HOUR = 12, 30, 60


def clock_values(text: str) -> set[Decimal]:
    """Hours and minutes that the times of ``text`` may be written with."""
    return {Decimal(value) for value in _values(fold(text))}


def _values(text: str) -> Iterator[int]:
    for number in numbers(text):
        if 0 < number.value <= _LAST_HOUR and not number.value % 1:
            yield from _time(number, text[: number.begin])
    for match in _HALF_WORD.finditer(text):
        yield from (v for n in numbers(match["hour"]) for v in (_before(int(n.value)), _HALF))
    for match in _IN_FIGURES.finditer(text):
        if int(match["minutes"]) > _HALF:
            yield from (int(match["hour"]) % _LAST_HOUR + 1, _HOUR - int(match["minutes"]))


def _time(number: Number, before: str) -> Iterator[int]:
    hour = int(number.value)
    if match := _TO.search(before):
        yield from (_before(hour), _HOUR - _MINUTES[match["to"] or match["bez"]])
    elif match := _PAST.search(before):
        yield from (hour, _MINUTES.get(match["past"], _HALF))
    elif number.ordinal and (match := _OF_THE_HOUR.search(before)):
        yield from (_before(hour), 15 if match["part"] == "четверть" else _HALF)


def _before(hour: int) -> int:
    return hour - 1 or _LAST_HOUR
