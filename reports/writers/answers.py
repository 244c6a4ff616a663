"""How answers resolve what was asked or proposed: an echo, a yes, a no, a course taken. Pure.

Each act gives the sentences that make the decision, the one that resolves last; or nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reports.writers import acts_en, acts_ru
from reports.writers.cues_en import EN
from reports.writers.dates import days
from reports.writers.findings import features
from reports.writers.matters import (
    NO_COURSE,
    accepted_between,
    akin,
    before,
    deliberates,
    heads,
    matter,
    proposal,
    resolving,
    takes_a_course,
)
from reports.writers.sentences import Sentence, between
from reports.writers.words import (
    CYRILLIC,
    PAST_FORMS,
    Token,
    has_grammemes,
    parses,
    tokens,
)

Found = list[Sentence] | None

_ECHO_WORDS, _YES_WORDS, _COMMAND_WORDS = 6, 4, 5
_ECHO_TURNS, _REPLY_TURNS, _TALK_TURNS = 4, 2, 5
_OPENING = (
    r"^\W*(?:(?:ok|okay|all right|alright|so|then|and|well|no|yes|yeah|right|fine|good|great|in "
    r"that case|i (?:think|guess|suppose|sense)|very well|but)\W+)*"
)
_WE_DO = re.compile(
    _OPENING + r"(?:(?:from|by) [\w ]+, )*we (?:just |simply |all )?(?P<verb>[a-z]+)(?!['\w])"
)
_ASIDE = re.compile(r"(?<!\w)(?:i'm afraid|боюсь)(?!\w)")
_WE_DO_NOT = re.compile(
    r"(?<!\w)(?:we (?:won't|will not|don't|do not|aren't|are not|shan't)|let's not)(?!\w)"
)
_HABIT = re.compile(
    r"(?<!\w)(?:always|usually|often|never|every|each|normally|sometimes|already|still|last|ago|"
    r"all the time|used to)(?!\w)"
)
_NOT = re.compile(r"(?<!\w)(?:не|нет|not|no|never)(?!\w)|n't(?!\w)")
_IDLE_HEADS = frozenset(head for word in NO_COURSE for head in heads(word))
_PROPOSES = re.compile(
    r"(?<!\w)(?:let's|shall we(?: say)?|how about|what about|i(?:'d| would)? (?:suggest|propose|"
    r"recommend|move)(?: that)?(?: we)?|then i(?:'d)? (?:think|say)|i think we|why don't we|"
    r"давай(?:те)?|предлага(?:ю|ем))(?!\w)"
)
_ALLOWS = re.compile(
    r"(?<!\w)(?<!не )(?:можно|разреша\w+|пускай|пусть|you (?:can|may)|that's allowed|go ahead|"
    r"is allowed|are allowed)(?!\w)"
)
_FINALLY_NO = re.compile(
    r"^\W*(?:(?:so|ну|так что|but|well|sorry)\W+)*(?:no|нет)\W.*(?:not (?:this|now|today|before|"
    r"until|for now)|точно нет|не сейчас|не в этом|не сегодня|не раньше)"
)
_YIELDS = re.compile(
    r"(?<!\w)(?:fair enough|pity|shame|worth a try|just (?:asking|saying|a thought)|"
    r"просто (?:сказал\w*|спросил\w*|предложил\w*)|жаль|жалко)(?!\w)"
)
_IS_RIGHT = re.compile(
    r"(?<!\w)(?:(?:is|are|sounds|seems|would be|'s) (?:clearly |probably |definitely )?(?:the )?"
    r"(?:right (?:way|thing|call|choice|one)|way to go|best|better|sensible|reasonable|safer|"
    r"(?:clean|simpl|safe|fair|wis)est|only option)|makes (?:more |most )?sense)(?!\w)|"
    r"(?<!\w)(?:(?:это )?правильн(?:о|ее|ый (?:путь|выбор|вариант))|"
    r"лучший (?:вариант|выход)|разумнее|логичнее|надежнее)(?!\w)"
)


def echoed(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Мешок возьмём» behind «Возьмём мешок на пробу»: says no more than what was proposed."""
    if len(tokens(sentence.body)) > _ECHO_WORDS or sentence.text.rstrip().endswith("!"):
        return None
    own = heads(sentence.body)
    if own <= _IDLE_HEADS or speaks_of_somebody(sentence):
        return None
    for other in before(sentence, said, _ECHO_TURNS):
        if other.turn == sentence.turn:
            continue
        others = other.speaker != sentence.speaker
        if others and other.cues.refused.search(other.folded):
            return None
        if not own <= heads(other.body) or not _proposes(other, sentence):
            continue
        if others or accepted_between(other, sentence, said):
            return [*_told_before(other, said), other, sentence]
    return None


