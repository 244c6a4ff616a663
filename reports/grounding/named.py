"""Names: each must be said in the evidence, be its speaker's, or stand in the metadata. Pure."""

import re
from collections.abc import Iterable, Mapping

from reports.grounding.amounts import designations
from reports.grounding.cited import Cited
from reports.grounding.exact import known_texts
from reports.grounding.verdicts import Metadata
from reports.writers.base import Statement
from reports.writers.calendar_words import MONTHS, WEEKDAYS
from reports.writers.given_names import FULL_FORMS, NOT_NAMES
from reports.writers.names import is_given_name, is_placeholder, same_first_name
from reports.writers.words import (
    CYRILLIC,
    Token,
    fold,
    has_grammemes,
    lemmas,
    tokens,
    word_list,
)

_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s*[\"«“(]*|[\"«“(])\s*$")
_ENDING_LETTERS = 2
_NEAR_TURNS = 4
_FULL_NAMES = frozenset(full for names in FULL_FORMS.values() for full in names)
_OF_ACTS = ("decision", "action_item", "figure")
_ME = re.compile(
    r"(?<!\w)(?:мне|меня|мной|нам|нас|нами|me|us|my|our|мо[йяюи]\w*|и я|"
    r"i(?:'d| would)? (?:need|want|expect|like))(?!\w)"
)
_YOU = re.compile(r"(?<!\w)(?:you|your|yours|теб[яе]|тобой|вам|вас|вами|ваш\w*|тво\w+)(?!\w)")
_DOES = re.compile(
    r"\W+(?:is|was|will|has|had|gets?|got|can|must|should|\w+s|\w+ed|made|"
    r"said|took|went|sent|wrote|found|told|did)(?!\w)"
)
_I = re.compile(r"(?<!\w)(?:я|мы|у нас|у меня|i|we|i'\w+|we'\w+|my|our)(?!\w)")
_TITLES = {"dr": "doctor", "doctor": "dr", "prof": "professor", "professor": "prof"} | {
    "доктор": "д-р",
    "rev": "reverend",
    "reverend": "rev",
}
"""Titles and their short forms, each with the other."""
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абкдефгхижклмнопкрстуввкиз")
"""Of names that are said in Russian and written in Latin letters: «андроид», ``Android``."""
_UNITS = frozenset(word_list("mb gb tb kb usd eur gbp rub am pm мб гб тб кб"))


