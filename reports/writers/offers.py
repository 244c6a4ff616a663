"""Tasks that somebody takes on without being charged by name: volunteers, offers, bare consent.

Pure. Each needs two speakers: one who calls for, needs or accepts, one who takes it on.
"""

import re
from collections.abc import Sequence
from types import ModuleType

from reports.writers.acts_ru import only_talk
from reports.writers.dates import days
from reports.writers.matters import resolving, takes_a_course
from reports.writers.names import called_name
from reports.writers.sentences import Sentence, between
from reports.writers.words import has_grammemes, parses, tokens

_SHORT_WORDS, _BARE_WORDS = 10, 3
_NEED_AND_NAME = 2  # sentences
_OPEN_CALL = re.compile(
    r"(?<!\w)(?:(?:can|could|would|will) (?:some|any)(?:one|body)|(?:some|any)(?:one|body) "
    r"(?:to|wants? to|willing|able|fancy)|who(?:'ll| will| can| could| would| wants to|'s going to|"
    r" takes?| does| is going to|'s \w+ing| is \w+ing|'d like to| would like to)|"
    r"кто-нибудь|кто-то)(?!\w)"
)
_SOMEBODY_MUST = re.compile(
    r"(?<!\w)(?:some(?:one|body) (?:still |also |really )?(?:has to|needs to|must|should|ought to)|"
    r"(?:надо|нужно),? чтобы кто-(?:то|нибудь)|кто-(?:то|нибудь) (?:должен|обязан))(?!\w)"
)
_WHO = re.compile(r"(?<!\w)кто(?!\w)")
_NO_CALL = re.compile(r"(?<!\w)(?:кто (?:за|против)|who (?:cares|knows|is this|was))(?!\w)")
_VOLUNTEERS = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:могу я|давайте я|давай я|я могу|я возьмусь|я готов\w*|можно я|"
    r"i'd be (?:glad|happy|delighted|honou?red)|i'd love to|that's me|"
    r"that one's mine|это (?:я|мое)|"
    r"i can|i'll|i will|i could|let me|i don't mind|i'm happy to|happy to|me(?=\W*$)|"
    r"leave (?:it|that) (?:to|with) me)(?!\w)"
)
OFFERS = re.compile(
    r"(?<!\w)(?:i could|i can|i might be able to|shall i|should i|могу|давайте я|давай я|можно я)"
    r" (?!not |не |see|hear|live with|think|imagine|understand|only|just about|never|feel|tell|"
    r"believe|remember|live|\w+\W*$|"
    r"сказать|понять|представить|ошиб|только|себе|быть|предложить|начать)\w"
)
_ACCEPTS = re.compile(
    r"(?<!\w)(?:would you|could you|please|useful|helpful|great|wonderful|perfect|brilliant|"
    r"lovely|отлично|прекрасно|здорово|супер|замечательно|спасибо|давай(?:те)?|пожалуйста|"
    r"съездите|сделайте|так и сделайте|вот это дело|хорошо)(?!\w)"
)
_NEEDED = re.compile(
    r"(?<!\w)(?:надо|нужно|необходимо|чтобы|чтоб|должн\w+|следует|пора|"
    r"нуж(?:ен|на|ны)|никто (?:\w+ )?не|(?:nobody|no one) (?:has|have)|мне бы|нам бы|жду|ждем|"
    r"не хватает|must|should|needs?|"
    r"has to|have to|ought to)(?!\w)"
)
_TRIES = re.compile(r"(?<!\w)(?:попробую|постараюсь|подумаю|посмотрю|try|think about)(?!\w)")
_WILL_DO = re.compile(
    r"^\W*(?:will do|on it|i will|consider it done|сделаю|выполню|будет(?: сделано)?(?=\W*$)|"
    r"есть(?=\W*$))(?!\w)"
)


def taken_on(
    sentence: Sentence, said: Sequence[Sentence], acts: ModuleType
) -> list[Sentence] | None:
    """What ``sentence``, by which its speaker takes a task on, needs to be understood; or None.

    Sentences in order, ``sentence`` among them; for an offer its acceptance is the last.
    """
    return (
        _answers_a_call(sentence, said, acts)
        or _called_upon(sentence, said)
        or _offer_accepted(sentence, said)
        or _bare_consent(sentence, said, acts)
    )


def _answers_a_call(
    sentence: Sentence, said: Sequence[Sentence], acts: ModuleType
) -> list[Sentence] | None:
    """«Кто подпишет?» — «Давайте я.»"""
    if sentence.is_question or len(sentence.text.split()) > _SHORT_WORDS:
        return None
    if not (_VOLUNTEERS.search(sentence.folded) or acts.promises(sentence.text, dated=True)):
        return None
    for other in reversed(said[max(0, sentence.index - 6) : sentence.index]):
        near = other.speaker != sentence.speaker and sentence.turn - other.turn <= 2
        if near and calls(other):
            return [other, sentence]
    return None


