"""Whether a decision rests on words that decide, and not on a wish, a question or a joke. Pure."""

import re

from reports.grounding.cited import Cited
from reports.grounding.nobodys import (
    MOVES_ON,
    only_counts,
    only_offered,
    refuses,
    settled_elsewhere,
    votes_for,
)
from reports.grounding.polarity import denies
from reports.grounding.verdicts import Metadata
from reports.writers import acts_en, acts_ru
from reports.writers.base import Statement
from reports.writers.cues_en import EN
from reports.writers.matters import akin, resolving
from reports.writers.sentences import Sentence
from reports.writers.tasks import NOT_YET
from reports.writers.withdrawals import takes_back
from reports.writers.words import CYRILLIC, parses, tokens

_FIRM_KINDS = ("decision", "action_item")
_REPLY_TURNS = 2
_SHORT_WORDS, _FEW_WORDS = 4, 6
_THEN = re.compile(r"(?:тогда|then)(?!\w)")
_ADDS = re.compile(r"^\W*(?:о|ого|и|тогда и|а|ну и)(?!\w)")
_BARE_THING = re.compile(
    r"^\W*(?:(?:and|um|uh|or|oh|maybe|then),? )*(?:and|oh|or),? (?:(?:um|uh|er),? )*(?:an?|the) "
    r"(?!.*(?<!\w)(?:is|are|was|will|can|has|have|goes|gets?|becomes?)(?!\w))|^\W*\w+!\W*$"
)
_OFFERS_TO = re.compile(r"^\W*(?:а |ну )?(?:хотите|хочешь)(?!\w)|(?<!\w)i vote for(?!\w)")
_BESIDES = re.compile(r"^\W*(?:or|или|либо)(?!\w)(?! else)")
_NAMING_WORDS = 8
_ALLOWS = re.compile(r"(?<!\w)(?<!не )(?:можно|разреша\w+|you (?:can|may))(?!\w)")
_EITHER = re.compile(r"(?<!\w)(?:либо .*либо|или .*или|either .* or)(?!\w)")


def undecided_words(statement: Statement, cited: Cited, metadata: Metadata) -> str:
    """The cited words, if all of them are doubtful and nobody accepted them."""
    if statement.kind not in _FIRM_KINDS:
        return ""
    if not cited.sentences:  # what is only written was not decided at this meeting
        return cited.written[0].text if cited.written else ""
    doing = not denies(statement.text)
    if doing and statement.kind == "action_item" and _declined(cited):
        return cited.sentences[-1].text
    if all((doing and refuses(s)) or _doubtful(s, cited) for s in cited.sentences):
        return cited.sentences[0].text
    return ""


def _declined(cited: Cited) -> bool:
    """Whether the last one who is cited refuses what another asked for."""
    last = cited.sentences[-1]
    turn = [s for s in cited.sentences if s.turn == last.turn]
    asked = any(s.speaker != last.speaker for s in cited.sentences)
    return asked and any(map(refuses, turn)) and not any(map(_promised, turn))


def _doubtful(sentence: Sentence, cited: Cited) -> bool:
    cues, text = sentence.cues, sentence.folded
    if _void(sentence, cited):
        return True
    if _permits(sentence, cited) or _firm(sentence):
        return False
    before = next(iter(cited.before(sentence, 1)), None)
    if only_offered(sentence) or only_counts(sentence, before):
        return not _accepted(sentence, cited)
    if _only_names(sentence) or _OFFERS_TO.search(text) or _BESIDES.search(text):
        return not _accepted(sentence, cited)
    if _promised(sentence):
        return _objected_to(sentence, cited) or _called_off(sentence, cited)
    if cues.hypothetical.search(text) and cues.refused.search(text):
        return True
    patterns = (cues.hypothetical, cues.wished, cues.past, cues.objected)
    weak = sentence.is_question or any(p.search(text) for p in patterns) or _only_suggests(sentence)
    if _resolves(sentence) and not sentence.is_question:
        return _refused(sentence, cited)
    return (weak or _objected_to(sentence, cited)) and not _accepted(sentence, cited)


def _void(sentence: Sentence, cited: Cited) -> bool:
    """Whether it was taken back, left open, is of others, or names two ways."""
    cues, text = sentence.cues, sentence.folded
    said_to_be = cues.struck.search(text) or cues.undecided.search(text)
    taken_back = said_to_be or _withdrawn(sentence, cited)
    elsewhere = _of_others(sentence) or settled_elsewhere(sentence) or MOVES_ON.search(text)
    return bool(taken_back or elsewhere or _either(sentence))


def _of_others(sentence: Sentence) -> bool:
    """Whether it tells what people outside the meeting decided or do."""
    return bool(resolving(sentence).of_others.search(sentence.folded))


