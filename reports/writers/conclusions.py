"""What the talk before a sentence makes of it: a proposal accepted, voted on, concluded. Pure.

A firm course («запускаем …», "then the offer is …") is a decision only if something in the talk
says that it was meant as one.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from reports.writers.dates import days
from reports.writers.declarations import outcome
from reports.writers.declaring_cues import SUITS
from reports.writers.findings import features
from reports.writers.matters import akin, before, deliberates, proposal, takes_a_course
from reports.writers.numerals import numbers
from reports.writers.sentences import Sentence, between
from reports.writers.words import content_stems, has_grammemes, tokens

LOOK_BACK_TURNS = 4
_SENTENCES_BACK = 8
_SIGNS_LEAST = 2
_REPLY_TURNS = 2
_SHORT_WORDS = 3
_CONNECTED = re.compile(
    r"^\W*(?:(?:о|ну|а|и|oh|well|and)\W+)*(?:хорошо|ладно|окей|ок|тогда|значит|итак|и так|отлично|"
    r"договорились|давайте|все|так|"
    r"стало быть|получается|убедили|ok|okay|all right|alright|so|then|fine|great|good|right|"
    r"agreed|perfect|in that case|very well)(?!\w)|(?<!\w)(?:поэтому|therefore)(?!\w)"
)
_REFRAINS = re.compile(
    r"(?<!\w)(?:we (?:won't|will not|aren't going to|are not going to)|we're not going to|"
    r"let's not|"
    r"не будем)(?!\w)(?!.*(?<!\w)(?:without|unless|until|пока|без|если)(?!\w))"
)
_THEN = re.compile(
    r"^\W*(?:(?:хорошо|ладно|ок|отлично|ok|okay|all right|alright|good|great|right|fine|well)"
    r"\W+)?(?:тогда|значит|итак|стало быть|then|so|in that case)(?!\w)"
)
_HOLD_ON = re.compile(r"(?<!\w)(?:hold on|wait,|погоди\w*|постой\w*|стоп,)(?!\w)")
MODAL = re.compile(r"(?<!\w)(?:can|can't|could|cannot|need|мож\w+|надо|нужно)(?!\w)")
_LED_AWAY = re.compile(r"\W(?:then|тогда)\W*$")
ARGUES = re.compile(
    r"(?<!\w)(?:is|are|it's|that's) (?:\w+ )?(?:better|worse|cheaper|dearer|safer|easier|simpler|"
    r"faster|harder)(?!\w)|(?<!\w)(?:surely|presumably|наверняка|получится|выйдет|будут)(?!\w)"
)
"""A conclusion that only argues: "then replacement is better value, surely"."""
_VOTE = re.compile(
    r"кто за|кто против|против\?|(?:за|против) \w+(?=[,.])|воздержал|in favou?r|those against|"
    r"(?:against|opposed|за)\?"
)
_SECONDS = re.compile(r"(?<!\w)(?:second(?:ed| that| it| the \w+)|поддерживаю)(?!\w)")
_TALLY = re.compile(r"воздержал|(?:голос|человек|руки?|votes?|hands?)(?!\w)|^\W*\w+\W*$")


def full(sentence: Sentence) -> bool:
    """Whether a sentence says something of its own."""
    return len(sentence.stems) + len(numbers(sentence.text)) >= 2


def _back(sentence: Sentence, said: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences before ``sentence``, the last first, as far as one looks back."""
    for other in reversed(said[max(0, sentence.index - _SENTENCES_BACK) : sentence.index]):
        if other.turn < sentence.turn - LOOK_BACK_TURNS:
            return
        yield other


