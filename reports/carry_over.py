"""What became of the open items of earlier meetings, as the talk of the next one tells it. Pure.

An item is spoken of where the things that it is about are named, in the sentence or in the one that
it answers. Whether it is done is told by the last clause that says so or the contrary. Nothing is
concluded from silence, and nothing here marks an item: people do that.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from reports.carry_over_cues import (
    ASKED,
    GENERIC_VERBS,
    OTHER_CLAUSE,
    YES,
    says_done,
    says_unfinished,
)
from reports.writers.base import Evidence, Meeting
from reports.writers.dates import days
from reports.writers.names import same_first_name
from reports.writers.people import People
from reports.writers.sentences import Sentence, between, sentences
from reports.writers.words import (
    CYRILLIC,
    STOP_WORDS,
    fold,
    language_of,
    parses,
    stem,
    tokens,
)

DONE, MENTIONED, OVERDUE, SILENT = "done", "mentioned", "overdue", "silent"
OUTCOMES = (DONE, MENTIONED, OVERDUE, SILENT)
"""In the order in which they are told."""

_STEM_LENGTH = 5
_LEAST_SHARE = 0.5
_HEAD = 2
_REPLY_TURNS = 1
_REPLY_SENTENCES = 2
_REPLY_WORDS = 14
_REPLY_THINGS = 4
_MOST_SHOWN = 3
_SET_PHRASES = frozenset({"пункт", "вопро", "повес", "задач", "поруч", "item", "task", "agend"})


@dataclass(frozen=True)
class OpenItem:
    """An action item that was open when the meeting began; ``since``: the day it was set."""

    key: Hashable
    text: str
    since: date
    assignee: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of an item, with the words of this meeting that tell it; silent ones have none.

    ``kind`` is one of ``OUTCOMES``; ``overdue`` is silent, and due before the meeting's day.
    """

    item: OpenItem
    kind: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class _Matter:
    """What an item is about (things) and what is done to it (lemmas of verbs)."""

    things: frozenset[str]
    verbs: frozenset[str]
    head: frozenset[str]
    """The first two things: what is told first names an item that is told at length."""


def follow_up(items: Sequence[OpenItem], meeting: Meeting) -> list[Outcome]:
    """What became of each of ``items`` at ``meeting``; done ones first, silent ones last."""
    if not items:
        return []
    segments = sorted(meeting.segments, key=lambda s: (s.start, s.id))
    said = sentences(segments)
    people = People(meeting, segments) if said else None
    found = [_outcome(item, said, people, meeting.held_on) for item in items]
    return sorted(found, key=lambda outcome: OUTCOMES.index(outcome.kind))


def _outcome(
    item: OpenItem, said: Sequence[Sentence], people: People | None, held_on: date | None
) -> Outcome:
    matter = _matter(item.text, item.assignee)
    mentions: list[Sentence] = []
    last: tuple[bool, list[Sentence]] | None = None
    for sentence in said:
        if not people or not _is_about(sentence, matter, item.assignee, people):
            continue
        mentions.append(sentence)
        last = _status(sentence, said, matter, item.assignee, people) or last
    if last and last[0]:
        return Outcome(item, DONE, _evidence(last[1]))
    if mentions:
        return Outcome(item, MENTIONED, _evidence(last[1] if last else mentions))
    late = bool(item.due and held_on and item.due < held_on)
    return Outcome(item, OVERDUE if late else SILENT)


@lru_cache(maxsize=20_000)
def _matter(text: str, assignee: str = "") -> _Matter:
    """The things that a text names, days and the assignee's name aside, and its Russian verbs."""
    names = {fold(word) for word in assignee.split()}
    dated = [(m.begin, m.end) for m in days(text)]
    things: dict[str, None] = {}
    verbs = set()
    for token in tokens(text):
        inside = any(begin <= token.begin < end for begin, end in dated)
        if inside or token.folded in STOP_WORDS or len(token.text) < 3 or token.text[0].isdigit():
            continue
        if token.folded in names or _names(token.text, assignee):
            continue
        if lemma := _verb(token.text):
            verbs.add(lemma)
        elif _is_thing(token.text) and not {token.folded, stem(token.text)} & GENERIC_VERBS:
            things[stem(token.text)[:_STEM_LENGTH]] = None
    named = [thing for thing in things if thing not in _SET_PHRASES]
    return _Matter(frozenset(named), frozenset(verbs), frozenset(named[:_HEAD]))


def _verb(word: str) -> str:
    """The lemma of a Russian verb, or nothing."""
    found = parses(word)
    is_verb = found and {"VERB", "INFN", "GRND"} & found[0].tag.grammemes
    return fold(found[0].normal_form) if is_verb else ""


def _is_thing(word: str) -> bool:
    """Whether a word can name a thing or tell it from others; by grammar where there is some."""
    found = parses(word)
    return not found or bool({"NOUN", "ADJF", "PRTF", "LATN"} & found[0].tag.grammemes)


