"""What the numbers of a text are worth, also as people shorten them in speech. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from reports.grounding.clock import clock_values
from reports.writers.numerals import Number, numbers
from reports.writers.words import fold

THOUSAND, MILLION = 1000, 10**6
_TIMES = {
    Decimal(2): re.compile(
        r"(?<!\w)(?:twice|double[ds]?|both|a couple|a pair|дважды|вдвое|оба|обе|пар[аыуе])(?!\w)"
    ),
    Decimal(3): re.compile(r"(?<!\w)(?:thrice|triple[ds]?|трижды|втрое)(?!\w)"),
    Decimal(12): re.compile(r"(?<!\w)(?:a )?dozen(?!\w)|дюжин"),
}
"""Words that count and are no numerals."""
_TELLS_APART = 3
_HALF_HOUR = re.compile(r"half past|половин")
_WHOLE = re.compile(r" цел\w+,?(?: и)? ")
_PARTS = re.compile(r" (?:(десят)|(сот)|(?:тысячн))(?:ая|ых|ую|ой|ые)(?!\w)")
_UNIT = re.compile(r" (?:pounds?|dollars?|euros?|quid|bucks|фунт\w*|рубл\w+|доллар\w*|евро) ")
_CENTS = range(10, 100)
_DESIGNATION = re.compile(r"(?<![\w.,])(?:[^\W\d_]{1,4}-?\d+|\d+-?[^\W\d_]{1,2})(?!\w)")


def values(text: str) -> set[Decimal]:
    """What the numbers of a text are worth.

    «Миллион девятьсот» is 1 900 000 too, "four and a half" beside thousands may be 4,500, and
    "two fifty" is 2.50 or 250.
    """
    plain = {number.value for number in numbers(text)}
    rests = {(v, v % MILLION) for v in plain if v > MILLION}
    cut = {v - rest + rest * 1000 for v, rest in rests if 0 < rest < 1000}
    scaled = {v * 1000 for v in plain if v < 1000} if any(v >= 1000 for v in plain) else set()
    folded = fold(text)
    half = {Decimal(30)} if _HALF_HOUR.search(folded) else set()
    times = {value for value, words in _TIMES.items() if words.search(folded)}
    return plain | cut | scaled | half | times | clock_values(text) | set(_joined(text, folded))


def counts_nothing(number: Number, text: str) -> bool:
    """Whether a number word is none here: «за семью», the tenths of «две десятых», «один из них».

    Ordinals up to the third tell one thing from another («второй магазин») too.
    """
    words = text[number.begin : number.end]
    if words[0].isdigit():
        return False
    of_parts = number.ordinal and bool(_PARTS.match(f" {fold(words)}"))
    tells_apart = number.ordinal and number.value <= _TELLS_APART
    return number.value == 1 or of_parts or tells_apart or fold(words) == "семью"


def designations(text: str) -> set[str]:
    """Words of letters and figures, folded, by which things are called: ``M12``, «Т-34»."""
    return {fold(match.group()) for match in _DESIGNATION.finditer(text)}


def designation_at(text: str, place: int) -> str:
    """The folded designation that the figures at ``place`` are part of; "" if of none."""
    found = (m for m in _DESIGNATION.finditer(text) if m.start() <= place < m.end())
    return next((fold(m.group()) for m in found), "")


def _joined(text: str, folded: str) -> Iterator[Decimal]:
    """What two numbers are worth that stand one behind the other."""
    for one, other in pairwise(numbers(text)):
        between = folded[one.end : other.begin]
        if one.value % 1 or other.value % 1:
            continue
        if between.strip() in ("и", "and", "point") and other.value < 10:  # «калий три и два»
            yield one.value + other.value / 10
        elif _WHOLE.fullmatch(between):
            yield from _fraction(one, other, folded)
        elif _spoken(one, text) and _spoken(other, text):
            yield from _price(one, other, between)
            yield from _thousands(one, other, between)


def _fraction(one: Number, other: Number, folded: str) -> Iterator[Decimal]:
    """«Две целых одна десятая» is 2.1, «ноль целых двадцать пять сотых» 0.25."""
    if other.ordinal:  # «пять десятых» as one number
        return
    if match := _PARTS.match(folded, other.end):
        parts = 10 if match[1] else 100 if match[2] else THOUSAND
        yield one.value + other.value / parts


def _spoken(number: Number, text: str) -> bool:
    return not (number.ordinal or text[number.begin].isdigit())


def _price(one: Number, other: Number, between: str) -> Iterator[Decimal]:
    """ "Two fifty" is 2.50 or 250, "twelve pounds fifty" is 12.50."""
    unit = _UNIT.fullmatch(between)
    if other.value not in _CENTS or not (unit or between.isspace()):
        return
    yield one.value + other.value / 100
    if not unit and 0 < one.value < 100:
        yield one.value * 100 + other.value


def _thousands(one: Number, other: Number, between: str) -> Iterator[Decimal]:
    """«Два шестьсот» is 2600, of thousands or of what it is counted in."""
    if between.isspace() and 0 < one.value < THOUSAND and 100 <= other.value < THOUSAND:
        yield one.value * THOUSAND + other.value
