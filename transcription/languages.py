"""In which language each turn of a meeting is spoken. Pure; the recognizer is passed in."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .engines.base import SAMPLE_RATE, Audio, Progress, Recognizer, Sound, Turn

SURE_LENGTH = 0.8
"""A shorter turn (s) is too little to hear a language in; its speaker's is taken."""
CLIP = 30.0
"""Seconds of a turn that are listened to for its language."""
TOGETHER = 16
"""Turns that are listened to at once."""
CLEAR = 0.8
"""Probability from which on a turn speaks for a language of the meeting."""
RARE = 0.03
"""A language with less than this share of the clear speech is taken for a mistake."""
DOUBT = 0.02
"""Probability that a speaker changes to another of the meeting's languages in a turn."""


def languages_of_turns(
    turns: Sequence[Turn],
    sound: Sound,
    recognizer: Recognizer,
    *,
    language: str | None = None,
    progress: Progress = lambda share: None,
) -> list[str | None]:
    """The language of every turn, in order; ``language`` for all of them where it is given.

    Each turn is listened to once. Its evidence is weighed with what its speaker speaks elsewhere,
    and only languages that carry a good share of the meeting count, so that a meeting may switch by
    speaker or by turn, and a mumbled "yes" does not become Welsh. None where the recognizer cannot
    tell languages apart by listening.
    """
    if language or not turns:
        return [language] * len(turns)
    clear = [i for i, turn in enumerate(turns) if turn.end - turn.start >= SURE_LENGTH]
    clear = clear or list(range(len(turns)))
    heard: dict[int, Mapping[str, float]] = {}
    for first in range(0, len(clear), TOGETHER):
        progress(first / len(clear))
        some = clear[first : first + TOGETHER]
        heard |= zip(
            some, recognizer.languages([_clip(sound, turns[i]) for i in some]), strict=True
        )
    if not any(heard.values()):
        return [None] * len(turns)
    return _settle(turns, heard)


def _clip(sound: Sound, turn: Turn) -> Audio:
    end = min(turn.end, turn.start + CLIP)
    return sound[int(turn.start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]


def _settle(turns: Sequence[Turn], heard: Mapping[int, Mapping[str, float]]) -> list[str | None]:
    """Naive Bayes over the meeting's languages: a turn's evidence times its speaker's habit."""
    spoken = _meeting_languages(turns, heard)
    evidence = {i: _restricted(p, spoken) for i, p in heard.items()}
    shares: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(spoken, 0.0))
    for i, probabilities in evidence.items():
        for code, probability in probabilities.items():
            shares[turns[i].speaker][code] += probability * (turns[i].end - turns[i].start)
    result: list[str | None] = []
    for i, turn in enumerate(turns):
        habit = _restricted(shares[turn.speaker], spoken)
        own = evidence.get(i, dict.fromkeys(spoken, 1.0))
        result.append(max(spoken, key=lambda code: own[code] * max(habit[code], DOUBT)))
    return result


def _meeting_languages(
    turns: Sequence[Turn], heard: Mapping[int, Mapping[str, float]]
) -> list[str]:
    """The languages with a good share of the clear speech, most spoken first; at least one."""
    clear: dict[str, float] = defaultdict(float)
    vague: dict[str, float] = defaultdict(float)
    for i, probabilities in heard.items():
        for code, probability in probabilities.items():
            weight = probability * (turns[i].end - turns[i].start)
            vague[code] += weight
            clear[code] += weight if probability >= CLEAR else 0.0
    total = clear if any(clear.values()) else vague
    ranked = sorted(total, key=lambda code: -total[code])
    enough = RARE * sum(total.values())
    return [code for code in ranked if total[code] > enough] or ranked[:1]


def _restricted(probabilities: Mapping[str, float], codes: Sequence[str]) -> dict[str, float]:
    """The probabilities of ``codes`` alone, adding up to one; equal where there is no evidence."""
    kept = {code: probabilities.get(code, 0.0) for code in codes}
    total = sum(kept.values())
    return {c: p / total if total else 1 / len(codes) for c, p in kept.items()}
