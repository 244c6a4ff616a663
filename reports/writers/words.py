"""Words of Russian and English speech: tokens with their places, folding, stems, grammar.

Pure. Russian grammar comes from the pymorphy3 dictionary, English stems from suffix rules.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pymorphy3

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def word_list(text: str) -> tuple[str, ...]:
    """The words of a table that is written as text."""
    return tuple(text.split())


STOP_WORDS = frozenset(
    word_list(
        """
    а без бы был была были было быть в вам вас весь во вот все всё всего всех вы где да даже для
    до его ее еще же за здесь и из или им их к как ко когда кто ли лишь мне можно мой моя мы на
    над надо нам нас наш не него нее нет ни них но ну о об однако он она они оно от очень по под
    при просто с сам себя сейчас сегодня со так такой там тебе тебя тем то того тоже только том
    тот ты у уже хотя чего чем через что чтобы эта эти это этого этой этом этот я вообще короче
    типа допустим пока тогда значит итак ладно хорошо пожалуйста спасибо просто который которая
    которые такие нужно есть будет

    a about all also am an and any are as at be been but by can could did do does for from get
    go goes going had has have he her here him his how i i'll i'm i'd i've if in into is it it's
    its just let let's like me more most my no not now of off ok okay on one only or our out
    over please really she so some sorry sure than thank thanks that that's the their them then
    there these they this those to too up us very was we we'll we're well were what when where
    which who will with would yes yeah you you'll your
        """
    )
)

_IRREGULAR = {
    form: base
    for base, *forms in (
        line.split()
        for line in (
            "take took taken;leave left;send sent;make made;keep kept;pay paid;hold held;"
            "choose chose chosen;give gave given;get got gotten;write wrote written;buy bought;"
            "sell sold;build built;find found;go went gone;begin began begun;meet met;cut;"
            "speak spoke spoken;hide hid hidden;spend spent;tell told;bring brought;lose lost;"
            "teach taught;think thought;fall fell fallen;drive drove driven;rise rose risen;"
            "grow grew grown;know knew known;show shown;draw drew drawn;break broke broken"
        ).split(";")
    )
    for form in forms
}
"""Forms of English verbs that no ending explains."""

PAST_FORMS = frozenset(form for form, base in _IRREGULAR.items() if form != base) | frozenset(
    word_list("was were did had said saw came ran won sat stood felt heard meant caught put")
)
"""Past tenses and participles of English verbs that end otherwise than with -ed."""

_ENDINGS = ("ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s")


@dataclass(frozen=True)
class Token:
    """A word of a text; ``begin`` and ``end`` are offsets into that text."""

    text: str
    begin: int
    end: int

    @property
    def folded(self) -> str:
        """Lower case, ё as е."""
        return fold(self.text)


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case with ё as е and straight apostrophes; same length, so that offsets still hold."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("ё", "е").replace("’", "'")


def tokens(text: str) -> list[Token]:
    """Words of ``text`` in order; a hyphen or an apostrophe inside a word does not cut it."""
    return list(_tokens(text))


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(Token(m.group(), m.start(), m.end()) for m in WORD.finditer(text))


def normalized(text: str) -> str:
    """Words alone, folded, one space between: what two texts with the same words share."""
    return " ".join(fold(t.text) for t in tokens(text))


@lru_cache(maxsize=50_000)
def language_of(text: str) -> str:
    """``ru`` or ``en`` by the script of most letters, empty where there are none."""
    russian, english = len(CYRILLIC.findall(text)), len(LATIN.findall(text))
    if russian == english == 0:
        return ""
    return "ru" if russian >= english else "en"


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=100_000)
def parses(word: str) -> tuple[Any, ...]:
    """What a Russian word may be, likeliest first: pymorphy3 parses; empty for other scripts."""
    return tuple(_analyzer().parse(fold(word))) if CYRILLIC.search(word) else ()


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form that ``word`` may have, folded; for other scripts its stem."""
    found = parses(word)
    return frozenset(fold(p.normal_form) for p in found) if found else frozenset({stem(word)})


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The form by which words are compared: Russian lemma, English word without its ending."""
    found = parses(word)
    if found:
        return fold(found[0].normal_form)
    folded = fold(word).removesuffix("'s")
    if folded in _IRREGULAR:
        return _IRREGULAR[folded]
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 3 and not folded.endswith("ss"):
            return folded[: -len(ending)]
    return folded


@lru_cache(maxsize=200_000)
def has_grammemes(word: str, *wanted: str) -> bool:
    """Whether some reading of a Russian word carries all of the OpenCorpora grammemes."""
    return any(all(g in p.tag for g in wanted) for p in parses(word))


@lru_cache(maxsize=50_000)
def content_stems(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, in order; digits and function words left out."""
    return tuple(
        stem(t.text)
        for t in tokens(text)
        if len(t.text) > 2 and t.folded not in STOP_WORDS and not t.text[0].isdigit()
    )
