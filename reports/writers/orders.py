"""Whoever leads orders what was discussed, and names nobody. Pure."""

import re
from collections.abc import Sequence

from reports.writers import acts_ru
from reports.writers.matters import (
    accepted_between,
    before,
    matter,
    mentioned,
    proposal,
    resolving,
)
from reports.writers.names import called_name
from reports.writers.numerals import numbers
from reports.writers.offers import OFFERS
from reports.writers.sentences import Sentence
from reports.writers.words import CYRILLIC, Token, has_grammemes, parses, tokens

Found = list[Sentence] | None

_COMMAND_WORDS, _LONG_WORDS = 5, 14
_NEAR_TURNS, _ANSWERED_TURNS, _ECHO_TURNS = 3, 2, 4
_IMPERATIVE = ("ите", "йте", "ьте")
_AGAINST = re.compile(r"(?<!\w)(?:а|или|but|or|against|while)(?!\w)")


def commanded(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Чините.» behind «чинить или новый?»: orders what was discussed, and names nobody."""
    words = tokens(sentence.body)
    if not words or len(words) > _COMMAND_WORDS or not CYRILLIC.search(sentence.text):
        return None
    if not has_grammemes(words[0].text, "VERB", "impr", "excl") or sentence.is_question:
        return None
    if not words[0].folded.endswith(_IMPERATIVE) and not _surely_imperative(words[0]):
        return None
    if acts_ru.only_talk(words[0]) or words[0].folded in ("давай", "давайте"):
        return None
    raised = matter(sentence, said) or proposal(sentence, said, _ECHO_TURNS)
    raised = raised or _weighed(sentence, said)
    if raised is None or raised.speaker == sentence.speaker or OFFERS.search(raised.folded):
        return None
    led = sentence.speaker == led_by
    return [raised, sentence] if led or accepted_between(raised, sentence, said) else None


def _surely_imperative(word: Token) -> bool:
    first = parses(word.text)[:1]
    return all(g in first[0].tag for g in ("VERB", "impr", "excl"))


def _weighed(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """«Ремонт стоит восемнадцать, а новый шестьдесят»: two things held against each other."""
    turn = (s for s in before(sentence, said, 1) if s.turn < sentence.turn)
    return next((s for s in turn if len(numbers(s.text)) > 1 and _AGAINST.search(s.folded)), None)


def ordered(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "Barge the nine": whoever leads orders what another spoke of, and names nobody."""
    if sentence.speaker != led_by or called_name(sentence.text):
        return None
    if len(sentence.text.split()) > _LONG_WORDS or not resolving(sentence).orders.search(
        sentence.folded
    ):
        return None
    raised = mentioned(sentence, said) or proposal(sentence, said, _NEAR_TURNS)
    if raised is None:
        return None
    if raised.speaker == sentence.speaker and sentence.turn - raised.turn < _ANSWERED_TURNS:
        return None
    replies = raised.is_question and raised.turn == sentence.turn - 1
    return None if replies else [raised, sentence]
