"""What all recognizers do with the words they heard: order, bounds, doubts."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from .base import Recognition, Word

LOOP_RATIO = 2.4
"""Text that zlib shrinks further repeats itself (Whisper's own bound)."""
IMPROBABLE = -1.0
"""Mean log probability of a token below which a text is doubtful (Whisper's own bound)."""
NO_SPEECH = 0.6
"""Probability that nobody speaks from which on an improbable text is no text (Whisper's own)."""
LOW_CONFIDENCE = 0.4
"""Mean probability of its words below which a window is doubtful."""


def recognition(language: str, words: Iterable[Word], duration: float) -> Recognition:
    """The words of one window of ``duration`` seconds, none empty, none with a space inside.

    Times rise and lie inside the window. Doubts are flagged; nothing is left out for them.
    """
    kept: list[Word] = []
    for word in chain.from_iterable(map(_pieces, _whole(words))):
        start = min(max(word.start, kept[-1].start if kept else 0.0, 0.0), duration)
        end = min(max(word.end, start), duration)
        kept.append(Word(start, end, word.text, min(max(word.confidence, 0.0), 1.0)))
    return Recognition(language, tuple(kept), _doubts(kept))


def spread(text: str, start: float, end: float, confidence: float) -> list[Word]:
    """The words of ``text`` over a stretch, each as long as its letters: a guess without times."""
    return list(_pieces(Word(start, end, text, confidence)))


def is_doubtful(compression_ratio: float, mean_logprob: float, no_speech: float) -> bool:
    """Whether Whisper would decode a text again: it repeats itself, or is improbable speech."""
    improbable = mean_logprob < IMPROBABLE and no_speech <= NO_SPEECH
    return compression_ratio > LOOP_RATIO or improbable


def is_silence(mean_logprob: float, no_speech: float) -> bool:
    """Whether Whisper would leave a text out: improbable, where it hears nobody speak."""
    return mean_logprob < IMPROBABLE and no_speech > NO_SPEECH


def repeats_itself(text: str) -> bool:
    """Whether a text is mostly one phrase over and over, as a stuck decoder writes."""
    raw = text.encode()
    return bool(raw) and len(raw) / len(zlib.compress(raw)) > LOOP_RATIO


def _whole(words: Iterable[Word]) -> Iterator[Word]:
    """The words with the parts that a recognizer wrote apart ("post" "-poned") joined again."""
    last: Word | None = None
    for word in words:
        if last and word.text.startswith(("-", "'", "’")):
            last = replace(last, end=word.end, text=last.text + word.text)
            continue
        if last:
            yield last
        last = word
    if last:
        yield last


def _pieces(word: Word) -> Iterator[Word]:
    parts = word.text.split()
    letters = sum(map(len, parts))
    at, read = word.start, 0
    for part in parts:
        read += len(part)
        left = (word.end - word.start) * (1 - read / letters)
        yield Word(at, word.end - left, part, word.confidence)
        at = word.end - left


def _doubts(words: list[Word]) -> tuple[str, ...]:
    if not words:
        return ()
    flags = []
    if repeats_itself(" ".join(word.text for word in words)):
        flags.append("loop")
    if sum(word.confidence for word in words) / len(words) < LOW_CONFIDENCE:
        flags.append("low_confidence")
    return tuple(flags)
