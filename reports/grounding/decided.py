"""Whether a decision rests on words that decide, and not on a wish, a question or a joke. Pure."""

import re

from reports.grounding.cited import Cited
from reports.grounding.verdicts import Metadata
from reports.writers.base import Statement
from reports.writers.sentences import Sentence
from reports.writers.withdrawals import takes_back

_FIRM_KINDS = ("decision", "action_item")
_REPLY_TURNS = 2
_SHORT_WORDS = 4


def undecided_words(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """The cited words, if all of them are doubtful and nobody accepted them."""
    if statement.kind not in _FIRM_KINDS:
        return ""
    if not cited.sentences:  # what is only written was not decided at this meeting
        return cited.written[0].text if cited.written else ""
    if all(_doubtful(s, cited) for s in cited.sentences):
        return cited.sentences[0].text
    return ""


def _doubtful(sentence: Sentence, cited: Cited) -> bool:
    cues, text = sentence.cues, sentence.folded
    if _withdrawn(sentence, cited) or cues.struck.search(text) or cues.undecided.search(text):
        return True
    if _firm(sentence):
        return False
    patterns = (cues.hypothetical, cues.wished, cues.past, cues.objected)
    weak = sentence.is_question or any(p.search(text) for p in patterns)
    return (weak or _objected_to(sentence, cited)) and not _accepted(sentence, cited)


def _objected_to(sentence: Sentence, cited: Cited) -> bool:
    """Whether the next one to speak begins by speaking against it, shortly or in its words."""
    reply = next((s for s in cited.behind(sentence, 1) if s.turn > sentence.turn), None)
    if reply is None or reply.speaker == sentence.speaker:
        return False
    akin = bool(reply.stems & sentence.stems) or len(reply.text.split()) <= _SHORT_WORDS
    return akin and bool(reply.cues.objected.search(reply.folded))


def _speaks_against(sentence: Sentence) -> bool:
    cues, text = sentence.cues, sentence.folded
    return bool(cues.refused.search(text) or cues.objected.search(text))


def _firm(sentence: Sentence) -> bool:
    cues, text = sentence.cues, sentence.folded
    match = cues.decided.search(text)
    if match:
        clause = re.split(r"[,;:—–]", text[: match.end()])[-1]
        return not cues.hypothetical.search(clause)
    return bool(cues.no_objections.search(text))


def _withdrawn(sentence: Sentence, cited: Cited) -> bool:
    """Whether a joke is owned up to, or what was said is struck, there or right behind."""
    takers = (
        s
        for s in (sentence, *cited.behind(sentence, _REPLY_TURNS))
        if s.cues.joke.search(s.folded) or s.cues.struck.search(s.folded)
    )
    return any(takes_back(taker, sentence) for taker in takers)


def _accepted(sentence: Sentence, cited: Cited) -> bool:
    """Whether somebody else agreed before anybody refused."""
    for other in cited.behind(sentence, _REPLY_TURNS):
        if other.cues.agreed.match(other.folded) or other.cues.no_objections.search(other.folded):
            if other.speaker != sentence.speaker:
                return True
        elif other.speaker != sentence.speaker and _speaks_against(other):
            return False
        elif other.cues.decided.search(other.folded) and other.turn > sentence.turn:
            return True
    return False
