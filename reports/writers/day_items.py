"""What phrases of days are made of: words and numbers of a text, how a day is led in. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate

from reports.writers.calendar_words import DEADLINE, MOMENT, MONTHS, START, WEEKDAYS
from reports.writers.numerals import Number, numbers
from reports.writers.words import Token, fold, lemmas, tokens

_LEAD = {
    strength: re.compile(rf"(?:^|(?<=\W)){words}\W{{1,3}}(?:the\s+)?$")
    for strength, words in ((2, DEADLINE), (1, MOMENT), (-1, START))
}
_MONTHS_AND_WEEKDAYS = MONTHS.keys() | WEEKDAYS.keys()


@dataclass(frozen=True)
class DayMention:
    """A day named in a text; offsets into that text. What was not said is None."""

    begin: int
    end: int
    day: date | None = None
    month: int | None = None
    of_month: int | None = None
    weekday: int | None = None
    past: bool = False
    of_today: bool = False
    """Said by a part of the day alone, so that a day beside it tells which."""
    of_week: bool = False
    """Said by a week alone, so that a weekday beside it tells which."""

    def agrees_with(self, other: "DayMention") -> bool:
        """Whether both may name the same day: equal when resolved, else in what both say."""
        if self.day and other.day:
            return self.day == other.day
        mine = (self.month, self.of_month, self.weekday)
        theirs = (other.month, other.of_month, other.weekday)
        shared = [(a, b) for a, b in zip(mine, theirs, strict=True) if a is not None is not b]
        return bool(shared) and all(a == b for a, b in shared)


@dataclass(frozen=True)
class Item:
    """A word or a number of a text with the dictionary forms it may have."""

    folded: str
    forms: frozenset[str]
    begin: int
    end: int
    number: Number | None = None


Match = tuple[int, DayMention]
"""The day that was found, and how many items it takes."""


def lead(text: str, at: int) -> tuple[int, int]:
    """How a day is led in, and where that begins: 2 «до», 1 «в», 0 bare, -1 «с»."""
    before = fold(text[:at])
    for strength, pattern in _LEAD.items():
        if match := pattern.search(before):
            return strength, match.start()
    return 0, at


@lru_cache(maxsize=20_000)
def items_of(text: str) -> tuple[Item, ...]:
    """Words and whole numbers of ``text`` in order."""
    said = numbers(text)
    items = [
        Item(fold(text[n.begin : n.end]), frozenset(), n.begin, n.end, n)
        for n in said
        if n.value == int(n.value)
    ]
    for token in (part for whole in tokens(text) for part in _days_apart(whole)):
        if not any(n.begin < token.end and token.begin < n.end for n in said):
            forms = lemmas(token.text) | {token.folded}
            items.append(Item(token.folded, forms, token.begin, token.end))
    return tuple(sorted(items, key=lambda i: i.begin))


def _days_apart(token: Token) -> list[Token]:
    """«вторник-среду», ``mid-April``: the words that a hyphen joins where one names a day."""
    if "-" not in token.text:
        return [token]
    words = token.text.split("-")
    if all((lemmas(w) | {fold(w)}).isdisjoint(_MONTHS_AND_WEEKDAYS) for w in words):
        return [token]
    ends = list(accumulate(len(w) + 1 for w in words))
    return [
        Token(w, token.begin + end - len(w) - 1, token.begin + end - 1)
        for w, end in zip(words, ends, strict=True)
    ]


def month_of(item: Item) -> int:
    """The number of the month that an item names, 0 if none."""
    name = among(item, MONTHS)
    return MONTHS[name] if name else 0


def among(item: Item, table: frozenset[str] | dict[str, int] | dict[str, str]) -> str:
    """The form of ``item`` that stands in ``table``, the first by the alphabet; "" if none does."""
    if item.forms.isdisjoint(table):
        return ""
    return min(form for form in item.forms if form in table)


def near(text: str, items: Sequence[Item], at: int) -> bool:
    """Whether nothing but space and commas parts item ``at`` from the one before."""
    return at < len(items) and not text[items[at - 1].end : items[at].begin].strip(" ,\u00a0-")
