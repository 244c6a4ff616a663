"""Numbers and days: each must be said in the evidence or stand in the meeting's metadata. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from reports.grounding.cited import Cited
from reports.grounding.verdicts import Metadata
from reports.writers.base import Statement
from reports.writers.dates import DayMention, day_of_talk, days
from reports.writers.numerals import numbers
from reports.writers.words import fold, normalized

_MILLION, _THOUSAND = 10**6, 1000
_NEAR_TURNS = 4
_TELLS_APART = 3
"""Ordinals up to it tell one thing from another («второй магазин») and count nothing."""
_TIMES = {
    Decimal(2): re.compile(
        r"(?<!\w)(?:twice|double[ds]?|both|a couple|a pair|дважды|вдвое|оба|обе|пар[аыуе])(?!\w)"
    ),
    Decimal(3): re.compile(r"(?<!\w)(?:thrice|triple[ds]?|трижды|втрое)(?!\w)"),
    Decimal(12): re.compile(r"(?<!\w)(?:a )?dozen(?!\w)|дюжин"),
}
"""Words that count and are no numerals."""
_HALF_HOUR = re.compile(r"half past|половин")


def known_texts(statement: Statement, metadata: Metadata) -> list[str]:
    """Every text that may tell what a statement says: its quotes, and what is known beforehand."""
    quotes = [e.quote for e in statement.evidence]
    return [*quotes, " ".join(quotes), *metadata.texts, *metadata.speakers.values()]


def missing_day(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """A day that nothing known names, reckoned from the meeting's day or the day it is said to be.

    A statement's own day («сегодня понедельник, шестнадцатое марта») comes from its evidence.
    """
    known, held_on = known_texts(statement, metadata), metadata.held_on
    said = [day_of_talk(e.quote, held_on) for e in statement.evidence]
    reckoned = [_missing_day(statement, known, day) for day in (held_on, *filter(None, said))]
    return "" if not all(reckoned) else reckoned[0]


def _missing_day(statement: Statement, known: Sequence[str], held_on: date | None) -> str:
    """A day that the statement names or is due on and that nothing known names."""
    heard = [(text, mention) for text in known for mention in days(text, held_on)]
    for text in (statement.text, statement.due_text):
        for mention in days(text, held_on):
            words = text[mention.begin : mention.end]
            if mention.day and mention.day == held_on:
                continue
            if any(_same_day(words, mention, said, other) for said, other in heard):
                continue
            if not _said_apart(mention, known, heard):
                return words
    return _missing_due(statement, known, heard, held_on)


def _said_apart(
    mention: DayMention, known: Sequence[str], heard: Sequence[tuple[str, DayMention]]
) -> bool:
    """Whether a day is said alone, its month elsewhere: "The tenth of May? The seventeenth." """
    if not (mention.month and mention.of_month):
        return False
    ordinals = {n.value for text in known for n in numbers(text) if n.ordinal}
    return mention.of_month in ordinals and any(m.month == mention.month for _, m in heard)


def _missing_due(
    statement: Statement,
    known: Sequence[str],
    heard: Sequence[tuple[str, DayMention]],
    held_on: date | None,
) -> str:
    undated = statement.due_text and not days(statement.due_text, held_on)
    words = f" {normalized(statement.due_text)} "
    if undated and not any(words in f" {normalized(text)} " for text in known):
        return statement.due_text
    today = undated and statement.due == held_on
    if statement.due and not today and not any(m.day == statement.due for _, m in heard):
        return statement.due.isoformat()
    return ""


def _same_day(words: str, mention: DayMention, said: str, other: DayMention) -> bool:
    same_words = normalized(words) == normalized(said[other.begin : other.end])
    return same_words or mention.agrees_with(other)


def _values(text: str) -> set[Decimal]:
    """What the numbers of a text are worth, also as people shorten them.

    «Миллион девятьсот» is 1 900 000 too, and "four and a half" beside thousands may be 4,500.
    """
    plain = {number.value for number in numbers(text)}
    rests = {(v, v % _MILLION) for v in plain if v > _MILLION}
    cut = {v - rest + rest * 1000 for v, rest in rests if 0 < rest < 1000}
    scaled = {v * 1000 for v in plain if v < 1000} if any(v >= 1000 for v in plain) else set()
    half = {Decimal(30)} if _HALF_HOUR.search(fold(text)) else set()
    times = {value for value, words in _TIMES.items() if words.search(fold(text))}
    return plain | cut | scaled | half | times | _decimals(text)


def _decimals(text: str) -> set[Decimal]:
    """«Калий три и два» is 3.2."""
    said = numbers(text)
    return {
        one.value + other.value / 10
        for one, other in pairwise(said)
        if fold(text[one.end : other.begin]).strip() in ("и", "and", "point")
        and other.value < 10
        and {one.value % 1, other.value % 1} == {0}
    }


def missing_number(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """A number of the text that nothing known has, in digits or in words.

    Where thousands are spoken of, people leave the word out: «новый стоит семьдесят пять».
    """
    text, held_on = statement.text, metadata.held_on
    known = known_texts(statement, metadata)
    said = {value for other in known for value in _values(other)}
    if any(n.value >= _THOUSAND for s in cited.near(_NEAR_TURNS) for n in numbers(s.text)):
        said |= {v * _THOUSAND for v in said if 1 < v < _THOUSAND}
    if held_on:
        said.add(Decimal(held_on.year))
    named = days(text, held_on)
    for number in numbers(text):
        inside = any(m.begin <= number.begin < m.end for m in named)
        words = text[number.begin : number.end]
        pronoun = number.value == 1 and not words[0].isdigit()
        another = number.ordinal and number.value <= _TELLS_APART and not words[0].isdigit()
        if not inside and not pronoun and not another and number.value not in said:
            return words
    return ""
