"""How what was asked or proposed is taken up, by who asked, who leads, whom a day suits. Pure.

Each act gives the sentences that make the decision, the one that resolves last; or nothing.
"""

import re
from collections.abc import Sequence

from reports.writers.answers import speaks_of_somebody
from reports.writers.dates import days
from reports.writers.declarations import outcome
from reports.writers.declaring_cues import SUITS, WHEN
from reports.writers.matters import (
    accepted_between,
    before,
    deliberates,
    heads,
    matter,
    proposal,
    resolving,
    takes_a_course,
)
from reports.writers.numerals import numbers
from reports.writers.sentences import Sentence
from reports.writers.words import parses, tokens

Found = list[Sentence] | None

_NEAR_TURNS = 3
_SHORT_WORDS, _ASKED_WORDS, _YES_STEMS = 8, 12, 2
_STATUS = re.compile(r"^\W*(?:was|were|did|does|has|have|had|is it|are they|isn't|wasn't)(?!\w)")


def suited(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Двадцать восьмого, в это же время?» — «Да, ставьте»: a day or an hour that suits another."""
    asked = said[sentence.index - 1] if sentence.index else None
    if asked is None or asked.turn != sentence.turn - 1 or not asked.is_question:
        return None
    if not _offers_a_day(asked) or len(sentence.text.split()) > _SHORT_WORDS:
        return None
    suits = SUITS.search(sentence.folded) and not sentence.cues.refused.search(sentence.folded)
    if not (sentence.cues.agreed.match(sentence.folded) or suits):
        return None
    when = _when_asked(asked, said)
    if _of_somebody(when):
        return None
    if when is None and led_by not in (asked.speaker, sentence.speaker):
        return None
    return [*([when] if when else []), asked, sentence]


def _offers_a_day(asked: Sentence) -> bool:
    if not days(asked.text) or len(asked.text.split()) > _ASKED_WORDS or WHEN.search(asked.body):
        return False
    if _STATUS.match(asked.body) or resolving(asked).personal.search(SUITS.sub(" ", asked.folded)):
        return False
    words = tokens(asked.text)
    past = any("VERB" in p.tag and "past" in p.tag for w in words for p in parses(w.text)[:1])
    return not past and not asked.cues.past.search(asked.folded)


def _when_asked(asked: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """«Следующий созвон когда?»: the question that a day answers."""
    near = before(asked, said, 2)
    return next((s for s in near if s.is_question and WHEN.search(s.folded) and s.stems), None)


def _of_somebody(when: Sentence | None) -> bool:
    return when is not None and bool(resolving(when).personal.search(when.folded))


def taken_up(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Делаем КТ» behind «Может, лучше сразу КТ?»: whoever leads takes the course proposed."""
    if sentence.speaker != led_by or not takes_a_course(sentence.text):
        return None
    raised = matter(sentence, said)
    near = raised is not None and sentence.turn - raised.turn <= _NEAR_TURNS
    if raised is None or not near:
        put = proposal(sentence, said, _NEAR_TURNS)
        backed = put is not None and accepted_between(put, sentence, said)
        raised = put if backed else None
    if raised is None or raised.speaker == sentence.speaker:
        return None
    return [raised, sentence]


def confirmed_answer(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Кого ставим?» — «Лену.» — «Хорошо, Лену»: an answer said again by whoever had asked."""
    if not sentence.cues.agreed.match(sentence.folded) or len(tokens(sentence.text)) > _SHORT_WORDS:
        return None
    own = heads(sentence.cues.agreed.sub("", sentence.folded))
    answers = [s for s in before(sentence, said, 1) if s.turn == sentence.turn - 1]
    if not own or not any(own <= heads(s.body) for s in answers):
        return None
    for other in before(sentence, said, _NEAR_TURNS):
        earlier = other.turn < sentence.turn - 1 and other.speaker == sentence.speaker
        if earlier and other.is_question and deliberates(other):
            return [other, sentence]
    return None


def settled_own(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "Do we change the supplier?" … "We're keeping the old one": by who asked, once answered."""
    course = sentence.cues.settled.search(sentence.folded) or takes_a_course(sentence.text)
    if not course or sentence.speaker != led_by or outcome(sentence.text):
        return None
    answered = False
    for other in before(sentence, said, _NEAR_TURNS):
        if other.speaker != sentence.speaker:
            if other.cues.refused.search(other.folded) and len(other.stems) <= 1:
                return None
            answered = answered or bool(other.stems or numbers(other.text))
        elif answered and other.is_question and _asks_for_a_course(other):
            return [other, sentence]
    return None


def _asks_for_a_course(sentence: Sentence) -> bool:
    return bool(
        resolving(sentence).deliberates.search(sentence.body) or takes_a_course(sentence.text)
    )


def restated(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "Good idea. One shop first, then everywhere": a proposal said again behind a yes to it."""
    first = said[sentence.index - 1] if sentence.index else None
    if first is None or first.turn != sentence.turn or len(first.stems) > _YES_STEMS:
        return None
    if not first.cues.agreed.match(first.folded) or sentence.speaker != led_by:
        return None
    if speaks_of_somebody(sentence):
        return None
    raised = matter(sentence, said)
    near = raised is not None and sentence.turn - raised.turn <= _NEAR_TURNS
    return [raised, sentence] if near and raised and raised.speaker != sentence.speaker else None


UPTAKES = (confirmed_answer, restated, settled_own, suited, taken_up)
