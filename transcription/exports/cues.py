"""Segments cut into subtitle cues that can be read: short, of few lines, split at words."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 7.0
"""Seconds that a cue may stand (the customary limit of broadcasters' guidelines)."""

LINE = 42
"""Characters of a line, unless one word is longer (the same guidelines)."""

LINES = 2
PAUSES = (".", "!", "?", "…", ",", ";", ":")


@dataclass(frozen=True)
class Cue:
    """Text that stands from start to end, seconds; ``lines`` are wrapped."""

    start: float
    end: float
    speaker: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Word:
    start: float
    end: float
    text: str


def cues(
    segments: Sequence[Mapping[str, Any]],
    prefixes: Mapping[str, str] | None = None,
    *,
    line: int = LINE,
) -> Iterator[Cue]:
    """The cues of all segments, in order, each at most 7 s and two lines of ``line`` characters.

    Only a word that is longer makes a line longer.

    ``prefixes`` (by speaker's label) stand before the first words of every change of speaker.
    """
    last = None
    for segment in segments:
        words = _words(segment)
        prefix = (prefixes or {}).get(segment["speaker"] or "", "")
        if segment["speaker"] != last and prefix and words:
            words[0] = _Word(words[0].start, words[0].end, f"{prefix} {words[0].text}")
        last = segment["speaker"]
        yield from (_cue(group, segment["speaker"], line) for group in _groups(words, line))


def _words(segment: Mapping[str, Any]) -> list[_Word]:
    timed = [
        _Word(word["start"], word["end"], text)
        for word in segment["words"]
        if (text := " ".join(word["text"].split()))
    ]
    return timed or _spread(segment)


def _spread(segment: Mapping[str, Any]) -> list[_Word]:
    """Words without times, spread over the segment by their length."""
    texts = segment["text"].split()
    letters = sum(len(text) for text in texts)
    pace = (segment["end"] - segment["start"]) / letters if letters else 0
    words, at = [], segment["start"]
    for text in texts:
        words.append(_Word(at, at + pace * len(text), text))
        at += pace * len(text)
    return words


def _groups(words: list[_Word], line: int) -> Iterator[list[_Word]]:
    while words:
        fits = 1
        while fits < len(words) and _fits(words[: fits + 1], line):
            fits += 1
        if fits < len(words):
            fits = _at_a_pause(words, fits)
        yield words[:fits]
        words = words[fits:]


def _fits(words: list[_Word], line: int) -> bool:
    return words[-1].end - words[0].start <= LONGEST and len(_wrap(words, line)) <= LINES


def _at_a_pause(words: list[_Word], fits: int) -> int:
    """The last place behind a punctuation mark, if that is in the latter half."""
    behind = (n for n in range(fits, fits // 2, -1) if words[n - 1].text.endswith(PAUSES))
    return next(behind, fits)


def _wrap(words: list[_Word], line: int) -> list[str]:
    text = " ".join(word.text for word in words)
    return textwrap.wrap(text, line, break_long_words=False, break_on_hyphens=False)


def _cue(words: list[_Word], speaker: str | None, line: int) -> Cue:
    start = words[0].start
    end = min(max(words[-1].end, start + 0.001), start + LONGEST)
    return Cue(start, end, speaker, tuple(_wrap(words, line)))
