"""What is under discussion when a sentence is said: proposals, choices, questions put. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reports.writers.cues_en import EN as EN_CUES
from reports.writers.names import called_name, is_given_name
from reports.writers.numerals import numbers
from reports.writers.resolving_cues import EN, RU, Resolving
from reports.writers.sentences import Sentence
from reports.writers.words import (
    CYRILLIC,
    PAST_FORMS,
    STOP_WORDS,
    Token,
    content_stems,
    fold,
    parses,
    tokens,
    word_list,
)

REACH_TURNS = 7
_MENTION_TURNS = 5
_REACH_SENTENCES = 16
_CHAIRS_LEAST = 2
_PREFIX_LETTERS = 4
LEANS = re.compile(r"(?<!\w)(?:it|that|this|them|это\w*|его|ее|их|нему|ней|ним|него|нее|них)(?!\w)")
"""Words that only what was said before explains."""
NO_COURSE = frozenset(
    word_list(
        """
    have are were had need want know think see get hope like can could should would may
    might must ask vote decide решить решать голосовать проголосовать спросить did do
    believe understand guess mean talk discuss come start begin wait look never not say said
    feel expect agree still now also already only been be move turn go continue close hear
    быть иметь знать думать хотеть мочь понимать видеть ждать надеяться говорить считать
    обсудить обсуждать начать начинать перейти переходить вернуться возвращаться посмотреть
    смотреть расходиться разойтись работать прощаться подвести увидеться встретиться
    встречаться созвониться продолжить продолжать успеть закончить заканчивать платить
    уложиться укладываться справиться справляться управиться
    просить помнить успевать идти поехать слушать ответить отвечать
        """
    )
)
"""Verbs by which people tell how things are or lead a talk: no course is taken."""
AFTER_ALL = frozenset(
    word_list(
        """
    ждать работать платить идти поехать продолжать продолжить закончить заканчивать начать начинать
        """
    )
)
"""Verbs of these that are a course behind «тогда» or «поэтому»."""
_PREFIXED = re.compile(r"(?:по|с|на|за|вы|про|от|при|пере)(?P<rest>\w{5,})")
_CONCLUDES = re.compile(r"^\W*(?:(?:ну|а|и)\W+)*(?:тогда|поэтому|стало быть)(?!\w)")
_WE_WILL = re.compile(r"(?<!\w)(?:we'll|we will|let's)(?: \w+ly| all| just)? (?P<verb>[a-z]+)")
_THEN_WE = re.compile(
    r"^\W*(?:(?:ok|okay|all right|alright|right|good|great|fine|then|so|very well|agreed)\W+)+"
    r"we (?P<verb>[a-z]+)"
)
_I = re.compile(r"(?<!\w)(?:я|i|i'll)(?!\w)")
_ECHO_QUESTION_WORDS = 6
_OPENER_WORDS, _OPENER_SENTENCES = 4, 24
_NAMED_STEMS = 2
_CALL_WORDS = 3
_NO_ECHO = re.compile(
    r"^\W*(?:wh\w+|how|is|are|was|were|do|does|did|has|have|had|will|would|can you|could you|"
    r"any\w*|really|right|ok|okay|sorry|pardon|true|seriously)(?!\w)"
)
_ASIDE = re.compile(r"(?<!\w)(?:should|could|надо|нужно|not now|не сейчас)(?!\w)")
_PRAISE = re.compile(
    r"(?<!\w)(?:cheers|sweet|nice|cool|super|awesome|brilliant|perfect|marvellous|true|correct|"
    r"thanks|"
    r"\w+n't|exactly|noted|understood|класс\w*|молод\w+|красота|ужас|правда|ура)(?!\w)"
)
_TO_SOMEBODY = re.compile(r"(?<!\w)(?:you|your|i|he|she|they)(?!\w)")
_OPENS = re.compile(
    r"(?<!\w)(?:(?:what|how) about|now,? (?:the|about|on)|what(?:'s| is) (?:up )?with|"
    r"что (?:у нас )?(?:с|со|по)|теперь|дальше|далее|следующ\w+|по поводу|насчет|next)(?!\w)"
)


def resolving(sentence: Sentence) -> Resolving:
    """The words of resolving in the sentence's language."""
    return EN if sentence.cues is EN_CUES else RU


