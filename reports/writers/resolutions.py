"""How a talk resolves its matters without saying «decided»: by kinds of speech act. Pure.

Each act needs something in the talk that was there to be resolved: a proposal, a choice, a vote.
"""

import re
from collections.abc import Callable, Sequence

from reports.writers.adjournments import adjourned
from reports.writers.answers import ACTS, speaks_of_somebody, taken_well
from reports.writers.conclusions import ARGUES, MODAL
from reports.writers.dates import days
from reports.writers.declarations import FORMS, conditioned
from reports.writers.findings import features
from reports.writers.matters import (
    LEANS,
    REACH_TURNS,
    accepted_between,
    akin,
    before,
    deliberates,
    matter,
    mentioned,
    opened_by,
    proposal,
    resolving,
    takes_a_course,
)
from reports.writers.orders import commanded, ordered
from reports.writers.sentences import Sentence, between
from reports.writers.uptakes import UPTAKES

_SHORT_WORDS, _LONG_WORDS = 8, 14
_NEAR_TURNS, _MENTION_TURNS = 3, 5
_VOTE_TURNS = 4
_ANSWERED_TURNS = 2
_TELLING = 4  # features
_FEW_STEMS = 3
_LEADS_IN = re.compile(r"^\W*(?:ну\W+)?(?:давайте так|let's do (?:this|it like this))(?!\w)")
_WE_MEET = re.compile(
    r"(?<!\w)(?:we|everyone|everybody|nobody|no one) (?!are|were|have|had|will be)\w+(?<!ed) "
)
"""A course in the present: "from next week on we meet at eleven"."""
_THEN = re.compile(r"\W*(?:тогда|then)(?!\w)")
_HOLD_ON = re.compile(r"(?<!\w)(?:hold on|wait,|погоди\w*|постой\w*|стоп,)(?!\w)")

Found = list[Sentence] | None