def _names(word: str, assignee: str) -> bool:
    """Whether a capitalised word is a form of one of the assignee's names."""
    capital = word[:1].isupper()
    return capital and any(same_first_name(word, part) for part in assignee.split())


def _is_about(sentence: Sentence, matter: _Matter, assignee: str, people: People) -> bool:
    """Whether a sentence names what the item is about, and not a thing of its kind."""
    shared = matter.things & _matter(sentence.text).things
    if not shared & matter.head:
        return False
    if len(matter.head) == _HEAD and matter.head <= shared:
        return True
    if len(shared) / len(matter.things) < _LEAST_SHARE:
        return False
    if len(shared) >= 2 or len(matter.things) == 1:
        return True
    own = _matter(sentence.text, assignee)
    foreign = own.things - matter.things
    related = bool(matter.verbs & own.verbs) or _involves(sentence, assignee, people)
    return not foreign and related


def _involves(sentence: Sentence, assignee: str, people: People) -> bool:
    """Whether the assignee speaks or is named."""
    if not assignee:
        return False
    speaking = people.speaking(sentence.speaker).name.split()
    by_name = any(_names(token.text, assignee) for token in tokens(sentence.text))
    return by_name or bool(speaking and same_first_name(speaking[0], assignee.split()[0]))


def _status(
    sentence: Sentence,
    said: Sequence[Sentence],
    matter: _Matter,
    assignee: str,
    people: People,
) -> tuple[bool, list[Sentence]] | None:
    """Whether the item is said to be done (True) or not yet (False), and where; None: neither."""
    if not sentence.is_question:
        clause = _clause_about(sentence.text, matter)
        if says_done(clause, russian=_russian(sentence), verbs=matter.verbs):
            return (True, [sentence]) if _is_the_one(sentence, matter, assignee, people) else None
        if says_unfinished(clause, russian=_russian(sentence)):
            return False, [sentence]
    for reply in _replies(sentence, said):
        answer = _answer(sentence, reply, matter)
        if answer is not None:
            return answer, [sentence, reply]
    return None


def _answer(sentence: Sentence, reply: Sentence, matter: _Matter) -> bool | None:
    """Whether ``reply`` says that what ``sentence`` speaks of is done; None for neither."""
    russian = _russian(reply)
    if len(reply.text.split()) > _REPLY_WORDS or reply.is_question:
        return None
    if not _may_answer(sentence, reply, matter):
        return None
    if says_done(reply.text, russian=russian, verbs=matter.verbs):
        return True
    if says_unfinished(reply.text, russian=russian):
        return False
    return True if _asks_if_done(sentence, matter) and YES.match(reply.folded) else None


def _asks_if_done(sentence: Sentence, matter: _Matter) -> bool:
    if not sentence.is_question:
        return False
    said = says_done(sentence.text.rstrip("?"), russian=_russian(sentence), verbs=matter.verbs)
    return said or bool(ASKED.search(sentence.folded))


def _may_answer(sentence: Sentence, reply: Sentence, matter: _Matter) -> bool:
    """Whether ``reply`` does not speak of other things; where nothing was asked, of none at all."""
    foreign = _matter(reply.text).things - matter.things
    if sentence.is_question or reply.speaker == sentence.speaker:
        return len(foreign) <= _REPLY_THINGS
    clauses = [part for part in reply.text.split(",") if part.strip()]
    return bool(clauses) and not _matter(clauses[0]).things - matter.things


def _replies(sentence: Sentence, said: Sequence[Sentence]) -> Iterable[Sentence]:
    """What is said directly behind a sentence: by the same person, unless they asked, or next."""
    following = between(said, sentence, _REPLY_TURNS)
    if sentence.is_question:
        following = (s for s in following if s.speaker != sentence.speaker)
    return islice(following, _REPLY_SENTENCES)


def _is_the_one(sentence: Sentence, matter: _Matter, assignee: str, people: People) -> bool:
    """Whether an item of a single thing is meant, not another thing of that kind."""
    if len(matter.things & _matter(sentence.text, assignee).things) >= 2:
        return True
    clause = _matter(_clause_about(sentence.text, matter), assignee)
    foreign = clause.things - matter.things
    return not foreign or _involves(sentence, assignee, people) or bool(matter.verbs & clause.verbs)


def _clause_about(text: str, matter: _Matter) -> str:
    """The clauses of a sentence that name the item's things; all of it where none alone does."""
    clauses = [part for part in OTHER_CLAUSE.split(text) if part]
    naming = [clause for clause in clauses if _matter(clause).things & matter.things]
    return " ".join(naming) if naming else text


def _russian(sentence: Sentence) -> bool:
    return bool(CYRILLIC.search(sentence.text)) and language_of(sentence.text) != "en"


def _evidence(said: Sequence[Sentence]) -> tuple[Evidence, ...]:
    parts = [part for sentence in said[:_MOST_SHOWN] for part in sentence.parts]
    return tuple(dict.fromkeys(parts))