def puts_off(sentence: Sentence) -> bool:
    """Whether a matter is put off till a time that is named, by «us» and not for lack of time."""
    words, text = resolving(sentence), sentence.folded
    off = words.adjourns.search(text)
    named = off and words.until.search(text, off.start())
    aside = off and _ASIDE.search(text[: off.start()])
    return bool(named and not (aside or words.out_of_time.search(text) or _I.search(text)))


def before(sentence: Sentence, said: Sequence[Sentence], turns: int) -> Iterator[Sentence]:
    """Sentences before ``sentence``, the last first, as far as ``turns`` turns back."""
    for other in reversed(said[max(0, sentence.index - _REACH_SENTENCES) : sentence.index]):
        if other.turn < sentence.turn - turns:
            return
        yield other


def chair(said: Sequence[Sentence]) -> str:
    """The speaker who leads the talk: who most calls others, asks and opens matters; "" if none."""
    return _chair(tuple(said))


@lru_cache(maxsize=1)
def _chair(said: tuple[Sentence, ...]) -> str:
    leads: Counter[str] = Counter()
    for sentence in said:
        opens = sentence.cues.topic.search(sentence.folded)
        leads[sentence.speaker] += (
            sentence.is_question + bool(opens) + 2 * bool(called_name(sentence.text))
        )
    best = leads.most_common(2)
    if len(best) < _CHAIRS_LEAST or best[0][1] <= best[1][1]:
        return ""
    return best[0][0]


@lru_cache(maxsize=20_000)
def takes_a_course(text: str) -> bool:
    """Whether a text says what «we» do or will do, by grammar, leading of the talk aside."""
    if CYRILLIC.search(text):
        words = tokens(text)
        idle = NO_COURSE - AFTER_ALL if _CONCLUDES.search(fold(text)) else NO_COURSE
        return any(_ours(words, place, idle) for place in range(len(words)))
    if match := _WE_WILL.search(fold(text)):
        return match["verb"] not in NO_COURSE
    match = _THEN_WE.search(fold(text))
    verb = match["verb"] if match else ""
    past = verb in PAST_FORMS or (verb.endswith("ed") and verb != "need")
    return bool(verb) and verb not in NO_COURSE and not past


def _ours(words: Sequence[Token], place: int, idle: frozenset[str]) -> bool:
    """«Запускаем», «будем сыпать», «держать не будем»."""
    first = parses(words[place].text)[:1]
    if not first or not all(g in first[0].tag for g in ("VERB", "1per", "plur", "indc")):
        return False
    if words[place].folded == "будем":
        return any(_does(w) for w in words[max(0, place - 2) : place + 3])
    return fold(first[0].normal_form) not in idle


def _does(word: Token) -> bool:
    first = parses(word.text)[:1]
    return bool(first) and "INFN" in first[0].tag and fold(first[0].normal_form) not in NO_COURSE


@lru_cache(maxsize=5_000)
def deliberates(sentence: Sentence) -> bool:
    """Whether a sentence asks or proposes what might be done."""
    words = resolving(sentence)
    if words.of_others.search(sentence.folded):
        return False
    if words.deliberates.search(sentence.body) or words.alternatives.search(sentence.body):
        return True
    return sentence.is_question and _asks_what_to_do(sentence)


def _asks_what_to_do(sentence: Sentence) -> bool:
    """«Снижаем?», «А кардиоверсию делать?», "Saturday?", "So split weeks?"."""
    if CYRILLIC.search(sentence.text):
        return takes_a_course(sentence.text) or any(_does(t) for t in tokens(sentence.text))
    short = len(sentence.text.split()) <= _ECHO_QUESTION_WORDS
    return short and not _NO_ECHO.search(sentence.body) and not _TO_SOMEBODY.search(sentence.body)


