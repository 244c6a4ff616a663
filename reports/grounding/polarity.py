"""Whether a statement denies what was said or says what was denied. Pure; by words."""

import re
from dataclasses import dataclass, replace

from reports.grounding.cited import Cited
from reports.grounding.verdicts import Metadata
from reports.writers.base import Statement
from reports.writers.words import (
    STOP_WORDS,
    Token,
    fold,
    has_grammemes,
    language_of,
    stem,
    tokens,
    word_list,
)

_STEM_LETTERS = 5
_NEGATIONS = frozenset(
    word_list(
        """
    не ни нет без нельзя никогда никто ничего никакой никаких
    not no never without none nor cannot neither nobody nothing
        """
    )
)
_OF_NOUNS = frozenset({"нет", "без", "ни", "no", "without", "никаких"})
"""Negations that deny a thing and not what is done."""
_OF_ALL = frozenset(word_list("все всех всем каждый каждому всегда all every everyone everybody"))
"""Behind a negation they deny that it is so of all: «не все поедут»."""
_REVERSALS = re.compile(
    r"(?<!\w)(?:отказ|отмен|отклон|отверг|отлож|отклад|прекра|исключ|снят|снима|сним|убир|убра|"
    r"уберем|переста|запре|выкид|против|вместо|прежн|сохран|хватит|обойд|declin|reject|cancel|"
    r"dropp|drop |drops |exclud|postpon|put off|refus|waiv|instead|stop |stopping|leave |left |"
    r"leav|ban |bann|unlike|rather than|enough|avoid|lack|keep|kept|stay|remov|close|closing|"
    r"taken? out|taking out|кроме|своими|skip|except|apart from|besides|остае|остаю|остав|остан)"
)
_CONTRAST = re.compile(
    r",\s*(?:а не|not|and not|rather than|instead of)\s+(?:\w+\s+){0,2}\w+(?=\s*[.,;]|$)",
    re.IGNORECASE,
)
"""What was not chosen, named beside what was: «Териберку, а не Аниву»."""
_NOT_YET = re.compile(r"(?<!\w)(?:так и|ещё|еще) не(?= \w+л[аи]?(?!\w))", re.IGNORECASE)
_REACH = 3  # words
_AUXILIARIES = frozenset(
    word_list("будем буду будет будут станем стану надо нужно стоит хотим хочу можем могу дадим")
)
_NO = re.compile(
    r"^\W*(?:нет|no)(?!\w)(?! (?:problem|objection))|не стоит|not worth|"
    r"(?<!\w)(?:stays|remains|остается|остаются)(?!\w)"
)
_WHETHER = re.compile(
    r"(?<!\w)(?:whether|прос(?:ит|ят|или|ил|ила)|чтобы?|хо(?:чет|тят|тел\w*)|wants?|asked)(?!\w)"
)


@dataclass(frozen=True)
class _Signs:
    """Words of a text by their beginnings: those said, and those that a negation stands before."""

    affirmed: frozenset[str]
    denied: frozenset[str]
    negative: bool
    reversing: bool


def contradicting_word(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """A word that the statement denies and the evidence says, or the other way round."""
    if language_of(statement.text) != cited.language:
        return ""
    told = _signs(_CONTRAST.sub(" ", statement.text))
    heard = _signs(" \n".join(_NOT_YET.sub(" ", text) for text in cited.texts))
    if statement.kind == "action_item":
        heard = replace(heard, denied=heard.denied - _lacking(cited))
    stated = _signs(
        " \n".join(s.text for s in (*cited.sentences, *cited.written) if not s.is_question)
    )
    if told.negative:
        if not (heard.negative or heard.reversing):
            return next(iter(sorted(told.denied)), statement.text)
        wrong = (told.denied & heard.affirmed) - heard.denied - _turned_down(cited)
    else:
        wrong = (
            (told.affirmed & heard.denied) - stated.affirmed if not told.reversing else frozenset()
        )
    return next(iter(sorted(wrong)), "")


def denies(text: str) -> bool:
    """Whether a text says that something is not, or no longer, so."""
    signs = _signs(text)
    return signs.negative or signs.reversing


def _turned_down(cited: Cited) -> frozenset[str]:
    """Words of what was only asked or asked for, where a cited sentence says no to it."""
    refused = [s for s in cited.sentences if _NO.search(s.folded)]
    if not refused:
        return frozenset()
    asked = (
        s
        for s in cited.sentences
        if s.index < refused[-1].index and (s.is_question or _WHETHER.search(s.folded))
    )
    return frozenset(_mark(t) for s in asked for t in tokens(s.text))


def _lacking(cited: Cited) -> frozenset[str]:
    """What is said not to have been done: «журнал не заполнен» is why it is to be filled in."""
    said = [t for s in cited.sentences for t in tokens(s.text)]
    return frozenset(
        _mark(t)
        for t in said
        if has_grammemes(t.text, "PRTS") or has_grammemes(t.text, "VERB", "past")
    )


def _signs(text: str) -> _Signs:
    affirmed: set[str] = set()
    denied: set[str] = set()
    said = tokens(text)
    negative = False
    for place, token in enumerate(said):
        if is_negation(token):
            negative = True
        elif len(token.text) > 2 and token.folded not in STOP_WORDS:
            mark = _mark(token)
            under = _under_negation(text, said, place) or _refrained(text, said, place)
            (denied if under else affirmed).add(mark)
    return _Signs(
        frozenset(affirmed), frozenset(denied), negative, bool(_REVERSALS.search(fold(text)))
    )


def _mark(token: Token) -> str:
    """Beginning of the stem; in English without a last e and with one letter of two."""
    mark = fold(stem(token.text))[:_STEM_LETTERS]
    if not mark.isascii():
        return mark
    mark = mark.removesuffix("e")
    return mark[:-1] if len(mark) > 3 and mark[-1] == mark[-2] else mark


def is_negation(token: Token) -> bool:
    """Whether a word denies: «не», ``not``, ``won't``."""
    return token.folded in _NEGATIONS or token.folded.endswith("n't")


def _refrained(text: str, said: list[Token], place: int) -> bool:
    """«держать не будем»: an infinitive with its denied auxiliary behind it."""
    behind = said[place + 1 : place + 3]
    if len(behind) < 2 or behind[0].folded != "не" or behind[1].folded not in _AUXILIARIES:
        return False
    return has_grammemes(said[place].text, "INFN")


def _under_negation(text: str, said: list[Token], place: int) -> bool:
    """Whether a negation stands right before a word, or some small words before it."""
    for other in reversed(said[max(0, place - _REACH) : place]):
        if re.search(r"[.,;:!?—–\n]", text[other.end : said[place].begin]):
            return False
        if is_negation(other):
            following = next((t.folded for t in said if t.begin >= other.end), "")
            return other.folded not in _OF_NOUNS and following not in _OF_ALL
        if other.folded not in STOP_WORDS and not other.folded.endswith("ly"):
            return False
    return False