def resolution(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """What ``sentence`` resolves, and itself last; None if it resolves nothing.

    ``led_by``: the key of who leads the talk, "" if nobody does.
    """
    if _open_or_idle(sentence, said):
        under = None if opposed(sentence, said) else conditioned(sentence, said, led_by)
        return under if under and not sentence.cues.joke.search(sentence.folded) else None
    found = _voted(sentence, said)
    if found is None and not opposed(sentence, said):
        found = next(filter(None, (act(sentence, said, led_by) for act in _ACTS)), None)
    return _explained(found, said) if found else None


def _explained(found: list[Sentence], said: Sequence[Sentence]) -> list[Sentence]:
    """With the sentence before «Потянем?» or "Can we kill that?", which alone say too little."""
    first = found[0]
    thin = first.is_question and len(first.stems) <= 1
    leans = len(first.stems) <= _FEW_STEMS and LEANS.search(first.folded)
    if not (thin or leans) or not first.index or len(found) == 1:
        return found
    turns = 1 if thin else 0
    near = before(first, said, turns)
    told = next((s for s in near if len(s.stems) > 1 and not s.is_question), None)
    return [told, *found] if told and told not in found else found


def opening_of(found: Sequence[Sentence], said: Sequence[Sentence], led_by: str) -> list[Sentence]:
    """The words that opened the matter of ``found``, where these say little themselves."""
    told = features(found[-1].body)
    leans = len(told) < _TELLING or (len(found) == 1 and LEANS.search(found[-1].folded))
    opening = opened_by(found[0], said, led_by) if leans else None
    return [opening] if opening else []


def _open_or_idle(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    words, text = resolving(sentence), sentence.folded
    return bool(
        sentence.is_question
        or words.of_others.search(text)
        or sentence.cues.hypothetical.search(sentence.cues.agreed.sub("", text))
        or sentence.cues.joke.search(text)
        or _HOLD_ON.search(text)
        or _ends_a_condition(sentence, said)
    )


def _ends_a_condition(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether it is the «тогда …» of an «если …» in the same breath."""
    first = said[sentence.index - 1] if sentence.index else None
    begins_inside = first and first.turn == sentence.turn and sentence.text[:1].islower()
    return bool(begins_inside and _THEN.match(sentence.folded))


def opposed(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the next to speak refuses or objects rather than agrees."""
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    if reply is None or reply.cues.agreed.match(reply.folded):
        return False
    return bool(reply.cues.refused.match(reply.body))


def _chosen(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Ну, значит, Териберка», "Saturday then": names one of the things under discussion."""
    words, text = resolving(sentence), sentence.folded
    marked = words.echoes.search(text) or words.concludes.search(text)
    if not marked or len(sentence.text.split()) > _LONG_WORDS or speaks_of_somebody(sentence):
        return None
    reasons = any(p.search(text) for p in (MODAL, ARGUES)) or words.infers.search(sentence.body)
    if reasons or not _says(sentence):
        return None
    raised = matter(sentence, said)
    only_a_day = not any(f[0] not in "@=" for f in features(sentence.body))
    if raised is None and (not only_a_day or words.tautology.search(text)):
        raised = mentioned(sentence, said)
    if raised is None and taken_well(sentence, said):
        raised = proposal(sentence, said, 1)
    if raised is None or raised.cues.refused.search(raised.folded):
        return None
    return [raised, sentence]


def _affirmed(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Да, завтра домой» behind «Я бы завтра выписал»: says again what another proposed."""
    if not sentence.cues.agreed.match(sentence.folded) or speaks_of_somebody(sentence):
        return None
    if len(sentence.text.split()) > _SHORT_WORDS or not _says(sentence):
        return None
    raised = matter(sentence, said)
    near = raised is not None and sentence.turn - raised.turn <= _NEAR_TURNS
    led = sentence.speaker == led_by
    if not near and led and _only_exact(sentence):
        answers = (s for s in before(sentence, said, 1) if s.turn < sentence.turn)
        told = next((s for s in answers if len(s.stems) > 1 and not s.is_question), None)
        return [told, sentence] if told else None
    if not raised or not near:
        return None
    if raised.speaker == sentence.speaker:
        answered = any(s.speaker == led_by for s in before(sentence, said, _NEAR_TURNS))
        return [raised, sentence] if answered and not led else None
    return [raised, sentence] if led or accepted_between(raised, sentence, said) else None


def _only_exact(sentence: Sentence) -> bool:
    """«Ладно, с сентября»: whether nothing but a day or a number is said behind the yes."""
    told = features(sentence.cues.agreed.sub("", sentence.folded))
    return bool(told) and all(f[0] in "@=" for f in told)


def _one_of_two(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Пятидневка.» behind «Шестидневка или пятидневка?»: the answer of whoever leads."""
    if len(sentence.text.split()) > _SHORT_WORDS or sentence.speaker != led_by:
        return None
    for other in before(sentence, said, _NEAR_TURNS):
        asked = other.is_question and resolving(other).alternatives.search(other.folded)
        if asked and other.turn < sentence.turn and akin(other, sentence):
            return [other, sentence]
    return None


def _granted(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Так и сделаем», "do that": accepts as a whole what another proposed."""
    match = resolving(sentence).grants.search(sentence.folded)
    if not match or len(sentence.text.split()) > _SHORT_WORDS:
        return None
    if _LEADS_IN.match(sentence.folded) and _goes_on(sentence, said):
        return None
    raised = proposal(sentence, said, _NEAR_TURNS + 1)
    if raised is None or raised.speaker == sentence.speaker:
        return None
    led = sentence.speaker == led_by
    return [raised, sentence] if led or accepted_between(raised, sentence, said) else None


def _goes_on(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the same speaker says more: «Давайте так.» then tells what is to come."""
    following = said[sentence.index + 1] if sentence.index + 1 < len(said) else sentence
    return following != sentence and following.turn == sentence.turn and bool(following.stems)


def _ruled(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«С сегодняшнего дня без каски не пускаем»: a rule for the time to come."""
    if not resolving(sentence).rules.search(sentence.folded) or not sentence.stems:
        return None
    if resolving(sentence).personal.search(sentence.folded):
        return None
    raised = matter(sentence, said)
    if raised is None and sentence.speaker == led_by:
        raised = mentioned(sentence, said)
    if raised:
        return [raised, sentence]
    ours = _WE_MEET.search(sentence.folded) and sentence.speaker == led_by
    return [sentence] if ours or takes_a_course(sentence.text) else None


def _kept(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Ярмарка остаётся на площади»: whoever leads leaves a thing as it is."""
    if sentence.speaker != led_by or not resolving(sentence).keeps.search(sentence.folded):
        return None
    raised = matter(sentence, said) or mentioned(sentence, said, REACH_TURNS)
    return [raised, sentence] if raised and raised.speaker != sentence.speaker else None


def _unopposed(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Возражений не слышу. Будем сыпать.»: a course taken because nobody is against it."""
    first = said[sentence.index - 1] if sentence.index else None
    if first is None or first.turn != sentence.turn or not takes_a_course(sentence.text):
        return None
    if not (first.cues.no_objections.search(first.folded) or _asked_in_vain(first, said)):
        return None
    raised = matter(sentence, said) or matter(first, said)
    return [raised, first, sentence] if raised else [first, sentence]


def _asked_in_vain(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """«Есть возражения? Нет.»: whether it is the «нет» by which the speaker answers that."""
    asked = said[sentence.index - 1] if sentence.index else None
    alone = not sentence.stems and sentence.cues.refused.match(sentence.folded)
    asks = asked and asked.turn == sentence.turn and asked.cues.objections_asked
    return bool(alone and asks and asks.search(asked.folded))  # type: ignore[union-attr]


def _voted(sentence: Sentence, said: Sequence[Sentence]) -> Found:
    """«Сорок один. Принято.» behind a call for hands: what was put to the vote."""
    if not resolving(sentence).carried.search(sentence.folded):
        return None
    called: Sentence | None = None
    for other in before(sentence, said, _VOTE_TURNS):
        if other.speaker != sentence.speaker:
            continue
        if resolving(other).voted.search(other.folded):
            called = other
        elif called and (deliberates(other) or other.is_question) and other.stems:
            return [other, sentence]
        if called and called.is_question and len(called.stems) > 1:
            return [called, sentence]
    return None


_ACTS: tuple[Callable[[Sentence, Sequence[Sentence], str], Found], ...] = (
    adjourned,
    _ruled,
    _one_of_two,
    *ACTS,
    commanded,
    *UPTAKES,
    *FORMS,
    _granted,
    _chosen,
    _affirmed,
    _unopposed,
    _kept,
    ordered,
)


def _says(sentence: Sentence, least: int = 1) -> bool:
    """Whether the sentence holds that many words, numbers or days of its own."""
    body = sentence.body
    return len(features(body)) + len(days(body)) >= least