def _called_upon(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence] | None:
    """ "We need a new quote. Petra?" — "Sure, by the end of the month": a need put to one."""
    if sentence.index < _NEED_AND_NAME or sentence.is_question:
        return None
    need, named = said[sentence.index - 2], said[sentence.index - 1]
    one_turn = need.turn == named.turn == sentence.turn - 1 and named.is_question
    if not one_turn or len(tokens(named.text)) != 1 or named.cues.agreed.match(named.folded):
        return None
    said_yes = sentence.cues.agreed.match(sentence.folded) or days(sentence.text)
    short = len(sentence.text.split()) <= _SHORT_WORDS
    return [need, sentence] if said_yes and short and _NEEDED.search(need.folded) else None


def calls(sentence: Sentence) -> bool:
    """Whether a sentence asks who will do something."""
    text = sentence.folded
    if _SOMEBODY_MUST.search(text):
        return True
    if not sentence.is_question or _NO_CALL.search(text):
        return False
    if _OPEN_CALL.search(text):
        return True
    return bool(_WHO.search(text)) and any(
        has_grammemes(t.text, "VERB", "3per", "futr") or has_grammemes(t.text, "VERB", "3per")
        for t in tokens(sentence.text)
    )


def _offer_accepted(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence] | None:
    """«Могу перекинуть краном» — «Отлично»: another accepts in the next turn."""
    if not OFFERS.search(sentence.folded) or len(sentence.stems) < 2:
        return None
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    if reply is None or reply.speaker == sentence.speaker:
        return None
    when = reply.is_question and len(reply.text.split()) <= _BARE_WORDS and days(reply.text)
    takes = _ACCEPTS.search(reply.folded) or reply.cues.agreed.match(reply.folded)
    if not (takes or when):
        return None
    if reply.cues.refused.match(reply.body):
        return None
    return [*_call_before(sentence, said), sentence, reply]


def _call_before(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence]:
    """The call that an offer answers: «Механика кто вызовет?» — «Могу я набрать.»"""
    last = said[sentence.index - 1] if sentence.index else None
    return [last] if last and last.turn == sentence.turn - 1 and calls(last) else []


def _bare_consent(
    sentence: Sentence, said: Sequence[Sentence], acts: ModuleType
) -> list[Sentence] | None:
    """«До десятого чтобы был.» — «Сделаю.»: consent to what another has just said is needed."""
    if len(sentence.text.split()) > _BARE_WORDS or _TRIES.search(sentence.folded):
        return None
    if not sentence.index or said[sentence.index - 1].turn == sentence.turn:
        return None
    promised = (
        _WILL_DO.search(sentence.folded)
        or acts.promises(sentence.text, dated=False)
        or _we_will(sentence)
    )
    if not promised:
        return None
    turn = [s for s in said[max(0, sentence.index - 6) : sentence.index] if not s.is_question]
    asked = [
        s
        for s in turn
        if s.turn == sentence.turn - 1
        and _needs(s, acts)
        and not resolving(s).grants.search(s.folded)
    ]
    if not asked:
        return None
    called = [s for s in asked if called_name(s.text) and len(s.stems) > 1]
    if len(asked[-1].stems) > 1:
        return [(called or asked)[-1], sentence]
    asked = asked[-1:]
    earlier = said[max(0, asked[0].index - 6) : asked[0].index]
    told = next((s for s in reversed(earlier) if len(s.stems) > 1 and not s.is_question), None)
    return [*([told] if told else []), *asked, sentence]


def _we_will(sentence: Sentence) -> bool:
    """«Доведём.»: a verb of ours alone."""
    words = tokens(sentence.body)
    first = parses(words[0].text)[:1] if len(words) == 1 else ()
    wanted = ("VERB", "1per", "plur", "futr", "perf")
    if words and only_talk(words[0]):
        return False
    now = first and has_grammemes(words[0].text, "VERB", "1per", "impf", "pres")
    return bool(first) and not now and all(g in first[0].tag for g in wanted)


def _needs(sentence: Sentence, acts: ModuleType) -> bool:
    """Whether a sentence says that something must or will be done, or by when."""
    if sentence.cues.past.search(sentence.folded):
        return False
    named = bool(days(sentence.text))
    if named or takes_a_course(sentence.text):
        return True
    return bool(_NEEDED.search(sentence.folded) or acts.asks(sentence.text, polite=True))
