"""What a lecture teaches: its key points, and the terms that it defines. Pure."""

import re
from collections.abc import Sequence

from reports.writers.cues import any_of
from reports.writers.cues_en import EN
from reports.writers.findings import Finding, overlap
from reports.writers.points.talk import Talk, is_fit
from reports.writers.sentences import Sentence
from reports.writers.words import Token, parses, tokens

_LEAST, _MOST, _MINUTES_EACH = 6, 40, 2.5
_WORDS_LEAST, _WORDS_MOST = 5, 50
_TOO_ALIKE = 0.6
_WEIGHT = 0.8
_KEY = any_of(
    r"(?:самое |очень |особенно )?(?:важн|главн|ключев|основн|существенн)\w+",
    r"запомните|запомним|обратите внимание|подчеркн\w+|суть (?:в|такова)|смысл в том",
    r"(?:таким образом|следовательно|отсюда следует|вывод|поэтому|то есть|иначе говоря)(?!\w)",
    r"(?:во-первых|во-вторых|в-третьих|потому что|причина)",
    r"(?:the )?(?:most )?(?:important|key|main|crucial|essential|fundamental)(?: \w+)?",
    r"remember(?: that)?|keep in mind|note that|notice that|the point is|in other words",
    r"(?:therefore|hence|thus|as a result|it follows|which means|that means|in short)(?!\w)",
    r"(?:first of all|secondly|thirdly|because|the reason)",
)
_DEFINED_RU = any_of(
    r"назыв(?:ается|ают|аем|аются|ал\w*)(?!\w)|получил\w* название",
    r"(?:понима(?:ется|ют|ем|ю)|подразумева\w+) (?!ли)(?:\w+ )?",
    r"определя(?:ется|ют|ем) как|(?:дадим |даю )?определение",
    r"представляет собой|представляют собой|(?:означает|обозначает|расшифровывается)(?!\w)",
)
_DEFINED_EN = any_of(
    r"(?:is|are|was) (?:also |often |usually |commonly )?(?:called|known as|defined as|termed|"
    r"referred to as)",
    r"(?:we|i|people|they)(?:'ll| will)? (?:call|define|refer to)(?! (?:you|me|back|him|her))",
    r"(?:refers|stands) (?:to|for)(?!\w)|by \w+(?: \w+)?,? (?:we|i) mean|(?:the |a )?definition of",
    r"means (?:that|the|a|an)(?!\w)",
)
_EN_IS_A = re.compile(
    r"^\W*(?!(?:this|that|it|there|here|he|she|we|you|what|which|who|so|and|but|today|one|next|"
    r"another|my|our|your|his|her|their)(?!\w))(?:an? |the )?[\w-]+(?: [\w-]+){0,3} "
    r"(?:is|are) (?:an? |the )?(?:\w+ ){1,4}(?:that|which|who|where|of|used|for|between|in which)"
    r"(?!\w)"
)
_RU_IS = re.compile(r"^\W*(?P<term>[\w-]+(?: [\w-]+){0,4}?)\s*(?:,|[—–-])?\s+это (?P<what>.+)$")
_RU_DASH = re.compile(r"^\W*(?P<term>[\w-]+(?: [\w-]+){0,3})\s+[—–-]\s+(?P<what>.+)$")
_TASK_RU = any_of(
    r"(?:к|на) следующ\w+ (?:лекци|заняти|раз|семинар|урок|недел)\w*",
    r"(?:домашн\w+|контрольн\w+) (?:задани|работ)\w*|задание на дом|(?:на дом|домашка)(?!\w)",
)
_DO_RU = any_of(
    r"(?:прочитайте|прочтите|решите|решить|подготовьте|подготовить|напишите|написать|выполните|"
    r"выполнить|повторите|повторить|выучите|сдайте|сдать|посмотрите|разберите|сделайте|сделать|"
    r"пришлите|принесите|прочитать|прочесть|изучите|изучить)(?!\w)"
)
_TASK_EN = any_of(
    r"(?:for|by|before|until) (?:the )?(?:next (?:lecture|class|week|time|seminar|lesson)|\w+day)",
    r"homework|assignments?(?!\w)|for (?:monday|tuesday|wednesday|thursday|friday)",
    r"please",
)
_DO_EN = any_of(
    r"(?:read|solve|prepare|write|submit|hand in|complete|finish|study|review|revise|watch|do|"
    r"bring|send)(?: (?:the|a|an|chapters?|pages?|problems?|exercises?|all|your|up|it|me|\w+ "
    r"(?:problems|exercises|pages|chapters)))(?!\w)"
)
_NOT_TERMS = frozenset(
    "я мы вы ты он она они это то что все так вот там тут здесь главное важно потом теперь поэтому "
    "правда конечно кто где когда".split()
)


def key_points(talk: Talk) -> list[Finding]:
    """The sentences that say most of the whole, more of a longer talk, in their order."""
    rank = talk.rank

    def worth(sentence: Sentence) -> float:
        cue = bool(_KEY.search(sentence.folded)) * _WEIGHT
        return float(rank[sentence.index]) + cue + _defines(sentence) * _WEIGHT

    most = min(_MOST, _LEAST + round(talk.minutes / _MINUTES_EACH))
    chosen: list[Finding] = []
    for sentence in sorted(filter(_fit, talk.said), key=lambda s: (-worth(s), s.index)):
        if len(chosen) >= most:
            break
        point = talk.point([sentence])
        if all(overlap(point.features, known.features) < _TOO_ALIKE for known in chosen):
            chosen.append(point)
    return sorted(chosen, key=lambda f: f.main.index)


def _fit(sentence: Sentence) -> bool:
    words = len(tokens(sentence.text))
    courtesy = sentence.cues.courtesy.search(sentence.folded)
    return is_fit(sentence) and _WORDS_LEAST <= words <= _WORDS_MOST and not courtesy


def definitions(talk: Talk) -> list[Finding]:
    """What terms mean, in the words in which it was said."""
    return talk.points(_defines)


def assignments(talk: Talk) -> list[Finding]:
    """What the listeners are to do until the next time."""
    return talk.points(_sets_task)


def _sets_task(sentence: Sentence) -> bool:
    task, what = (_TASK_EN, _DO_EN) if sentence.cues is EN else (_TASK_RU, _DO_RU)
    text = sentence.folded
    return bool(task.search(text)) and bool(what.search(text))


def _defines(sentence: Sentence) -> bool:
    if sentence.cues.hypothetical.match(sentence.body) or len(sentence.stems) < 3:
        return False
    if sentence.cues is EN:
        return bool(_DEFINED_EN.search(sentence.body) or _EN_IS_A.match(sentence.body))
    if _DEFINED_RU.search(sentence.folded):
        return True
    return _is_term(_RU_IS.match(sentence.body)) or _is_term(_RU_DASH.match(sentence.body), dash=1)


def _is_term(match: re.Match[str] | None, *, dash: int = 0) -> bool:
    """Whether «X — это Y» has nouns on both sides; behind a bare dash a nominative at once."""
    if match is None:
        return False
    term, what = tokens(match["term"]), tokens(match["what"])
    if not term or term[0].folded in _NOT_TERMS or len(what) < 2:
        return False
    behind = what[: 2 if dash else 5]
    return _has_noun(term[-3:]) and _has_noun(behind)


def _has_noun(words: Sequence[Token]) -> bool:
    return any(
        "NOUN" in parse.tag and "nomn" in parse.tag
        for word in words
        for parse in parses(word.text)[:2]
    )
