"""Numbers and days: each must be said in the evidence or stand in the meeting's metadata. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reports.grounding.amounts import (
    MILLION,
    THOUSAND,
    counts_nothing,
    designation_at,
    designations,
    values,
)
from reports.grounding.cited import Cited
from reports.grounding.said_days import heard_days, months_named, named_days
from reports.grounding.verdicts import Metadata
from reports.writers.base import Statement
from reports.writers.dates import DayMention, day_of_talk, days
from reports.writers.numerals import numbers
from reports.writers.words import normalized

_NEAR_TURNS = 4


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
    heard = [pair for text in known for pair in heard_days(text, held_on)]
    for text in (statement.text, statement.due_text):
        for mention in named_days(text, held_on):
            words = text[mention.begin : mention.end]
            if mention.day and mention.day == held_on:
                continue
            if any(_same_day(words, mention, said, other) for said, other in heard):
                continue
            if not _said_apart(mention, known, {other.of_month for _, other in heard}):
                return words
    return _missing_due(statement, known, heard, held_on)


def _said_apart(mention: DayMention, known: Sequence[str], of_month: set[int | None]) -> bool:
    """Whether a day is said alone, its month elsewhere: "The tenth of May? The seventeenth."

    A month may be said without a day or what leads it in: «весь апрель».
    """
    if not mention.month:
        return False
    if not mention.of_month:
        return mention.month in months_named(known)
    return mention.of_month in of_month and mention.month in months_named(known)


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
    if mention.of_month and other.month and not (other.of_month or other.day):
        return False
    mine, theirs = normalized(words), normalized(said[other.begin : other.end])
    return f" {theirs}".endswith(f" {mine}") or mention.agrees_with(other)


def missing_number(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """A number of the text that nothing known has, in digits or in words.

    Where thousands are spoken of, people leave the word out: «новый стоит семьдесят пять», and
    where millions are, «своими силами два шестьсот». What a thing is called («М12») may be said
    near the evidence.
    """
    text, held_on = statement.text, metadata.held_on
    known = known_texts(statement, metadata)
    near = [s.text for s in cited.near(_NEAR_TURNS)]
    said = {value for other in known for value in values(other)}
    most = max((n.value for other in near for n in numbers(other)), default=0)
    for count in (THOUSAND, MILLION):
        if most >= count:
            said |= {v * THOUSAND for v in said if 1 < v < count}
    if held_on:
        said.add(Decimal(held_on.year))
    called = {name for other in (*known, *near) for name in designations(other)}
    named = named_days(text, held_on)
    for number in numbers(text):
        inside = any(m.begin <= number.begin < m.end for m in named)
        if inside or number.value in said or counts_nothing(number, text):
            continue
        if designation_at(text, number.begin) not in called:
            return text[number.begin : number.end]
    return ""