def _proposes(other: Sentence, sentence: Sentence) -> bool:
    """Whether ``other`` proposes what ``sentence`` says again, and both or neither deny it."""
    if other.cues.conditional.search(other.folded) and not other.is_question:
        return False
    denied = [bool(_NOT.search(s.folded)) for s in (other, sentence)]
    proposes = deliberates(other) or takes_a_course(other.text)
    return proposes and (denied[0] == denied[1] or other.is_question)


def _told_before(sentence: Sentence, said: Sequence[Sentence]) -> list[Sentence]:
    """What «Берём?» is about: the sentence before it in the same turn."""
    first = said[sentence.index - 1] if sentence.index else None
    if len(sentence.stems) > 1 or first is None or first.turn != sentence.turn:
        return []
    return [first] if len(first.stems) > 1 else []


def confirmed(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Значит, пилот в Химках?» — «Да.»: what another sums up, agreed to."""
    if not sentence.cues.agreed.match(sentence.folded) or not sentence.index:
        return None
    asked = said[sentence.index - 1]
    if len(tokens(sentence.text)) > _YES_WORDS or asked.turn != sentence.turn - 1:
        return None
    if not resolving(asked).concludes.search(asked.folded) or speaks_of_somebody(asked):
        return None
    if resolving(asked).infers.search(asked.body) or len(features(asked.body)) <= 1:
        return None
    raised = matter(asked, said)
    return [raised, asked, sentence] if raised else None


def accepted(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Давайте пилот в Химках» — «Договорились»: a proposal that the next to speak accepts."""
    if not sentence.cues.agreed.match(sentence.folded) or not sentence.index:
        return None
    put = said[sentence.index - 1]
    if put.turn != sentence.turn - 1 or led_by not in (put.speaker, sentence.speaker):
        return None
    weak = (put.cues.hypothetical, put.cues.objected, put.cues.postponed, put.cues.joke)
    told = replace(put, text=_PROPOSES.sub(" ", put.folded))
    if any(p.search(put.folded) for p in weak) or speaks_of_somebody(told) or _leads_on(put):
        return None
    return [put, sentence] if _PROPOSES.search(put.folded) and _says(put) else None


def _says(sentence: Sentence) -> bool:
    """Whether a sentence holds two words, numbers or days of its own."""
    told = features(_PROPOSES.sub(" ", sentence.body))
    return len(told) + len(days(sentence.body)) > 1


def _leads_on(sentence: Sentence) -> bool:
    """Whether what is proposed only leads the talk: «давайте дальше», "let's move on"."""
    verbs = [t for t in tokens(sentence.text) if has_grammemes(t.text, "VERB")]
    if CYRILLIC.search(sentence.text):
        ours = [t for t in verbs if has_grammemes(t.text, "1per", "plur")]
        return bool(ours) and not takes_a_course(sentence.text)
    match = re.search(r"(?:let's|shall we|why don't we) (?:not )?(?P<verb>[a-z]+)", sentence.folded)
    return bool(match) and match["verb"] in NO_COURSE - {"say", "go", "start"}  # type: ignore[index]


def permitted(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«А по субботам?» — «По субботам можно»: whoever leads allows what another asked for."""
    if sentence.speaker != led_by or not _ALLOWS.search(sentence.folded) or not sentence.index:
        return None
    for other in before(sentence, said, 1):
        asks = other.is_question and other.speaker != sentence.speaker
        if asks and akin(other, sentence) and not resolving(other).infers.search(other.body):
            return [other, sentence]
    return None


def declined(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Нет, держать не будем»: whoever leads takes the course not to do what another asked for."""
    final = _FINALLY_NO.search(sentence.folded)
    yields = final and _next_says(sentence, said, _YIELDS)
    if not yields and (sentence.speaker != led_by or not (final or _refrains(sentence))):
        return None
    for other in before(sentence, said, _REPLY_TURNS):
        if other.speaker != sentence.speaker and deliberates(other) and len(other.stems) > 1:
            return [other, sentence]
    return None


def _refrains(sentence: Sentence) -> bool:
    if not CYRILLIC.search(sentence.text):
        return bool(_WE_DO_NOT.search(sentence.folded)) and takes_part(sentence)
    words = tokens(sentence.text)
    pairs = pairwise(words)
    return takes_a_course(sentence.text) and any(
        one.folded == "не" and (other.folded == "будем" or _imperfective(other))
        for one, other in pairs
    )


def _imperfective(token: Token) -> bool:
    first = parses(token.text)[:1]
    return bool(first) and all(g in first[0].tag for g in ("VERB", "1per", "plur", "impf"))


def _next_says(sentence: Sentence, said: Sequence[Sentence], pattern: re.Pattern[str]) -> bool:
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    return bool(reply and pattern.search(reply.folded))


def takes_part(sentence: Sentence) -> bool:
    """Whether a verb of what «we» do not do is no verb of knowing or leading a talk."""
    match = re.search(r"(?:n't|not) (?P<verb>[a-z]+)", sentence.folded)
    return bool(match) and match["verb"] not in NO_COURSE  # type: ignore[index]


def performed(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "We decline, with thanks": a course in the present tense, once a matter was raised."""
    match = _WE_DO.search(sentence.folded)
    if not match or _HABIT.search(sentence.folded) or sentence.cues.past.search(sentence.folded):
        return None
    verb = match["verb"]
    if verb in NO_COURSE or verb in PAST_FORMS or verb.endswith(("ed", "ly")):
        return None
    raised = matter(sentence, said) or proposal(sentence, said, _TALK_TURNS)
    if raised is None:
        return None
    led = sentence.speaker == led_by
    return [raised, sentence] if led or taken_well(sentence, said) else None


def judged(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """ "I think freeze-drying is the right way": whoever leads favours what another proposed."""
    if sentence.speaker != led_by or not _IS_RIGHT.search(sentence.folded):
        return None
    raised = matter(sentence, said)
    if raised is None or raised.speaker == sentence.speaker:
        return None
    return [raised, sentence] if taken_well(sentence, said) else None


def taken_well(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether the next to speak agrees, or promises to do something."""
    reply = next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)
    if reply is None:
        return False
    acts = acts_en if reply.cues is EN else acts_ru
    return bool(reply.cues.agreed.match(reply.folded) or acts.promises(reply.text, dated=True))


def speaks_of_somebody(sentence: Sentence) -> bool:
    """Whether the sentence is about the speaker, the listener or a third person."""
    if resolving(sentence).personal.search(_ASIDE.sub(" ", sentence.folded)):
        return True
    if not CYRILLIC.search(sentence.text):
        return False
    return any(
        has_grammemes(t.text, "VERB", "1per", "sing") or has_grammemes(t.text, "VERB", "2per")
        for t in tokens(sentence.text)
    )


def concluded(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Found:
    """«Поэтому ночью не работаем»: whoever leads concludes a course from what was said."""
    concludes = resolving(sentence).concludes.search(sentence.folded)
    if sentence.speaker != led_by or not concludes or not takes_a_course(sentence.text):
        return None
    if speaks_of_somebody(sentence) or sentence.cues.hypothetical.search(sentence.folded):
        return None
    raised = matter(sentence, said) or proposal(sentence, said, _TALK_TURNS)
    turn = (s for s in before(sentence, said, 0) if deliberates(s))
    raised = raised or next(turn, None)
    return [raised, sentence] if raised else None


ACTS = (confirmed, echoed, accepted, permitted, concluded, declined, performed, judged)
