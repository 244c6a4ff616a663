"""Whom the cited words charge with a task: who promises, is asked, or is named for it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.grounding.cited import Cited
from reports.grounding.named import names_in, same_person
from reports.grounding.verdicts import Metadata
from reports.writers import acts_en, acts_ru
from reports.writers.base import Statement
from reports.writers.cues_en import EN
from reports.writers.names import called_name, is_given_name, is_placeholder
from reports.writers.offers import OFFERS
from reports.writers.sentences import Sentence

_POLITE = re.compile(r"(?<!\w)(?:пожалуйста|please)(?!\w)")
_SHORT_WORDS = 6
_REPLY_TURNS = 2


@dataclass(frozen=True)
class _Charge:
    """Somebody charged: by ``name`` as said, or as the ``speaker`` of a key."""

    name: str = ""
    speaker: str = ""


def uncharged_assignee(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """The assignee, if the cited words charge others and not them, or know nothing of them."""
    who = statement.assignee
    if not who:
        return ""
    charges = {charge for s in cited.sentences for charge in _charges(s, cited)}
    if not charges:
        charges = set(_present(cited))
    return "" if any(_is(who, charge, metadata) for charge in charges) else who


def _is(who: str, charge: _Charge, metadata: Metadata) -> bool:
    if charge.name:
        return same_person(who, charge.name)
    name = metadata.speakers.get(charge.speaker, "")
    if name and not is_placeholder(name, charge.speaker):
        return same_person(who, name)
    others = metadata.speakers.items()
    taken = any(same_person(who, n) for key, n in others if key != charge.speaker)
    return who == name or (not taken and (not name or not is_placeholder(who)))


def _charges(sentence: Sentence, cited: Cited) -> Iterator[_Charge]:
    acts = acts_en if sentence.cues is EN else acts_ru
    asking = sentence.is_question or sentence.cues.hypothetical.search(sentence.folded)
    named = [n for n in acts.charged(sentence.text) if _is_name(n)] if not asking else []
    yield from (_Charge(name) for name in named)
    called = called_name(sentence.text)
    polite = bool(called) or bool(_POLITE.search(sentence.folded))
    asks = acts.asks(sentence.text, polite=polite)
    takes = acts.promises(sentence.text, dated=True) or OFFERS.search(sentence.folded)
    if not named and (takes or _accepts(sentence, cited)):
        yield _Charge(speaker=sentence.speaker)
    elif called:
        yield _Charge(called)
    elif asks and not named:
        yield from _asked(sentence, cited)


def _accepts(sentence: Sentence, cited: Cited) -> bool:
    """Whether a short sentence agrees to what another has just asked or named somebody for."""
    short = len(sentence.text.split()) <= _SHORT_WORDS
    if not short or not sentence.cues.agreed.match(sentence.folded):
        return False
    return any(
        other.turn < sentence.turn and (other.is_question or _charges_somebody(other))
        for other in cited.before(sentence, 1)
    )


def _charges_somebody(sentence: Sentence) -> bool:
    acts = acts_en if sentence.cues is EN else acts_ru
    named = called_name(sentence.text) or acts.charged(sentence.text)
    return bool(named or acts.asks(sentence.text, polite=False))


def _is_name(name: str) -> bool:
    return is_given_name(name.split()[0])


def _asked(sentence: Sentence, cited: Cited) -> Iterator[_Charge]:
    """Whom a request without a name is put to: called before in the turn, else who replies."""
    for other in cited.before(sentence, 0):
        if called := called_name(other.text):
            yield _Charge(called)
            return
    replies = (s for s in cited.behind(sentence, _REPLY_TURNS) if s.speaker != sentence.speaker)
    reply = next(replies, None)
    if reply:
        yield _Charge(speaker=reply.speaker)


def _present(cited: Cited) -> Iterator[_Charge]:
    """Where no words charge anybody: whoever speaks or is named there."""
    for sentence in cited.sentences:
        yield _Charge(speaker=sentence.speaker)
        yield from (_Charge(name.text) for name in names_in(sentence.text))
    for sentence in cited.written:
        yield from (_Charge(name.text) for name in names_in(sentence.text))
    for sentence in cited.near(1):
        if called := called_name(sentence.text):
            yield _Charge(called)
