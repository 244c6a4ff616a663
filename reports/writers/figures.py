"""Figures: sums, shares, quantities and the next meeting's day, each in the sentence that says it.

Pure. Days of tasks and decisions, ordinals, clock times and the counting of agenda items are none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.writers.dates import days
from reports.writers.findings import Finding, features
from reports.writers.numerals import Number, numbers
from reports.writers.sentences import Sentence, tidy
from reports.writers.words import STOP_WORDS, fold, has_grammemes, tokens, word_list

_MONEY = re.compile(
    r"^\s*(?:\w+ )?(?:[₽$€£]|руб\w*|р\.|доллар\w*|евро|юан\w+|тенге|гривен\w*|dollars?|euros?|"
    r"pounds?|bucks|usd|eur|gbp|rub)"
)
_SHARE = re.compile(r"^\s*(?:%|процент\w*|per ?cent|промилле|percentage)")
_MEASURE = re.compile(
    r"^\s*(?:(?:[кмгт]ило|мега|гига|тера)?(?:байт|метр|грамм|литр|ватт|герц)\w*|кг|км|мб|гб|тб|"
    r"тонн\w*|(?:kilo|mega|giga|tera)?(?:bytes?|met(?:er|re)s?|grams?|lit(?:er|re)s?|watts?)|kg|"
    r"km|mb|gb|tb|tons?|градус\w*|degrees?|кв\w*|square|мест(?:о|а)?|штук\w*|шт|человек\w*|"
    r"people|users?|seats?|units?)(?!\w)"
)
_CLOCK = re.compile(
    r"^\s*(?::\d|утра|вечера|дня|ночи|час(?:ов|а|у)?(?!\w)|o'clock|a\.?m\.?|p\.?m\.?)"
)
_BEFORE_CLOCK = re.compile(
    r"(?:half past|quarter (?:past|to)|\d:|\bв|\bat|версии?|version|№|номер|number|room|"
    r"комнат\w+)\s*$"
)
_NO_COUNT = frozenset(
    word_list(
        """
    пункт вопрос раз тема слово минута секунда момент сторона один первый другой item point
    question thing time topic word second minute moment issue way more
        """
    )
)
_SHORT_STEMS = 4
_NOT_COUNTED = re.compile(r"(?:other|these|those|last|first|next|эти|остальны\w+|другие)\s*$")
_SIGN_BEFORE = re.compile(r"[$€£₽]\s*$")


@dataclass(frozen=True)
class Quantity:
    """A number that measures something; ``weight`` says how much it matters."""

    value: Decimal
    unit: str
    weight: float


def quantities(text: str, held_on: date | None = None) -> list[Quantity]:
    """Numbers of ``text`` that measure something, in order."""
    named = days(text, held_on)
    found = []
    for number in numbers(text):
        if any(m.begin <= number.begin < m.end for m in named) or number.ordinal:
            continue
        unit, weight = _unit(text, number)
        if weight > 0:
            found.append(Quantity(number.value, unit, weight))
    return found


def _unit(text: str, number: Number) -> tuple[str, float]:
    after, before = fold(text[number.end :]), fold(text[: number.begin])
    if _CLOCK.match(after) or (_BEFORE_CLOCK.search(before) and number.value < 60):
        return "", 0.0
    size = 1.0 if number.value >= 1000 else 0.5 if number.value >= 10 else 0.0
    if _MONEY.match(after) or _SIGN_BEFORE.search(before):
        return "money", 3.0 + size
    if _SHARE.match(after):
        return "%", 3.0 + size
    if match := _MEASURE.match(after):
        return match.group().strip()[:5], 2.0 + size
    if number.value == 1 or (number.value < 10 and _NOT_COUNTED.search(before)):
        return "", 0.0
    counted = _counted(after)
    if number.value >= 1000:
        return counted, 2.0 + size
    return counted, (1.0 if counted else 0.5) + size if counted or number.value >= 10 else 0.0


def _counted(after: str) -> str:
    """Beginning of the noun that is counted, within three words behind the number."""
    following = tokens(after)[:3]
    if following and following[0].folded in STOP_WORDS and following[0].text.isascii():
        return ""
    for token in following:
        if after[: token.begin].strip(" ") and re.search(r"[,.;:!?]", after[: token.begin]):
            return ""
        russian = has_grammemes(token.text, "NOUN")
        english = not re.search("[а-я]", token.folded) and token.folded not in STOP_WORDS
        if (russian or english) and len(token.text) > 2:
            lemma = token.folded.removesuffix("s") if english else token.folded
            plain = any(lemma.startswith(word[:5]) for word in _NO_COUNT)
            return "" if plain else token.folded[:5]
    return ""


def find_figures(
    said: Sequence[Sentence], stated: Sequence[Finding], held_on: date | None, *, limit: int
) -> list[Finding]:
    """The weightiest figures in the order in which they were said, at most ``limit``.

    The same quantity said again adds its sentence to the evidence. A small count that a finding of
    ``stated`` tells already is left out.
    """
    told = {s.index for finding in stated for s in finding.sources}
    weighed: dict[tuple[Decimal, str], tuple[float, Finding]] = {}
    for sentence in said:
        if sentence.is_question or sentence.cues.struck.search(sentence.folded):
            continue
        for quantity in quantities(sentence.text, held_on):
            if quantity.weight <= 1.0 and (sentence.index in told or not quantity.unit):
                continue
            _weigh(weighed, quantity, sentence, said, held_on)
    best = sorted(weighed.values(), key=lambda w: (-w[0], w[1].main.index))
    chosen: list[Finding] = []
    for _, finding in best:
        if len(chosen) < limit and not any(known.rests_on(finding.main) for known in chosen):
            chosen.append(finding)
    meetings = (s for s in said if _names_next_meeting(s, held_on))
    chosen += [_figure(s, said, held_on) for s in meetings][:1]
    return sorted(chosen, key=lambda f: f.main.index)


def _weigh(
    weighed: dict[tuple[Decimal, str], tuple[float, Finding]],
    quantity: Quantity,
    sentence: Sentence,
    said: Sequence[Sentence],
    held_on: date | None,
) -> None:
    key = _key(quantity, weighed)
    if key in weighed:
        weight, finding = weighed[key]
        finding.add([sentence])
        weighed[key] = max(weight, quantity.weight) + 0.25, finding
    else:
        weighed[key] = quantity.weight, _figure(sentence, said, held_on)


def _key(
    quantity: Quantity, known: dict[tuple[Decimal, str], tuple[float, Finding]]
) -> tuple[Decimal, str]:
    """Key of the quantity; a bare large number is the one of the same size said before."""
    if quantity.value >= 10:
        same = next((key for key in known if key[0] == quantity.value), None)
        if same and ("" in (same[1], quantity.unit) or same[1] == quantity.unit):
            return same
    return quantity.value, quantity.unit


def _figure(sentence: Sentence, said: Sequence[Sentence], held_on: date | None) -> Finding:
    sources = [*_asked(sentence, said), sentence]
    text = " ".join(tidy(s.text, s.cues) for s in sources)
    return Finding("figure", text, sources, sentence, features=features(text, held_on))


def _asked(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence]:
    """The question that a short answer with a number needs to be understood."""
    before = said[sentence.index - 1] if sentence.index else None
    if before and before.is_question and before.speaker != sentence.speaker:
        return [before] if len(sentence.stems) <= _SHORT_STEMS else []
    return []


def _names_next_meeting(sentence: Sentence, held_on: date | None) -> bool:
    said = sentence.cues.next_meeting.search(sentence.folded)
    return bool(said) and bool(days(sentence.text, held_on)) and not sentence.is_question
