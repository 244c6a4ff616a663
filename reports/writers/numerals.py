"""Numbers in Russian and English, in words or in digits: where they stand and what they are worth.

Pure. ``сто сорок тысяч``, ``140 тысяч``, ``140 000`` and ``one hundred and forty thousand`` are all
worth 140 000; ``двадцать четвёртого``, ``24-го`` and ``twenty-fourth`` are the ordinal 24.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from reports.writers.words import CYRILLIC, fold, parses, word_list

_ATOM = re.compile(
    r"(?P<digits>(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)|"
    r"(?<![\d.,])\d+(?:[.,]\d+)?)(?P<ordinal>-?(?:ого|го|му|ый|ий|ой|й|ое|е|ая|я|ые|st|nd|rd|"
    r"th)(?![\w]))?|(?P<half>\b(?:с половиной|and a half)\b)|(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"[ \u00a0\u202f]|,(?=\d{3}(?!\d))")
_GLUE = re.compile(r"(?:[\s\u00a0-]|\band\b)*", re.IGNORECASE)

_RU_CARDINALS = word_list(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = word_list("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = word_list("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_RU_ORDINALS = word_list(
    "нулевой первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый "
    "одиннадцатый двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый "
    "восемнадцатый девятнадцатый"
)
_RU_TENTHS = word_list(
    "двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый"
)
_EN_CARDINALS = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_EN_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_ORDINALS = word_list(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_EN_TENTHS = word_list(
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
)

_PLAIN: dict[str, Decimal] = {
    **{w: Decimal(i) for names in (_RU_CARDINALS, _EN_CARDINALS) for i, w in enumerate(names)},
    **{w: Decimal(10 * i) for names in (_RU_TENS, _EN_TENS) for i, w in enumerate(names, 2)},
    **{w: Decimal(100 * i) for i, w in enumerate(_RU_HUNDREDS, 1)},
    "двое": Decimal(2),
    "трое": Decimal(3),
    "четверо": Decimal(4),
    "пятеро": Decimal(5),
    "полтора": Decimal("1.5"),
}
_ORDINAL: dict[str, Decimal] = {
    **{w: Decimal(i) for names in (_RU_ORDINALS, _EN_ORDINALS) for i, w in enumerate(names)},
    **{w: Decimal(10 * i) for names in (_RU_TENTHS, _EN_TENTHS) for i, w in enumerate(names, 2)},
}
_SCALES: dict[str, Decimal] = {
    "тысяча": Decimal(1000),
    "тыс": Decimal(1000),
    "миллион": Decimal(10**6),
    "млн": Decimal(10**6),
    "миллиард": Decimal(10**9),
    "млрд": Decimal(10**9),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
}
_LETTER_SCALES = {"k": Decimal(1000), "к": Decimal(1000)}
_ALONE = frozenset({"тысяча", "тысячу", "миллион", "миллиард"})
"""A scale that is a number by itself; ``тысячи людей`` and ``millions`` are not."""


@dataclass(frozen=True)
class Number:
    """A number said in a text; offsets into that text."""

    value: Decimal
    begin: int
    end: int
    ordinal: bool = False


@dataclass(frozen=True)
class _Atom:
    kind: str  # plain, ordinal, digits, hundred, scale, half
    value: Decimal
    begin: int
    end: int
    alone: bool = True


@lru_cache(maxsize=50_000)
def _meaning(word: str) -> tuple[str, Decimal] | None:
    """Kind and value of a number word, whatever its case and gender."""
    folded = fold(word)
    forms = [folded]
    if CYRILLIC.search(word):
        marks = {"NUMR", "Anum", "Apro"}
        forms += [
            fold(p.normal_form)
            for p in parses(word)
            if p.score >= 0.1 and (marks & p.tag.grammemes or fold(p.normal_form) in _SCALES)
        ]
    if folded == "hundred":
        return "hundred", Decimal(100)
    for kind, table in (("plain", _PLAIN), ("ordinal", _ORDINAL), ("scale", _SCALES)):
        for form in forms:
            if form in table:
                return kind, table[form]
    return None


def _atoms(text: str) -> list[_Atom]:
    found = []
    for match in _ATOM.finditer(text):
        begin, end = match.span()
        if match["half"]:
            found.append(_Atom("half", Decimal("0.5"), begin, end))
        elif match["digits"]:
            digits = _GROUP.sub("", match["digits"]).replace(",", ".")
            kind = "ordinal" if match["ordinal"] else "digits"
            found.append(_Atom(kind, Decimal(digits), begin, end))
        elif meaning := _letter_scale(text, match) or _meaning(match["word"]):
            alone = meaning[0] not in ("scale", "hundred") or (
                fold(match["word"]) in _ALONE or fold(text[:begin]).endswith((" a ", "a "))
            )
            found.append(_Atom(*meaning, begin, end, alone))
    return found


def _letter_scale(text: str, match: re.Match[str]) -> tuple[str, Decimal] | None:
    if not match.start() or not text[match.start() - 1].isdigit():
        return None
    scale = _LETTER_SCALES.get(fold(match["word"]))
    return ("scale", scale) if scale else None


def is_number_word(word: str) -> bool:
    """Whether ``word`` can be part of a number said in words."""
    return _meaning(word) is not None


@dataclass
class _Builder:
    """A number while its words arrive: ``сто`` ``сорок`` ``тысяч``."""

    begin: int
    end: int
    total: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    room: Decimal = Decimal(1000)
    scale: Decimal = Decimal(10**12)
    ordinal: bool = field(default=False)
    sound: bool = False

    def take(self, atom: _Atom) -> bool:
        """Add ``atom`` if it can continue this number; says whether it did."""
        if self.ordinal or not getattr(self, f"_take_{atom.kind}")(atom.value):
            return False
        self.end, self.sound = atom.end, self.sound or atom.alone
        return True

    def _take_plain(self, value: Decimal) -> bool:
        if value >= self.room or (10 < value < 20 and self.room <= 20) or (not value and self.room):
            return self._first(value)
        self.current += value
        self.room = Decimal(0) if value < 20 else Decimal(10 if value < 100 else 100)
        return True

    def _first(self, value: Decimal) -> bool:
        """A zero, or a value that does not fit behind what stands: only at the very start."""
        if self.current or self.total or self.sound or value:
            return False
        self.room = Decimal(0)
        return True

    def _take_ordinal(self, value: Decimal) -> bool:
        if self.sound and (value >= self.room or (10 < value < 20 and self.room <= 20)):
            return False
        self.current += value
        self.ordinal = True
        return True

    def _take_digits(self, value: Decimal) -> bool:
        if self.current or value >= self.scale:
            return False
        self.current, self.room = value, Decimal(0)
        return True

    def _take_hundred(self, value: Decimal) -> bool:
        if self.current >= 100:
            return False
        self.current = (self.current or Decimal(1)) * value
        self.room = Decimal(100)
        return True

    def _take_scale(self, value: Decimal) -> bool:
        if value >= self.scale or (self.total and not self.current):
            return False
        self.total += (self.current or Decimal(1)) * value
        self.current, self.room, self.scale = Decimal(0), Decimal(1000), value
        return True

    def _take_half(self, value: Decimal) -> bool:
        if not self.current:
            return False
        self.current += value
        self.room = Decimal(0)
        return True


@lru_cache(maxsize=20_000)
def numbers(text: str) -> tuple[Number, ...]:
    """Numbers of ``text`` in order; words that belong together make one number."""
    found: list[Number] = []
    builder: _Builder | None = None

    def close() -> None:
        if builder and builder.sound:
            value = builder.total + builder.current
            found.append(Number(value, builder.begin, builder.end, builder.ordinal))

    for atom in _atoms(text):
        if builder and _GLUE.fullmatch(text, builder.end, atom.begin) and builder.take(atom):
            continue
        close()
        builder = _Builder(atom.begin, atom.end)
        if not builder.take(atom):
            builder = None
    close()
    return tuple(found)
