"""Whether a statement of the minutes stands on what was said: a check without any model.

Pure. It verifies that the cited segments exist, that the quoted words stand there (case,
punctuation and ё/е aside), and that names, numbers and days of the statement occur in its evidence
or in what is known of the meeting. It cannot tell whether the statement means what was meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.writers.base import Meeting, Segment, Statement
from reports.writers.calendar_words import MONTHS, WEEKDAYS
from reports.writers.dates import DayMention, day_of_talk, days
from reports.writers.given_names import FULL_FORMS, NOT_NAMES
from reports.writers.names import is_given_name, is_placeholder, same_first_name
from reports.writers.numerals import numbers
from reports.writers.words import Token, fold, lemmas, normalized, tokens

SUPPORTED = "supported"
UNVERIFIED = "unverified"

NO_EVIDENCE = "no_evidence"
SEGMENT_MISSING = "segment_missing"
QUOTE_NOT_IN_SEGMENT = "quote_not_in_segment"
NUMBER_NOT_IN_EVIDENCE = "number_not_in_evidence"
DATE_NOT_IN_EVIDENCE = "date_not_in_evidence"
NAME_NOT_IN_EVIDENCE = "name_not_in_evidence"

_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s*[\"«“(]*|[\"«“(])\s*$")
_HALF_HOUR = re.compile(r"half past|половин")
_ENDING_LETTERS = 2
_FULL_NAMES = frozenset(full for names in FULL_FORMS.values() for full in names)


@dataclass(frozen=True)
class Verdict:
    """``supported``, or ``unverified`` with the code of the reason and the words it is about."""

    verdict: str
    reason: str = ""
    words: str = ""


@dataclass(frozen=True)
class Metadata:
    """What is known of a meeting besides its transcript: texts and names that people gave."""

    texts: tuple[str, ...] = ()
    held_on: date | None = None


def metadata_of(meeting: Meeting) -> Metadata:
    """Title, agenda, participants and speakers' names of ``meeting``, and its day."""
    known = (meeting.title, *meeting.agenda, *meeting.participants, *meeting.speakers.values())
    return Metadata(tuple(text for text in known if text), meeting.held_on)


def check(statement: Statement, segments: Mapping[int, Segment], metadata: Metadata) -> Verdict:
    """Whether ``statement`` is supported; the first reason found if it is not.

    ``segments``: those of the meeting by id.
    """
    if not statement.evidence:
        return Verdict(UNVERIFIED, NO_EVIDENCE)
    for evidence in statement.evidence:
        segment = segments.get(evidence.segment)
        if segment is None:
            return Verdict(UNVERIFIED, SEGMENT_MISSING, str(evidence.segment))
        if not stands_in(evidence.quote, segment.text):
            return Verdict(UNVERIFIED, QUOTE_NOT_IN_SEGMENT, evidence.quote)
    quotes = [e.quote for e in statement.evidence]
    known = [*quotes, " ".join(quotes), *metadata.texts]
    for reason, missing in (
        (DATE_NOT_IN_EVIDENCE, _missing_on_any_day(statement, known, metadata.held_on)),
        (NUMBER_NOT_IN_EVIDENCE, _missing_number(statement.text, known, metadata.held_on)),
        (NAME_NOT_IN_EVIDENCE, _missing_name(statement, known)),
    ):
        if missing:
            return Verdict(UNVERIFIED, reason, missing)
    return Verdict(SUPPORTED)


def stands_in(quote: str, text: str) -> bool:
    """Whether the words of ``quote`` stand in ``text`` one behind the other; no words never do."""
    words = normalized(quote)
    return bool(words) and f" {words} " in f" {normalized(text)} "


def _missing_on_any_day(statement: Statement, known: Sequence[str], held_on: date | None) -> str:
    """Reckoned from the meeting's day or from the day that the evidence says it is."""
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
            if not any(_same_day(words, mention, said, other) for said, other in heard):
                return words
    undated = statement.due_text and not days(statement.due_text, held_on)
    if undated and not any(stands_in(statement.due_text, text) for text in known):
        return statement.due_text
    if statement.due and not any(other.day == statement.due for _, other in heard):
        return statement.due.isoformat()
    return ""


def _same_day(words: str, mention: DayMention, said: str, other: DayMention) -> bool:
    same_words = normalized(words) == normalized(said[other.begin : other.end])
    return same_words or mention.agrees_with(other)


def _missing_number(text: str, known: Sequence[str], held_on: date | None) -> str:
    """A number of ``text`` that nothing known has, in digits or in words."""
    said = {number.value for other in known for number in numbers(other)}
    said |= {Decimal(30) for other in known if _HALF_HOUR.search(fold(other))}
    if held_on:
        said.add(Decimal(held_on.year))
    named = days(text, held_on)
    for number in numbers(text):
        inside = any(m.begin <= number.begin < m.end for m in named)
        words = text[number.begin : number.end]
        pronoun = number.value == 1 and not words[0].isdigit()
        if not inside and not pronoun and number.value not in said:
            return words
    return ""


def _missing_name(statement: Statement, known: Sequence[str]) -> str:
    """A name in the statement or its assignee that nothing known has."""
    said = {fold(t.text): t.text for text in known for t in tokens(text)}
    charged = [] if is_placeholder(statement.assignee) else tokens(statement.assignee)
    for token in [*_names(statement.text), *charged]:
        if not _said(token.text, said):
            return token.text
    return ""


def _names(text: str) -> Iterable[Token]:
    """Words written as names: with a capital where no sentence begins, or known as given names."""
    for token in tokens(text):
        folded = token.folded
        if not token.text[0].isupper() or folded in NOT_NAMES or folded.split("'")[0] == "i":
            continue
        if folded in MONTHS or folded in WEEKDAYS or lemmas(token.text) & set(MONTHS):
            continue
        given = is_given_name(token.text) or folded in _FULL_NAMES or folded in FULL_FORMS
        if given or not _SENTENCE_START.search(text[: token.begin]):
            yield token


def _said(word: str, said: Mapping[str, str]) -> bool:
    folded = fold(word).removesuffix("'s")
    if folded in said:
        return True
    forms = lemmas(word)
    return any(
        forms & lemmas(other) or _inflected(folded, other_folded) or same_first_name(word, other)
        for other_folded, other in said.items()
        if other_folded[:2] == folded[:2] or other[:1].isupper()
    )


def _inflected(one: str, other: str) -> bool:
    """Whether two words may be one in different cases: all but the last letters are the same."""
    stem = max(len(one), len(other)) - _ENDING_LETTERS
    return stem >= _ENDING_LETTERS * 2 and one[:stem] == other[:stem]