def missing_name(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """A name in the statement or its assignee that nothing known has.

    A speaker's name counts where that speaker is cited or called, or where a cited voice has no
    name; a name that only others bear is missing, even if they take part.
    """
    said = {fold(t.text): t.text for x in known_texts(statement, metadata) for t in tokens(x)}
    charged = [] if is_placeholder(statement.assignee) else tokens(statement.assignee)
    for token in charged:
        if not _said(token.text, said):
            return token.text
    quoted = {fold(t.text): t.text for e in statement.evidence for t in tokens(e.quote)}
    near = {fold(t.text): t.text for s in cited.near(_NEAR_TURNS) for t in tokens(s.text)}
    quoted |= {name: word for name, word in near.items() if designations(word)}
    absent = absent_names(cited, metadata)
    present = _parts_of_present(cited, metadata)
    for token in names_in(statement.text):
        if _said(token.text, quoted):
            continue
        bears = () if token.folded in present else absent
        other = next((name for name in bears if _part_of(token.text, name)), None)
        if not _said(token.text, said) or (other and not _quoted_in_part(other, quoted)):
            return token.text
        if statement.kind in _OF_ACTS and not _speaks_of_self(token, statement, cited, metadata):
            return token.text
    return ""


def _speaks_of_self(token: Token, statement: Statement, cited: Cited, metadata: Metadata) -> bool:
    """Whether a cited speaker, named by the statement alone, says «я» or, as object, «мне».

    «Вам», said by another who is cited, is the object too.
    """
    keys = [k for k, name in metadata.speakers.items() if _part_of(token.text, name)]
    own = [s for s in cited.sentences if s.speaker in keys]
    if not own or is_placeholder(metadata.speakers[own[0].speaker], own[0].speaker):
        return True
    spoken_to = any(s not in own and _YOU.search(s.folded) for s in cited.sentences)
    if _is_object(token, statement.text):
        return spoken_to or any(_ME.search(s.folded) for s in own)
    return any(_I.search(s.folded) or _first_person(s.text) for s in own)


def _is_object(token: Token, text: str) -> bool:
    """Whether a name is not the one who acts: by its case, in English by its place."""
    if CYRILLIC.search(token.text):
        return not has_grammemes(token.text, "Name", "nomn")
    acts = _DOES.match(fold(text[token.end :]))
    return not (acts or _SENTENCE_START.search(text[: token.begin]))


def _first_person(text: str) -> bool:
    return any(has_grammemes(t.text, "VERB", "1per") for t in tokens(text))


def absent_names(cited: Cited, metadata: Metadata) -> list[str]:
    """Names of speakers who have no part in the cited words; none if a cited voice is nameless."""
    speaking = {s.speaker for s in cited.sentences}
    names = {key: name for key, name in metadata.speakers.items() if not is_placeholder(name, key)}
    if any(key not in names for key in speaking):
        return []
    addressing = (cited.before(s, 0) for s in cited.sentences)
    heard = [*cited.sentences, *(s for before in addressing for s in before)]
    called = [name.text for s in heard for name in names_in(s.text)]
    return [
        name
        for key, name in names.items()
        if key not in speaking and not any(_part_of(word, name) for word in called)
    ]


def _parts_of_present(cited: Cited, metadata: Metadata) -> set[str]:
    """Words of the names of those who speak in the cited words."""
    speaking = {s.speaker for s in cited.sentences}
    names = (name for key, name in metadata.speakers.items() if key in speaking)
    return {token.folded for name in names for token in tokens(name)}


def _part_of(word: str, name: str) -> bool:
    return any(same_word(word, part) for part in name.split())


def _quoted_in_part(name: str, quoted: Mapping[str, str]) -> bool:
    return any(_said(part, quoted) for part in name.split())


def names_in(text: str) -> Iterable[Token]:
    """Words written as names: with a capital where no sentence begins, or known as given names."""
    for token in tokens(text):
        folded = token.folded
        if not token.text[0].isupper() or folded in NOT_NAMES or folded.split("'")[0] == "i":
            continue
        if folded in MONTHS or folded in WEEKDAYS or lemmas(token.text) & set(MONTHS):
            continue
        given = is_given_name(token.text) or folded in _FULL_NAMES or folded in FULL_FORMS
        if given or not (_SENTENCE_START.search(text[: token.begin]) or folded in _UNITS):
            yield token


def _said(word: str, said: Mapping[str, str]) -> bool:
    folded = fold(word).removesuffix("'s")
    if folded in said or _TITLES.get(folded) in said:
        return True
    in_cyrillic = folded.translate(_LETTERS)
    return any(
        same_word(word, other) or _inflected(in_cyrillic, other_folded)
        for other_folded, other in said.items()
        if other_folded[:2] in (folded[:2], in_cyrillic[:2]) or other[:1].isupper()
    )


def same_word(one: str, other: str) -> bool:
    """Whether two words may be one name: another case, or a short form."""
    first, second = fold(one).removesuffix("'s"), fold(other).removesuffix("'s")
    if first == second or lemmas(one) & lemmas(other) or _inflected(first, second):
        return True
    if f"{other}s" == one and other.isupper():  # “CTs”
        return True
    return same_first_name(one, other)


def _inflected(one: str, other: str) -> bool:
    """Whether two words may be one in different cases: all but the last letters are the same."""
    stem = max(len(one), len(other)) - _ENDING_LETTERS
    return stem >= _ENDING_LETTERS * 2 and one[:stem] == other[:stem]


def same_person(one: str, other: str) -> bool:
    """Whether two names may be one person's: every part of the shorter is in the longer."""
    if is_placeholder(one) or is_placeholder(other):
        return one == other
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return bool(shorter) and all(any(same_word(a, b) for b in longer) for a in shorter)
