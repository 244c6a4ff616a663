"""Questions with the answers that they got. Pure."""

from collections.abc import Sequence
from itertools import groupby

from reports.writers.findings import Finding
from reports.writers.points.talk import Talk
from reports.writers.sentences import Sentence, tidy
from reports.writers.words import tokens

_ANSWER_WORDS, _ANSWER_SENTENCES = 70, 3
_QUESTION_WORDS = 60
_FEWEST_WORDS = 3
_ASIDES = 1
"""Turns that may stand between a question and its answer: «так», "right"."""


def answers(talk: Talk) -> list[Finding]:
    """Each question that somebody else answered, with the first sentences of the answer.

    Of several questions in a row the last sentences are the question; what the other says until
    somebody else speaks is the answer, as far as a few sentences go.
    """
    turns = [list(turn) for _number, turn in groupby(talk.said, key=lambda s: s.turn)]
    found = []
    for place, turn in enumerate(turns):
        asked = _asked(turn)
        answer = _answer(turns[place + 1 : place + 2 + _ASIDES], turn[0].speaker) if asked else []
        if asked and answer:
            question = " ".join(tidy(s.text, s.cues) for s in asked)
            told = " ".join(tidy(s.text) for s in answer)  # «да» is no filler here
            found.append(talk.point([*asked, *answer], text=f"{question} — {told}"))
    return found


def _asked(turn: Sequence[Sentence]) -> list[Sentence]:
    """The questions that a turn ends with, and what is said behind them in a few words."""
    last = max((n for n, s in enumerate(turn) if s.is_question), default=-1)
    if last < 0 or sum(len(tokens(s.text)) for s in turn[last + 1 :]) > _FEWEST_WORDS:
        return []
    first = last
    while first and turn[first - 1].is_question:
        first -= 1
    asked = list(turn[first : last + 1])
    while len(asked) > 1 and sum(len(tokens(s.text)) for s in asked) > _QUESTION_WORDS:
        asked = asked[1:]
    fit = any(len(tokens(s.text)) >= _FEWEST_WORDS and s.stems for s in asked)
    joke = any(s.cues.courtesy.search(s.folded) for s in asked)
    return asked if fit and not joke else []


def _answer(turns: Sequence[Sequence[Sentence]], asker: str) -> list[Sentence]:
    """The first sentences of the next turn that is somebody else's and no question itself."""
    for turn in turns:
        if turn[0].speaker == asker:
            continue
        told: list[Sentence] = []
        for sentence in turn:
            if sentence.is_question or sentence.cues.struck.search(sentence.folded):
                break
            words = sum(len(tokens(s.text)) for s in (*told, sentence))
            if told and (words > _ANSWER_WORDS or len(told) == _ANSWER_SENTENCES):
                break
            told.append(sentence)
        if told:
            return told
    return []
