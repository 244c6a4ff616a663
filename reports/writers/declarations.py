"""Decisions by their own form: courses under a condition, bans, allotments, things moved. Pure.

Each act gives the sentences that make the decision, the one that resolves last; or nothing.
"""

import re
from collections.abc import Iterator, Sequence

from reports.writers.dates import days
from reports.writers.declaring_cues import (
    ALLOTS,
    AS_IT_IS,
    BANS,
    CARRIED_OVER,
    CONDITION_EN,
    CONDITION_RU,
    LIMITS,
    MOVES,
    OF_MEANS,
    OF_MEETING,
    OUTCOMES,
    UNREAL,
    WE_OF_CONDITION,
)
from reports.writers.matters import (
    NO_COURSE,
    akin,
    before,
    matter,
    opened_by,
    proposal,
    resolving,
    takes_a_course,
)
from reports.writers.numerals import numbers
from reports.writers.sentences import Sentence, between
from reports.writers.words import CYRILLIC, fold, has_grammemes, stem, tokens

Found = list[Sentence] | None

_NEAR_TURNS, _ASKED_TURNS, _TALK_TURNS = 3, 4, 6
_SHORT_WORDS, _ASKED_WORDS, _FEW_STEMS, _YES_STEMS = 8, 12, 4, 2
_WE_DO = re.compile(
    r"^\W*(?:then |so )?(?:we|let's)(?:'ll| will)?(?: \w+ly| just| all| simply)? (?P<verb>[a-z]+)"
)
_EVERYBODY = re.compile(r"(?<!\w)(?:object|agree|mind|возраж|против|соглас)")


def conditioned(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "If they don't deliver by noon, we order elsewhere": a course under a real condition."""
    pattern = CONDITION_RU if CYRILLIC.search(sentence.text) else CONDITION_EN
    match = pattern.match(sentence.folded)
    if match is None or sentence.is_question or UNREAL.search(sentence.folded):
        return None
    condition = match["first"] or match["last"]
    course = sentence.text[slice(*match.span("then" if match["first"] else "course"))]
    if _EVERYBODY.search(condition) or OF_MEANS.search(condition):
        return None
    if _our_own(condition) or not _course(course):
        return None
    if sentence.speaker != led_by and not _agreed_next(sentence, said):
        return None
    raised = matter(sentence, said)
    return [raised, sentence] if raised and not raised.is_question else [sentence]


def _our_own(condition: str) -> bool:
    """Whether the condition is what «we» do: what follows is then an outcome and no course."""
    if WE_OF_CONDITION.search(condition):
        return True
    words = tokens(condition)
    return any(
        has_grammemes(w.text, "VERB", "1per") and not (place and words[place - 1].folded == "не")
        for place, w in enumerate(words)
    )


def _course(text: str) -> bool:
    """Whether a clause says what «we» then do, and not what comes of it."""
    if any(stem(t.text) in OUTCOMES for t in tokens(text)):
        return False
    if CYRILLIC.search(text):
        return takes_a_course(text) or bool(MOVES.search(fold(text)))
    match = _WE_DO.match(fold(text))
    return bool(match) and match["verb"] not in NO_COURSE - {"go", "start"}  # type: ignore[index]


def banned(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Пока не починят, никаких подъёмов», "Nobody goes up without a harness"."""
    if not BANS.search(sentence.body) or len(sentence.stems) <= 1:
        return None
    if sentence.speaker != led_by and not _agreed_next(sentence, said):
        return None
    return [*_raised(sentence, said, led_by), sentence]


def allotted(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "He's yours", "Then it goes to Anna": whoever leads gives to one what several may have."""
    if sentence.speaker != led_by or not ALLOTS.search(sentence.folded):
        return None
    raised = _raised(sentence, said, led_by)
    return [*raised, sentence] if raised else None


def moved(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Поездка отменяется», "Then the trip is off": what becomes of a thing, by whoever leads."""
    text = sentence.folded
    aside = (UNREAL, OF_MEETING, sentence.cues.objected, sentence.cues.courtesy)
    if not MOVES.search(text) or any(pattern.search(text) for pattern in aside):
        return None
    concludes = resolving(sentence).concludes.search(text) or sentence.cues.agreed.match(text)
    if sentence.speaker != led_by and not (concludes and _agreed_next(sentence, said)):
        return None
    raised = _raised(sentence, said, led_by)
    return [*raised, sentence] if raised and (concludes or sentence.stems) else None


def limited(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "Make it ten thousand", «Не больше пятидесяти»: an amount set where one was asked for."""
    if sentence.speaker != led_by or not LIMITS.search(sentence.body):
        return None
    exact = numbers(sentence.text) or days(sentence.text)
    if not exact or len(sentence.text.split()) > _SHORT_WORDS:
        return None
    raised = _raised(sentence, said, led_by)
    return [*raised, sentence] if raised else None


def tells_of_more(sentence: Sentence) -> bool:
    """Whether words of a next meeting set a rule or put a matter off to it."""
    text = sentence.folded
    return bool(CARRIED_OVER.search(text) or resolving(sentence).rules.search(text))


def outcome(text: str) -> bool:
    """Whether «we» are only said to come off somehow: "then we lose the deposit"."""
    if CYRILLIC.search(text):
        ours = [t for t in tokens(text) if has_grammemes(t.text, "VERB", "1per", "plur")]
        return any(stem(t.text) in OUTCOMES for t in ours)
    match = _WE_DO.match(fold(text))
    return bool(match) and match["verb"] in OUTCOMES  # type: ignore[index]


def left(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Так что оставляем как есть»: whoever leads turns down what others asked to change."""
    if sentence.speaker != led_by or not AS_IT_IS.search(sentence.folded):
        return None
    raised = proposal(sentence, said, _TALK_TURNS)
    return [raised, sentence] if raised and raised.speaker != sentence.speaker else None


def _raised(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> list[Sentence]:
    """What the talk was about: a proposal, a question that others answered, or its opening."""
    raised = matter(sentence, said) or proposal(sentence, said, _NEAR_TURNS)
    if raised:
        return [raised]
    answered = False
    for other in before(sentence, said, _ASKED_TURNS):
        if other.speaker != sentence.speaker:
            answered = answered or bool(other.stems)
            if other.turn == sentence.turn - 1 and len(other.stems) > 1 and akin(other, sentence):
                return [other]
        elif answered and other.is_question and other.stems:
            return [other]
    opening = opened_by(sentence, said, led_by)
    near = opening is not None and sentence.turn - opening.turn <= _TALK_TURNS
    return [opening] if opening and near and answered else []


def _agreed_next(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the next to speak agrees."""
    return any(s.cues.agreed.match(s.folded) for s in _reply(sentence, said))


def _reply(sentence: Sentence, said: Sequence[Sentence]) -> Iterator[Sentence]:
    """The first sentence of the next to speak, if anybody speaks."""
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    return iter([reply] if reply else [])


def carried_over(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "The newsletter goes to the next meeting": a matter put off, whatever for."""
    if not CARRIED_OVER.search(sentence.folded):
        return None
    first = next(before(sentence, said, 0), None)
    leans = len(sentence.stems) <= _FEW_STEMS and first is not None and first.stems
    raised = matter(sentence, said)
    told = [raised] if raised else [first] if leans and first else []
    return [*told, sentence]


FORMS = (carried_over, banned, allotted, limited, moved, left)