def proposal_before(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """What was last proposed in a turn before, if it says enough to be decided."""
    for other in _back(sentence, said):
        firm = not other.is_question and not other.cues.refused.search(other.folded)
        own = other.turn < sentence.turn
        if own and firm and full(other) and other.cues.proposed.search(other.body):
            return other
    return None


def put_by_another(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """What another asked or wanted in the turn before, which is granted outright."""
    raised = proposal(sentence, said, 1)
    if raised is None or raised.speaker == sentence.speaker or len(raised.stems) <= 1:
        return None
    return raised if raised.is_question or raised.cues.wished.search(raised.folded) else None


def spoken_of(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """ "Kiel has the better rooms", before "That's settled, Kiel"."""
    near = before(sentence, said, LOOK_BACK_TURNS)
    others = (s for s in near if s.speaker != sentence.speaker and len(s.stems) > 1)
    return next((s for s in others if akin(s, sentence)), None)


def put_to_vote(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """«Принято единогласно»: the full question «кто за …?», else what was said before it."""
    asked = False
    put: Sentence | None = None
    for other in _back(sentence, said):
        objections = other.cues.objections_asked.search(other.folded)
        if _VOTE.search(other.folded) or objections:
            told = content_stems(_VOTE.sub(" ", other.folded))
            if len(told) > 1 and not objections and not _TALLY.search(other.folded):
                return other
            asked = True
        elif _SECONDS.search(other.folded):
            continue
        elif asked and put is None and full(other) and not other.is_question:
            put = None if _TALLY.search(other.folded) else other
    return put


def accepted_before(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence] | None:
    """«Возражений нет»: the sentence before the question whether anybody objects."""
    cues, text = sentence.cues, sentence.folded
    if not (cues.no_objections.search(text) or cues.agreed.match(text)):
        return None
    near = said[max(0, sentence.index - 6) : sentence.index]
    before = [s for s in near if s.turn < sentence.turn]
    for place in range(len(before) - 1, 0, -1):
        asked = before[place]
        if sentence.turn - asked.turn > _REPLY_TURNS:
            return None
        if asked.cues.objections_asked.search(asked.folded):
            put = before[place - 1]
            good = put.turn == asked.turn and full(put) and not put.is_question
            return [put, sentence] if good else None
    return None


def settles(sentence: Sentence, said: Sequence[Sentence], held_on: date | None) -> bool:
    """Whether «мы запускаем …» is meant as a decision: said as a conclusion, exact, accepted.

    For a verb that is not among those of decisions somebody must have agreed or proposed it.
    """
    cues, text = sentence.cues, sentence.folded
    if _HOLD_ON.search(text):
        return False
    usual = cues.settled.search(text)
    if cues.hypothetical.search(text) or len(sentence.stems) < 2 or outcome(sentence.text):
        return False
    if not usual and not takes_a_course(sentence.text):
        return False
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    agreed = bool(reply and reply.cues.agreed.match(reply.folded))
    if reply and not agreed and reply.cues.refused.search(reply.folded):
        return False
    exact = bool(days(sentence.text, held_on) or numbers(sentence.text))
    concludes = bool(_CONNECTED.search(text) or _REFRAINS.search(text))
    answers = _takes_up(sentence, said, held_on) or _ends_own_matter(sentence, said, held_on)
    agreed_before = _agreed_just_before(sentence, said)
    replies = _answers_a_question(sentence, said)
    weighed = _after_consent(sentence, said) or (concludes and _weighed_before(sentence, said))
    others = agreed + answers + agreed_before + replies + weighed
    return bool(usual or others) and exact + concludes + others >= _SIGNS_LEAST


def _after_consent(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the words right before in the same turn accept: «Fine. We accept the five.»"""
    first = said[sentence.index - 1] if sentence.index else None
    return bool(
        first
        and first.turn == sentence.turn
        and not full(first)
        and (first.cues.agreed.match(first.folded) or first.cues.no_objections.search(first.folded))
    )


def _weighed_before(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether another said, in the turns before, what might be done."""
    return any(s.speaker != sentence.speaker and deliberates(s) for s in _back(sentence, said))


def _agreed_just_before(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the turn before, somebody else's, began by agreeing."""
    before = [s for s in _back(sentence, said) if s.turn == sentence.turn - 1]
    return bool(before) and bool(before[-1].cues.agreed.match(before[-1].folded))


def concludes_a_talk(sentence: Sentence, said: Sequence[Sentence], held_on: date | None) -> bool:
    """Whether "then the offer is …" ends a talk about just that.

    Somebody else must have agreed to the same number or day, or the speaker must have raised it.
    """
    cues, text = sentence.cues, sentence.folded
    weak = (cues.hypothetical, cues.wished, cues.objected, cues.postponed)
    accepts = cues.agreed.match(text) and _exact(sentence, held_on) and _weighed(sentence, said)
    led_away = _CONNECTED.search(text) and _LED_AWAY.search(text)
    concludes = _THEN.search(text) or led_away or (accepts and not sentence.is_question)
    if (
        not concludes
        or _promises_alone(sentence)
        or ARGUES.search(text)
        or outcome(sentence.text)
        or MODAL.search(text)
        or any(p.search(text) for p in weak)
        or not full(sentence)
    ):
        return False
    exact = _exact(sentence, held_on)
    agreed = False
    for other in _back(sentence, said):
        others = other.speaker != sentence.speaker
        agreed = agreed or (others and _agrees(other, exact, held_on))
        if other.turn < sentence.turn and agreed and exact & _exact(other, held_on):
            return True
    return _ends_own_matter(sentence, said, held_on, any_words=True)


def _weighed(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the turns before asked what to do or said what suits, and not only how things are."""
    return any(deliberates(s) or SUITS.search(s.folded) for s in _back(sentence, said))


def _promises_alone(sentence: Sentence) -> bool:
    """«Тогда закладываю»: what the speaker alone does."""
    return any(has_grammemes(t.text, "VERB", "1per", "sing") for t in tokens(sentence.text))


def _agrees(other: Sentence, exact: set[str], held_on: date | None) -> bool:
    """Whether a sentence agrees, or says the same number or day without speaking against it."""
    if other.cues.agreed.match(other.folded):
        return True
    against = other.cues.refused.search(other.folded) or other.cues.objected.search(other.folded)
    return bool(exact & _exact(other, held_on)) and not against and not other.is_question


def taken_up_shortly(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence] | None:
    """«Берём.» behind what another said: that, with the question that it answers, and the word."""
    words = sentence.text.split()
    course = sentence.cues.settled.search(sentence.folded) or takes_a_course(sentence.text)
    says_little = not full(sentence) or (len(words) < _SHORT_WORDS and not numbers(sentence.text))
    if len(words) > _SHORT_WORDS or not course or not says_little:
        return None
    before = [s for s in _back(sentence, said) if s.turn == sentence.turn - 1]
    told = next((s for s in before if full(s) and not s.is_question), None)
    if before and before[-1].cues.agreed.match(before[-1].folded):  # who spoke only backed another
        told = proposal(sentence, said, LOOK_BACK_TURNS) or told
    if sentence.cues.courtesy.search(sentence.folded):
        return None
    if told is None or told.cues.refused.search(told.folded):
        return None
    asked = said[before[-1].index - 1] if before[-1].index else None
    question = [asked] if asked and asked.is_question and full(asked) else []
    return [*question, told, sentence]


def _exact(sentence: Sentence, held_on: date | None) -> set[str]:
    """Numbers and days of a sentence; of a day its number in the month too."""
    told = {f for f in features(sentence.text, held_on) if f[0] in "@=" and f != "=1"}
    return told | {f"={m.of_month}" for m in days(sentence.text, held_on) if m.of_month}


def _takes_up(sentence: Sentence, said: Sequence[Sentence], held_on: date | None) -> bool:
    """Whether a sentence takes up a proposal of another, or its own that another agreed to."""
    put = proposal_before(sentence, said)
    return bool(
        put
        and (put.speaker != sentence.speaker or _supported(put, sentence, said))
        and features(put.text, held_on) & features(sentence.text, held_on)
    )


def _ends_own_matter(
    sentence: Sentence, said: Sequence[Sentence], held_on: date | None, *, any_words: bool = False
) -> bool:
    """Whether the speaker raised the matter some turns before, and others spoke to it since.

    ``any_words``: it need not have been raised by a question or a wish.
    """
    told = {f for f in features(sentence.text, held_on) if f[0] not in "@="}
    heard_others = False
    for other in _back(sentence, said):
        heard_others = heard_others or other.speaker != sentence.speaker
        raised = any_words or other.is_question or other.cues.wished.search(other.folded)
        own = other.speaker == sentence.speaker and other.turn < sentence.turn
        if own and raised and heard_others and told & features(other.text, held_on):
            return True
    return False


def _answers_a_question(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether a sentence that says yes answers what another has just asked."""
    before = said[sentence.index - 1] if sentence.index else None
    asked = before is not None and before.is_question and before.speaker != sentence.speaker
    return bool(asked and sentence.cues.agreed.match(sentence.folded))


def _supported(put: Sentence, sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether somebody else agreed to ``put`` before ``sentence`` took it up."""
    between_them = said[put.index + 1 : sentence.index]
    return any(s.speaker != put.speaker and s.cues.agreed.match(s.folded) for s in between_them)
