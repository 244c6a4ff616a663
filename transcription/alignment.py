"""Words to speakers, sentences to segments. Pure.

No word is lost, doubled or moved: what is doubtful is flagged.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .engines.base import Recognition, Turn, Word
from .windows import Window

NOBODY = ""
"""Speaker of all words where there are no turns."""

LONGEST_PAUSE = 1.0
"""Silence (s) between two words that ends a segment."""
LONGEST_SEGMENT = 24.0
"""Seconds after which a segment ends at the next comma, or half as long again at any word."""

FAR = 1.5
"""Distance (s) from a speaker's turns beyond which it makes no more difference."""
UNCOVERED = 0.1
"""Cost of a word that lies outside the speaker's turns, on top of its distance in seconds."""
SWITCH_IN_SENTENCE = 0.9
SWITCH_AFTER_PAUSE = 0.45
SWITCH_AFTER_SENTENCE = 0.05
"""Cost of a change of speaker between two words: people change at ends of sentences. The times of
words are only right to 0.1 or 0.2 s, so that a word at the border of a turn joins its sentence."""
PAUSE = 0.35  # seconds

OVERLAPPED = 0.3
"""Share of a segment in which somebody else speaks too, from which on it is flagged."""
LOW_CONFIDENCE = 0.5
"""Mean probability of its words below which a segment is flagged."""
LOOP_REPEATS = 4
"""Repetitions, one after the other, of one to eight words that make a loop."""
LOOP_LONGEST = 8

_SENTENCE_END = re.compile(r"[.?!…。？！]['\"»”)\]]*$")
_STUCK = re.compile(r"(\w{1,4}?)\1{9,}")
"""A syllable or letter over and over inside a word."""
_CLAUSE_END = re.compile(r"[,;:—–]['\"»”)\]]*$")


@dataclass(frozen=True)
class AlignedSegment:
    """A sentence or so of one speaker; times in seconds of the recording.

    ``flags``: ``overlap`` (somebody else speaks too), ``loop`` (repeats itself as a stuck
    recognizer does), ``low_confidence``.
    """

    start: float
    end: float
    speaker: str
    text: str
    words: tuple[Word, ...]
    language: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Spoken:
    """A word in its place: who said it, in which language, and whether it stands in a loop."""

    word: Word
    speaker: str
    language: str
    looped: bool


def align(
    heard: Sequence[tuple[Window, Recognition]], turns: Sequence[Turn]
) -> list[AlignedSegment]:
    """Segments in the order of time, from what was recognised in each window and the turns.

    The words' times count from the start of their window, the segments' from the recording's.
    """
    words, languages = _timeline(heard)
    speakers = speakers_of(words, turns)
    in_loop = looped([_bare(word.text) for word in words])
    spoken = [_Spoken(*parts) for parts in zip(words, speakers, languages, in_loop, strict=True)]
    rising = sorted(turns, key=lambda turn: turn.start)
    return _closed_up([_segment(group, rising) for group in _sentences(spoken)])


