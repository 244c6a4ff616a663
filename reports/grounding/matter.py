"""Whether a statement and its evidence are of one matter: by the words that carry meaning. Pure."""

from reports.grounding.cited import Cited
from reports.grounding.named import names_in
from reports.grounding.verdicts import Metadata
from reports.writers.base import Statement
from reports.writers.dates import days
from reports.writers.numerals import numbers
from reports.writers.words import content_stems, fold, language_of, stem, word_list

_STEM_LETTERS = 5
_LEAST_SHARE = 0.25
_AROUND_WEIGHT = 0.5
_FEWEST = 2  # words
_NEAR_TURNS, _FIGURE_TURNS = 2, 4
_OF_ANY_MATTER = frozenset(
    word[:_STEM_LETTERS]
    for word in word_list(
        """
    решить решение утвердить принять поручить подготовить сделать вопрос срок новый быть иметь
    получить назначить рубль тысяча миллион процент договориться прислать отправить
    decide decision approve agree prepare make new deadline pound dollar thousand percent send ready
    set
        """
    )
)
"""Beginnings of words that minutes of any meeting hold: they show no matter."""


def foreign_words(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """The statement's text, if too few of its words were said in the evidence or near it.

    What is said around counts less, unless the evidence is hardly more than a number or
    the statement a figure: what an amount is of, is mostly said before.
    """
    if language_of(statement.text) != cited.language:
        return ""
    told = _marks(statement.text) - _OF_ANY_MATTER - _counts(statement.text)
    told -= {stem(t.text)[:_STEM_LETTERS] for t in names_in(statement.text)}
    quoted = _marks(" ".join(e.quote for e in statement.evidence))
    told -= _of_days(statement.text) - quoted
    if len(told) < _FEWEST:
        return ""
    reach = _FIGURE_TURNS if statement.kind == "figure" else _NEAR_TURNS
    around = _marks(" ".join(s.text for s in cited.near(reach)))
    alone = quoted - _counts(" ".join(e.quote for e in statement.evidence))
    bare = statement.kind == "figure" or len(alone) <= _FEWEST
    weight = 1.0 if bare else _AROUND_WEIGHT
    worth = sum(1.0 if m in quoted else weight if m in around else 0.0 for m in told)
    return "" if worth / len(told) >= _LEAST_SHARE else statement.text


def _of_days(text: str) -> frozenset[str]:
    """Beginnings of words that name days: another check has them."""
    return _marks(" ".join(text[m.begin : m.end] for m in days(text)))


def _counts(text: str) -> frozenset[str]:
    """Beginnings of number words: another check has them, in digits too."""
    counted = (text[n.begin : n.end] for n in numbers(text))
    return frozenset(mark for words in counted for mark in _marks(words))


def _marks(text: str) -> frozenset[str]:
    return frozenset(fold(s)[:_STEM_LETTERS] for s in content_stems(text))