def akin(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences share a word, a number or a day, inflection and derivation aside."""
    return bool(_kin(one.body) & _kin(other.body))


@lru_cache(maxsize=20_000)
def _kin(text: str) -> frozenset[str]:
    """What :func:`heads` gives, and (``~``) beginnings of Russian verbs without their prefix."""
    verbs = (stem for stem in content_stems(text) if stem.endswith(("ть", "ться", "ти")))
    return heads(text) | {f"~{_bare(verb)[:_PREFIX_LETTERS]}" for verb in verbs}


def _bare(verb: str) -> str:
    match = _PREFIXED.match(verb)
    return match["rest"] if match else verb


@lru_cache(maxsize=20_000)
def heads(text: str) -> frozenset[str]:
    """Beginnings of the words of a text, and its numbers: what is compared of two texts."""
    stems = {stem[:_PREFIX_LETTERS] for stem in content_stems(text)}
    return frozenset(stems | {f"={n.value.normalize()}" for n in numbers(text)})


def matter(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """What ``sentence`` may resolve: the nearest proposal or question akin to it of a turn before.

    Of its own speaker only if somebody else has spoken since.
    """
    for other in before(sentence, said, REACH_TURNS):
        if other.turn < sentence.turn and deliberates(other) and akin(sentence, other):
            return other
    return None


def proposal(sentence: Sentence, said: Sequence[Sentence], turns: int) -> Sentence | None:
    """The nearest proposal or question of what to do, in a turn before, that says something."""
    for other in before(sentence, said, turns):
        if other.turn == sentence.turn or not other.stems:
            continue
        if _dismissed(other, sentence, said):
            return None
        if deliberates(other) and not other.cues.joke.search(other.folded):
            turn = [s for s in before(sentence, said, turns) if s.turn == other.turn]
            return max(filter(deliberates, turn), key=lambda s: len(s.stems))
    return None


def _dismissed(other: Sentence, until: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether ``other`` refuses, so that what was proposed before it is off the table."""
    refuses = other.cues.refused.search(other.folded) and not other.is_question
    return other.speaker != until.speaker and bool(refuses)


def opened_by(sentence: Sentence, said: Sequence[Sentence], led_by: str) -> Sentence | None:
    """The words with which whoever leads opened the matter: «Теперь взносы.», "On-call."."""
    for other in reversed(said[max(0, sentence.index - _OPENER_SENTENCES) : sentence.index]):
        if other.speaker == led_by and (_opens(other) or _hands_over(other, said)):
            return other
    return None


def _hands_over(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """«Предлагают рекламу на радио. Вера?»: whether somebody is called to speak to it."""
    following = said[sentence.index + 1] if sentence.index + 1 < len(said) else sentence
    calls = following.turn == sentence.turn and following.is_question
    named = calls and len(tokens(following.text)) <= _CALL_WORDS and called_name(following.text)
    return bool(named) and len(sentence.stems) > 1 and not sentence.is_question


def _opens(sentence: Sentence) -> bool:
    """Whether a sentence only names a matter: by its words, or as a short phrase of a thing."""
    if not sentence.stems or (numbers(sentence.body) and len(sentence.stems) < _NAMED_STEMS):
        return False
    if sentence.cues.courtesy.search(sentence.folded):
        return False
    if sentence.cues.topic.search(sentence.folded) or _OPENS.search(sentence.body[:40]):
        return True
    if _PRAISE.search(sentence.body) or any(is_given_name(t.text) for t in tokens(sentence.text)):
        return False
    short = len(tokens(sentence.body)) <= _OPENER_WORDS and not sentence.is_question
    if not short or called_name(sentence.text) or sentence.cues.agreed.match(sentence.folded):
        return False
    return _names_a_thing(sentence)


def _names_a_thing(sentence: Sentence) -> bool:
    """Whether there is no verb and no pronoun: in English no small word besides articles."""
    words = tokens(sentence.body)
    if CYRILLIC.search(sentence.text):
        first = [parses(w.text)[:1] for w in words]
        kinds = {str(p[0].tag.POS) for p in first if p}
        return "NOUN" in kinds and kinds <= {"NOUN", "PREP", "ADJF", "NUMR", "CONJ"}
    small = [w for w in words if w.folded in STOP_WORDS or w.folded in NO_COURSE]
    return all(w.folded in {"the", "our", "and", "on"} for w in small)


def accepted_between(one: Sentence, other: Sentence, said: Sequence[Sentence]) -> bool:
    """Whether somebody other than the speaker of ``one`` agreed before ``other``."""
    return any(
        s.speaker != one.speaker and s.cues.agreed.match(s.folded)
        for s in said[one.index + 1 : other.index]
    )


def mentioned(
    sentence: Sentence, said: Sequence[Sentence], turns: int = _MENTION_TURNS
) -> Sentence | None:
    """What another said in the turns right before in the same words, and not in passing."""
    for other in before(sentence, said, turns):
        own = other.speaker == sentence.speaker
        if not own and len(other.stems) > 1 and akin(sentence, other):
            return other
    return None