def speakers_of(words: Sequence[Word], turns: Sequence[Turn]) -> list[str]:
    """The speaker of each word: the cheapest path through the speakers (Viterbi).

    A word costs its distance from its speaker's turns, a change of speaker costs more inside a
    sentence than after it. Without turns everything is said by ``NOBODY``.
    """
    if not words or not turns:
        return [NOBODY] * len(words)
    names = sorted({turn.speaker for turn in turns})
    costs = np.stack([_distances(words, [t for t in turns if t.speaker == n]) for n in names], 1)
    total = costs[0]
    back = []
    for (before, word), cost in zip(pairwise(words), costs[1:], strict=True):
        cheapest = int(total.argmin())
        change = total[cheapest] + _switch(before, word)
        back.append(np.where(total <= change, np.arange(len(names)), cheapest))
        total = np.minimum(total, change) + cost
    path = [int(total.argmin())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return [names[i] for i in reversed(path)]


def _timeline(heard: Sequence[tuple[Window, Recognition]]) -> tuple[list[Word], list[str]]:
    """All words in seconds of the recording, starts and ends never falling, with languages."""
    words: list[Word] = []
    languages: list[str] = []
    for window, recognition in sorted(heard, key=lambda pair: pair[0].start):
        for word in recognition.words:
            start = max(word.start + window.start, words[-1].start if words else 0.0)
            end = max(word.end + window.start, start, words[-1].end if words else 0.0)
            words.append(replace(word, start=start, end=end))
            languages.append(recognition.language)
    return words, languages


def _distances(words: Sequence[Word], turns: Sequence[Turn]) -> npt.NDArray[np.float64]:
    """What it costs each word to be said by the one whose turns these are."""
    starts = np.array([turn.start for turn in turns])
    ends = np.array([turn.end for turn in turns])
    result = np.empty(len(words))
    for i, word in enumerate(words):
        middle = (word.start + word.end) / 2
        gaps = np.maximum(np.maximum(starts - middle, middle - ends), 0.0)
        length = max(word.end - word.start, 1e-3)
        covered = np.minimum(ends, word.end) - np.maximum(starts, word.start)
        share = min(1.0, max(0.0, float(covered.max())) / length)
        result[i] = min(float(gaps.min()), FAR) + UNCOVERED * (1 - share)
    return result


def _switch(before: Word, word: Word) -> float:
    if _SENTENCE_END.search(before.text):
        return SWITCH_AFTER_SENTENCE
    return SWITCH_AFTER_PAUSE if word.start - before.end > PAUSE else SWITCH_IN_SENTENCE


def _sentences(spoken: Sequence[_Spoken]) -> Iterator[list[_Spoken]]:
    group: list[_Spoken] = []
    for item in spoken:
        if group and _ends_before(group, item):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _ends_before(group: Sequence[_Spoken], item: _Spoken) -> bool:
    """Whether ``item`` begins a new segment."""
    last = group[-1]
    if item.speaker != last.speaker or item.language != last.language:
        return True
    if item.word.start - last.word.end > LONGEST_PAUSE:
        return True
    if _SENTENCE_END.search(last.word.text) and not item.word.text[:1].islower():
        return True
    length = last.word.end - group[0].word.start
    at_comma = bool(_CLAUSE_END.search(last.word.text))
    return length > (LONGEST_SEGMENT if at_comma else 1.5 * LONGEST_SEGMENT)


def _segment(group: Sequence[_Spoken], turns: Sequence[Turn]) -> AlignedSegment:
    words = tuple(item.word for item in group)
    segment = AlignedSegment(
        start=words[0].start,
        end=words[-1].end,
        speaker=group[0].speaker,
        text=" ".join(word.text for word in words),
        words=words,
        language=group[0].language,
    )
    doubts = {
        "overlap": _overlapped(segment, turns) >= OVERLAPPED,
        "loop": 2 * sum(item.looped for item in group) >= len(group),
        "low_confidence": sum(word.confidence for word in words) < LOW_CONFIDENCE * len(words),
    }
    return replace(segment, flags=tuple(flag for flag, raised in doubts.items() if raised))


def _closed_up(segments: Sequence[AlignedSegment]) -> list[AlignedSegment]:
    """Each segment lasts until the next where its speaker goes on after a breath."""
    closed = list(segments)
    for i, (segment, following) in enumerate(pairwise(segments)):
        pause = following.start - segment.end
        if segment.speaker == following.speaker and 0 < pause <= LONGEST_PAUSE:
            closed[i] = replace(segment, end=following.start)
    return closed


def _overlapped(segment: AlignedSegment, turns: Sequence[Turn]) -> float:
    """Share of the segment in which turns of others run; ``turns`` rise by start."""
    total, reached = 0.0, segment.start
    for turn in turns:
        if turn.speaker != segment.speaker and segment.speaker != NOBODY:
            start, end = max(turn.start, reached), min(turn.end, segment.end)
            total += max(0.0, end - start)
            reached = max(reached, end)
    return total / max(segment.end - segment.start, 1e-3)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def looped(words: Sequence[str]) -> list[bool]:
    """For every word, whether it stands in a phrase said ``LOOP_REPEATS`` times without a break."""
    marked = [bool(_STUCK.search(word)) for word in words]
    for length in range(1, LOOP_LONGEST + 1):
        run = 0
        for i in range(length, len(words)):
            run = run + 1 if words[i] == words[i - length] else 0
            if run == length * (LOOP_REPEATS - 1):
                marked[i - run - length + 1 : i + 1] = [True] * (run + length)
            elif run > length * (LOOP_REPEATS - 1):
                marked[i] = True
    return marked