def _promised(sentence: Sentence) -> bool:
    """«В четверг поставлю, если приедет»: a promise, whatever is said behind it."""
    acts = acts_en if sentence.cues is EN else acts_ru
    return bool(acts.promises(sentence.text, dated=False))


def _permits(sentence: Sentence, cited: Cited) -> bool:
    """«А по субботам?» — «По субботам можно»."""
    if not _ALLOWS.search(sentence.folded) or sentence.cues.hypothetical.search(sentence.folded):
        return False
    asked = (s for s in cited.before(sentence, 1) if s.is_question)
    return not sentence.is_question and any(
        s.speaker != sentence.speaker and akin(s, sentence) for s in asked
    )


def _either(sentence: Sentence) -> bool:
    """«Либо режем, либо снимаем», «(если убрать,) тогда выйдет …»: nothing is decided by it."""
    follows = sentence.text[:1].islower() and _THEN.match(sentence.folded)
    return bool(_EITHER.search(sentence.folded) or follows)


def _only_names(sentence: Sentence) -> bool:
    """«О, второй магазин!», "Sea!", "And a new experiment": a thing named, and no verb."""
    if _resolves(sentence) or not sentence.stems or _firm(sentence):
        return False
    words = tokens(sentence.text)
    if len(words) > _NAMING_WORDS or sentence.cues.agreed.match(sentence.folded):
        return False
    if not CYRILLIC.search(sentence.text):
        return bool(_BARE_THING.search(sentence.folded)) and len(words) <= _NAMING_WORDS
    verbs = ("VERB", "INFN", "PRTS", "PRED", "ADJS", "GRND")
    kinds = {str(p.tag.POS) for w in words for p in parses(w.text)[:1]}
    return not kinds & set(verbs) and bool(_ADDS.search(sentence.folded))


def _only_suggests(sentence: Sentence) -> bool:
    """«Повесить камеры, и всё»: an infinitive alone."""
    words = tokens(sentence.body)
    first = parses(words[0].text)[:1] if 0 < len(words) <= _FEW_WORDS else ()
    return bool(first) and "INFN" in first[0].tag


def _resolves(sentence: Sentence) -> bool:
    """Whether a sentence resolves a matter by its form: «на два дня давайте», "Saturday then"."""
    words, text = resolving(sentence), sentence.folded
    forms = (words.echoes, words.grants, words.carried, words.rules)
    return any(p.search(text) for p in forms) and not sentence.cues.hypothetical.search(text)


def _objected_to(sentence: Sentence, cited: Cited) -> bool:
    """Whether the next one to speak begins by speaking against it, shortly or in its words.

    «Вторую смену.» — «Вторую смену с кем?» speaks against it too.
    """
    reply = next((s for s in cited.behind(sentence, 1) if s.turn > sentence.turn), None)
    if reply is None or reply.speaker == sentence.speaker:
        return False
    if reply.is_question and reply.body.split()[:2] == sentence.body.split()[:2]:
        return True
    akin = bool(reply.stems & sentence.stems) or len(reply.text.split()) <= _SHORT_WORDS
    return akin and bool(reply.cues.objected.search(reply.folded))


def _called_off(sentence: Sentence, cited: Cited) -> bool:
    """Whether the next to speak stops what was promised."""
    reply = next((s for s in cited.behind(sentence, 1) if s.turn > sentence.turn), None)
    return bool(reply and NOT_YET.search(reply.folded))


def _refused(sentence: Sentence, cited: Cited) -> bool:
    """Whether the next to speak begins by refusing."""
    reply = next((s for s in cited.behind(sentence, 1) if s.turn > sentence.turn), None)
    return bool(reply and reply.cues.refused.match(reply.body))


def _speaks_against(sentence: Sentence) -> bool:
    cues, text = sentence.cues, sentence.folded
    return bool(cues.refused.search(text) or cues.objected.search(text))


def _firm(sentence: Sentence) -> bool:
    cues, text = sentence.cues, sentence.folded
    match = cues.decided.search(text)
    if match and not sentence.is_question:
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
    turns = 1 if sentence.cues.hypothetical.search(sentence.folded) else _REPLY_TURNS
    for other in cited.behind(sentence, turns):
        if MOVES_ON.search(other.folded):
            return False
        if votes_for(other):
            continue
        if other.cues.agreed.match(other.folded) or other.cues.no_objections.search(other.folded):
            if other.speaker != sentence.speaker:
                return True
        elif other.speaker != sentence.speaker and _speaks_against(other):
            return False
        elif other.cues.decided.search(other.folded) and other.turn > sentence.turn:
            return True
    return False
