"""Wrong statements made from true ones, and true ones worded otherwise, to measure the checker.

``python -m tests.reports.inventions`` writes ``docs/grounding.md``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from reports.grounding import SUPPORTED, check, metadata_of
from reports.writers.base import Statement
from reports.writers.dates import days
from reports.writers.names import is_given_name, same_first_name
from reports.writers.numerals import numbers
from reports.writers.words import CYRILLIC, parses, tokens
from tests.reports.meetings import Fact, Held, every, groups

DOCUMENT = Path(__file__).parents[2] / "docs" / "grounding.md"
_BEGIN = "<!-- measured: python -m tests.reports.inventions -->"
_END = "<!-- end -->"
WRONG = {
    "number": "a wrong number, in digits or in words",
    "number_elsewhere": "a number said elsewhere in the meeting",
    "date": "a wrong day in the text",
    "due": "a wrong due day",
    "name": "another participant's or a stranger's name in the text",
    "assignee": "a task given to another participant",
    "never": "decided or promised by nobody: rejected, wished, joked, planned before",
    "other_meeting": "true of another meeting",
    "negation": "a negation added or removed",
}
RIGHT = {
    "as_written": "as a person would write it",
    "reworded": "in other words, by hand",
    "digits": "number words as digits",
    "spelling": "ё as е",
    "first_name": "the assignee by the first name alone",
}
_DECOYS = {
    3: ("три", "three"),
    7: ("семь", "seven"),
    16: ("шестнадцать", "sixteen"),
    25: ("двадцать пять", "twenty-five"),
    31: ("тридцать один", "thirty-one"),
    350: ("триста пятьдесят", "three hundred and fifty"),
    900: ("девятьсот", "nine hundred"),
}
_MONTHS = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "January February March April May June July August September October November December".split(),
)
_STRANGERS = ("Игнат Шубин", "Oscar Lindqvist")
_BE = re.compile(r"\b(is|are|was|were|will|can|has|have|becomes?|moves?|goes|get|gets)\b")
_PLAIN_FORMS = {"becomes": "become", "moves": "move", "goes": "go", "gets": "get"}


@dataclass(frozen=True)
class Planted:
    """A statement whose truth is known, and how it was made."""

    held: Held
    how: str
    statement: Statement
    right: bool

    def passes(self) -> bool:
        """Whether the checker supports it."""
        metadata = metadata_of(self.held.meeting)
        return check(self.statement, self.held.by_id, metadata).verdict == SUPPORTED


def planted() -> list[Planted]:
    """Every statement, wrong and right, of every meeting; the same each time."""
    found = []
    for held in every():
        wrong = dict.fromkeys(_wrong(held))
        right = dict.fromkeys(_right(held))
        found += [Planted(held, how, s, right=False) for how, s in wrong]
        found += [Planted(held, how, s, right=True) for how, s in right]
    return found


def _wrong(held: Held) -> Iterator[tuple[str, Statement]]:
    for place, fact in enumerate(held.true()):
        said = fact.statement()
        for how, texts in (
            ("number", _other_numbers(fact, place)),
            ("number_elsewhere", _numbers_elsewhere(fact, held)),
            ("date", _other_days(fact, held)),
            ("name", _other_names(fact, held)),
            ("negation", _turned(fact.text, fact.kind)),
        ):
            yield from ((how, replace(said, text=text)) for text in texts)
        yield from (("due", wrong) for wrong in _other_due(said))
        yield from (("assignee", wrong) for wrong in _other_assignees(said, held))
        if fact.kind != "figure":
            yield "other_meeting", replace(said, text=_of_another(held, fact, place).text)
    yield from (("never", fact.statement()) for fact in held.never())


def _right(held: Held) -> Iterator[tuple[str, Statement]]:
    for fact in held.true():
        said = fact.statement()
        yield "as_written", said
        yield from (("reworded", fact.statement(text)) for text in fact.also)
        for text in {fact.text, *fact.also}:
            if (digits := _in_digits(text, held)) != text:
                yield "digits", fact.statement(digits)
        spelt = fact.text.replace("ё", "е").replace("Ё", "Е")
        yield "spelling", fact.statement(spelt)
        if " " in fact.who:
            yield "first_name", replace(said, assignee=fact.who.split()[0])


def _own_numbers(text: str, held_on: date | None) -> list[tuple[int, int, int]]:
    """Begin, end and value of the whole numbers of ``text`` that belong to no day."""
    named = days(text, held_on)
    return [
        (n.begin, n.end, int(n.value))
        for n in numbers(text)
        if n.value == int(n.value)
        and n.value > 1
        and not n.ordinal
        and not any(m.begin <= n.begin < m.end for m in named)
    ]


def _said_numbers(fact: Fact) -> set[int]:
    return {int(n.value) for s in fact.segments for n in numbers(s.text)}


def _other_numbers(fact: Fact, place: int) -> Iterator[str]:
    for begin, end, value in _own_numbers(fact.text, None):
        said = {*_said_numbers(fact), *(n for _, _, n in _own_numbers(fact.text, None))}
        changed = next(v for v in (value + 10 ** (len(str(value)) // 2), value + 1) if v != value)
        if changed not in said:
            yield f"{fact.text[:begin]}{changed}{fact.text[end:]}"
        decoys = [v for v in _DECOYS if v not in said and v != value]
        decoy = decoys[place % len(decoys)]
        words = _DECOYS[decoy][0 if CYRILLIC.search(fact.text) else 1]
        yield f"{fact.text[:begin]}{words}{fact.text[end:]}"


def _numbers_elsewhere(fact: Fact, held: Held) -> Iterator[str]:
    said = _said_numbers(fact)
    others = [
        value
        for s in held.meeting.segments
        if s not in fact.segments
        for _, _, value in _own_numbers(s.text, held.meeting.held_on)
        if value not in said
    ]
    for begin, end, value in _own_numbers(fact.text, held.meeting.held_on):
        others_of_it = (v for v in others if v != value)
        other = min(others_of_it, key=lambda v: (abs(v - value), v), default=None)
        if other is not None:
            yield f"{fact.text[:begin]}{other}{fact.text[end:]}"


def _other_days(fact: Fact, held: Held) -> Iterator[str]:
    russian = bool(CYRILLIC.search(fact.text))
    for mention in days(fact.text, held.meeting.held_on):
        day = mention.day
        if day is None:
            continue
        for other in (day + timedelta(days=1), day + timedelta(days=7), _next_month(day)):
            month = _MONTHS[0 if russian else 1][other.month - 1]
            before, after = fact.text[: mention.begin], fact.text[mention.end :]
            yield f"{before}{other.day} {month}{after}"


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=min(day.day, 28))


def _other_due(said: Statement) -> Iterator[Statement]:
    if said.due:
        yield from (replace(said, due=said.due + timedelta(days=ahead)) for ahead in (1, 7, 30))
        russian = bool(CYRILLIC.search(said.text))
        other = said.due + timedelta(days=3)
        text = f"до {other.day}" if russian else f"by {other.day}"
        month = _MONTHS[0 if russian else 1][other.month - 1]
        yield replace(said, due_text=f"{text} {month}", due=other)


def _other_assignees(said: Statement, held: Held) -> Iterator[Statement]:
    if said.kind == "action_item":
        others = [name for name in held.meeting.speakers.values() if name != said.assignee]
        stranger = _STRANGERS[0 if CYRILLIC.search(said.text) else 1]
        yield from (replace(said, assignee=name) for name in (*others, stranger))


def _other_names(fact: Fact, held: Held) -> Iterator[str]:
    people = [*held.meeting.speakers.values(), _STRANGERS[0 if CYRILLIC.search(fact.text) else 1]]
    called = [t for t in tokens(fact.text) if is_given_name(t.text)]
    for token in called[:1]:
        following = fact.text[token.end :]
        surname = re.match(r" [A-ZА-ЯЁ][\w-]+(?: [A-ZА-ЯЁ][\w-]+)?", following)
        rest = following[surname.end() if surname else 0 :]
        for name in people:
            if not any(same_first_name(token.text, part) for part in name.split()):
                other = _in_case_of(token.text, name.split()[0])
                yield f"{fact.text[: token.begin]}{other}{rest}"


def _in_case_of(model: str, name: str) -> str:
    case = next((p.tag.case for p in parses(model) if "Name" in p.tag), None)
    found = next((p for p in parses(name) if "Name" in p.tag and p.tag.case == "nomn"), None)
    form = found.inflect({case}) if found and case else None
    return str(form.word).capitalize() if form else name


def _turned(text: str, kind: str) -> Iterator[str]:
    """The statement with a negation more or less."""
    if denied := re.search(r"\b(?:[Нн]е|not) ", text):
        yield text[: denied.start()] + text[denied.end() :]
    elif not CYRILLIC.search(text):
        yield from _turned_english(text, kind)
    else:
        verb = next((t for t in tokens(text) if _is_verb(t.text)), None)
        if verb:
            yield f"{text[: verb.begin]}не {text[verb.begin :]}"


def _turned_english(text: str, kind: str) -> Iterator[str]:
    if kind == "action_item":
        yield f"Do not {text[:1].lower()}{text[1:]}"
    elif match := _BE.search(text):
        word = match.group()
        plain = _PLAIN_FORMS.get(word)
        turned = f"does not {plain}" if plain else f"{word} not"
        yield f"{text[: match.start()]}{turned}{text[match.end() :]}"


def _is_verb(word: str) -> bool:
    first = parses(word)[:1]
    return bool(first) and first[0].tag.POS in ("VERB", "INFN", "PRTS")


def _of_another(held: Held, fact: Fact, place: int) -> Fact:
    """A fact of the same kind of another meeting in the same language."""
    alike = [
        other
        for meeting in every()
        if meeting.name != held.name and meeting.meeting.language == held.meeting.language
        for other in meeting.true(fact.kind)
    ]
    return alike[(place * 7 + len(held.name)) % len(alike)]


def _in_digits(text: str, held: Held) -> str:
    for begin, end, value in reversed(_own_numbers(text, held.meeting.held_on)):
        if not text[begin].isdigit() and text[begin:end] != "семью":  # the family
            text = f"{text[:begin]}{value:,}{text[end:]}".replace(",", " " if value > 999 else ",")
    return text


@lru_cache(maxsize=1)
def measured() -> tuple[tuple[Planted, bool], ...]:
    """Every statement, and whether the checker supports it."""
    return tuple((p, p.passes()) for p in planted())


def share_flagged(*, right: bool, group: str) -> float:
    """Share of these statements of a group of meetings that the checker does not support, 0…1."""
    passed = [ok for p, ok in measured() if p.right == right and p.held.group == group]
    return 1 - sum(passed) / len(passed)


def table() -> str:
    """The measured table, in Markdown."""
    results = measured()
    lines = [
        f"| statements | {' | '.join(groups().values())} |",
        f"|---|{'---|' * len(groups())}",
    ]
    for right, names in ((False, WRONG), (True, RIGHT)):
        for how, told in names.items():
            lines.append(_row(told, [r for r in results if r[0].how == how]))
        of_kind = [r for r in results if r[0].right == right]
        lines.append(_row("**all right ones**" if right else "**all wrong ones**", of_kind))
    return "\n".join(lines)


def _row(told: str, results: Sequence[tuple[Planted, bool]]) -> str:
    cells = []
    for group in groups():
        counted = Counter(passed for p, passed in results if p.held.group == group)
        total = counted.total()
        share = f"{100 * counted[False] / total:.1f} %" if total else "—"
        cells.append(f"{counted[False]} of {total} ({share})")
    return f"| {told} | {' | '.join(cells)} |"


def published(document: str) -> str:
    """``document`` with the table between its marks."""
    before, rest = document.split(_BEGIN)
    _, after = rest.split(_END)
    return f"{before}{_BEGIN}\n{table()}\n{_END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(published(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
