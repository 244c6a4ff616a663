"""What a task needs of the talk around it to be understood: words before, a day behind. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reports.writers.dates import Deadline, days, deadline
from reports.writers.findings import Finding, features
from reports.writers.matters import akin, before, chair, opened_by
from reports.writers.names import called_name, is_given_name
from reports.writers.offers import calls
from reports.writers.sentences import Sentence, between, tidy
from reports.writers.words import tokens

_EVENT = re.compile(r"^\W*(?:the )?[a-z]+(?:'s| is| are) (?:on|in) ")
""" "Demo's on the twenty-eighth": when something is, and not by when it must be done."""
_THEY = re.compile(r"(?<!\w)(?:them|they|her|him|им|ей|ему|ними|ней|нему|них)(?!\w)")
_NAMED = re.compile(r"(?<=[\w,;] )[A-ZА-ЯЁ][\w-]{2,}(?: [A-ZА-ЯЁ][\w-]+)*")
_GIVE_ME = re.compile(r"(?<!\w)(?:give me|i need|дай(?:те)? мне|мне надо|мне нужно)(?!\w)")
_SHORT_WORDS, _LONG_WORDS = 6, 16
_FEW_WORDS, _CONTEXT_STEMS = 3, 2
_FEW_TOLD = 4
_BEHIND_TURNS, _MATTER_TURNS, _CALL_TURNS = 2, 10, 8
_OPENING_WORDS = 6


def context(sentence: Sentence, said: Sequence[Sentence], marks: frozenset[str]) -> list[Sentence]:
    """The sentence before where «it», «за наём отвечает» or «к среде сделаю» needs it."""
    last = said[sentence.index - 1] if sentence.index else None
    told = [m for m in marks if m[0] != "@"]
    if last and (echoed := _echoed(sentence, said, told) or _called_for(sentence, said, told)):
        return [echoed]
    if len(told) <= 1 and (asked := _asked_before(sentence, said)):
        return [asked]
    if last is None or len(last.stems) < 1 or last.cues.courtesy.search(last.folded):
        return []
    if last.is_question:
        put = said[last.index - 1] if last.index else last
        if len(tokens(last.text)) == 1 and put.turn == last.turn and len(put.stems) > 1:
            last = put  # "Petra?" behind what it is about
        answers = last.turn == sentence.turn - 1 and len(told) <= 1
        return [last] if answers else []
    cues = sentence.cues
    leans = cues.anaphor.search(sentence.body)
    charged = cues.refers_back.search(sentence.body) and len(told) <= _FEW_WORDS
    full = last.turn == sentence.turn and len(last.stems) >= _CONTEXT_STEMS
    return [last] if full and (leans or charged or len(told) <= 1) else []


def _asked_before(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    """«Эндокринолога вызвали?» of «Нет ещё. Вызову.»: a question with but a no in between."""
    for other in before(sentence, said, 1):
        if other.turn < sentence.turn:
            return other if other.is_question and other.stems else None
        if other.stems:
            return None
    return None


def _called_for(
    sentence: Sentence, said: Sequence[Sentence], told: Sequence[str]
) -> Sentence | None:
    """«Ограждение кто ставит?», some turns before «До субботы поставим»."""
    if len(told) > _FEW_WORDS:
        return None
    for other in before(sentence, said, _CALL_TURNS):
        if other.turn < sentence.turn and len(other.stems) > 1 and calls(other):
            return other if akin(other, sentence) else None
    return None


def _echoed(sentence: Sentence, said: Sequence[Sentence], told: Sequence[str]) -> Sentence | None:
    """«Дозу Игорь распишет.» before «Распишу после обхода.»: what another said in that word."""
    if called_name(sentence.text):
        return None
    for other in before(sentence, said, 1):
        own = other.speaker == sentence.speaker or other.turn == sentence.turn
        if own or len(told) > _FEW_TOLD or len(other.stems) < _CONTEXT_STEMS:
            continue
        if set(told) & features(other.body):
            return other
    return None


def situate(tasks: Sequence[Finding], decided: Sequence[Finding], said: Sequence[Sentence]) -> None:
    """A task that says little itself rests on the decision right before it too: "We sell her".

    Where there is none, on the words that opened the matter, and begins with them.
    """
    led_by = chair(said)
    for task in tasks:
        told = [m for m in features(task.text) if m[0] not in "@="]
        first = min(s.index for s in task.sources)
        _tell_who(task, said[first], said)
        if len(told) > _FEW_WORDS:
            continue
        for decision in reversed(decided):
            last = max(decision.sources, key=lambda s: s.index)
            if last.index < first and 0 <= task.main.turn - last.turn <= _BEHIND_TURNS:
                task.add([decision.main, last])
                break
        else:
            _answer(task, said[first], said)
            _open(task, said[first], said, led_by)


def _answer(task: Finding, first: Sentence, said: Sequence[Sentence]) -> None:
    """The words of another that «it» of "I'll have a look at it" stands for.

    Also what a promise without any object answers: «Опять забор упал.» — «Посмотрю в субботу».
    """
    told = [m for m in features(first.body) if m[0] not in "@="]
    if not (first.cues.anaphor.search(first.body) or len(told) <= 1):
        return
    turn = [s for s in before(first, said, 1) if s.turn == first.turn - 1 and s.stems]
    spoken = [s for s in turn if len(s.stems) > 1 or s.is_question]
    if not spoken or spoken[0].cues.courtesy.search(spoken[0].folded):
        return
    if len(spoken[0].text.split()) > _LONG_WORDS + _SHORT_WORDS:
        return
    named = len(tokens(turn[0].text)) == 1 and len(spoken) > 1  # "Petra?" behind what it is about
    found = spoken[1] if named and spoken[0] == turn[0] else spoken[0]
    if not task.rests_on(found):
        task.text = f"{tidy(found.text, found.cues)} {task.text}"
        task.add([found])


def _tell_who(task: Finding, first: Sentence, said: Sequence[Sentence]) -> None:
    """The sentence that named «them» of "I'll write to them": an organisation, a place."""
    if not _THEY.search(task.main.folded) or _named(task.text):
        return
    for other in before(first, said, _MATTER_TURNS):
        if _named(other.text) and len(other.text.split()) <= _LONG_WORDS + _SHORT_WORDS:
            task.text = f"{tidy(other.text, other.cues)} {task.text}"
            task.add([other])
            return


def _named(text: str) -> bool:
    """Whether a text holds a name that is no given name and no day, other than at its start."""
    found = (match.group().split()[0] for match in _NAMED.finditer(text))
    return any(not is_given_name(word) and not days(f"on {word}") for word in found)


def _open(task: Finding, first: Sentence, said: Sequence[Sentence], led_by: str) -> None:
    opening = opened_by(first, said, led_by)
    near = opening is not None and first.turn - opening.turn <= _MATTER_TURNS
    if (
        opening is None
        or task.rests_on(opening)
        or not near
        or len(tokens(opening.body)) > _OPENING_WORDS
    ):
        return
    task.text = f"{tidy(opening.text, opening.cues)} {task.text}"
    task.add([opening])


def add_later_deadline(task: Finding, said: Sequence[Sentence], held_on: date | None) -> None:
    """«Когда?» — «К пятнице»: a day named in a short sentence right behind a task without one."""
    if task.deadline:
        return
    last = max(task.sources, key=lambda s: s.index)
    for other in list(between(said, last, 2))[:3]:
        due = deadline(other.text, held_on)
        if other.cues.courtesy.search(other.folded):
            return
        short = len(other.text.split()) <= _SHORT_WORDS or _own_day(other, last, due)
        if (
            due
            and short
            and not _EVENT.search(other.folded)
            and (not other.is_question or _agreed_to(other, said))
        ):
            task.deadline = replace(due)
            reply = _next_to_speak(other, said) if other.is_question else None
            task.add([other, *([reply] if reply else [])])
            return


def _agreed_to(sentence: Sentence, said: Sequence[Sentence]) -> bool:
    """«К пятнице нормально?» — «Да»: whether the next to speak agrees."""
    reply = _next_to_speak(sentence, said)
    if reply is None or reply.is_question:
        return False
    own = {(m.month, m.of_month, m.weekday, m.day) for m in days(sentence.text)}
    again = own & {(m.month, m.of_month, m.weekday, m.day) for m in days(reply.text)}
    return bool(again or reply.cues.agreed.match(reply.folded))


def _next_to_speak(sentence: Sentence, said: Sequence[Sentence]) -> Sentence | None:
    return next((s for s in between(said, sentence, 1) if s.turn > sentence.turn), None)


def _own_day(sentence: Sentence, last: Sentence, due: Deadline | None) -> bool:
    """Whether who took a task on goes on to say by when: "Give me till the middle of the week"."""
    own = due is not None and sentence.speaker == last.speaker and sentence.turn == last.turn
    leans = _GIVE_ME.search(sentence.folded) or sentence.cues.anaphor.search(sentence.body)
    return bool(own and leans and len(sentence.text.split()) <= _LONG_WORDS)
