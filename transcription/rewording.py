"""Words of a person in place of recognised ones: each gets a time. Pure.

A word is ``{"start", "end", "text", "confidence"}``, seconds of the recording. Words that stayed
keep their times; new ones share out the time of those that they replace, by their letters.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from transcription.alignment import LOW_CONFIDENCE, looped

Word = dict[str, Any]

SURE = 1.0
"""Confidence of what a person wrote or confirmed."""


def tidy(text: str) -> str:
    """``text`` with single spaces between its words."""
    return " ".join(text.split())


def reword(words: Sequence[Word], text: str, *, start: float, end: float) -> list[Word]:
    """The words of ``text`` with times, within ``start`` and ``end`` where nothing is known."""
    new = text.split()
    if not words:
        return _spread(new, start, end)
    old_keys, new_keys = [_key(w["text"]) for w in words], [_key(t) for t in new]
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    found: list[Word] = []
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            pairs = zip(words[i1:i2], new[j1:j2], strict=True)
            found += [_kept(word, token) for word, token in pairs]
        elif op == "replace":
            found += _spread(new[j1:j2], words[i1]["start"], words[i2 - 1]["end"])
        elif op == "insert":
            _insert(found, new[j1:j2], start, words[i1]["start"] if i1 < len(words) else end)
    return found


def cut(words: Sequence[Word], text: str, at: int) -> tuple[list[Word], list[Word]]:
    """The words before and behind the character ``at`` of ``text``; one that it cuts is parted."""
    before, behind = [], []
    for word, place in zip(words, _places(words, text), strict=True):
        length = len(word["text"])
        if place + length <= at:
            before.append(word)
        elif place >= at:
            behind.append(word)
        else:
            share = (at - place) / length
            middle = round(word["start"] + share * (word["end"] - word["start"]), 3)
            before.append({**word, "end": middle, "text": word["text"][: at - place]})
            behind.append({**word, "start": middle, "text": word["text"][at - place :]})
    return before, behind


def confirmed(words: Sequence[Word]) -> list[Word]:
    """The same words, none in doubt."""
    return [{**word, "confidence": max(word.get("confidence") or 0.0, SURE)} for word in words]


def doubts(flags: Sequence[str], words: Sequence[Word]) -> list[str]:
    """Those of ``flags`` that still hold after a person changed words."""
    mean = sum(word["confidence"] for word in words) / max(1, len(words))
    is_looped = sum(looped([_key(word["text"]) for word in words]))
    gone = {
        "low_confidence": mean >= LOW_CONFIDENCE,
        "loop": 2 * is_looped < len(words),
    }
    return [flag for flag in flags if not gone.get(flag)]


def shortened(before: str, after: str) -> tuple[str, str]:
    """Two texts without the words that they begin and end with alike, but for one on each side."""
    old, new = before.split(), after.split()
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    cut = max(0, head - 1)
    return _within(old, cut, max(0, tail - 1)), _within(new, cut, max(0, tail - 1))


def _within(words: Sequence[str], head: int, tail: int) -> str:
    kept = " ".join(words[head : len(words) - tail])
    return f"{'… ' if head else ''}{kept}{' …' if tail else ''}"


def _key(token: str) -> str:
    return re.sub(r"\W", "", token).casefold() or token


def _kept(word: Word, token: str) -> Word:
    """A recognised word, or the same one with other marks or letters' case."""
    return dict(word) if word["text"] == token else {**word, "text": token, "confidence": SURE}


def _insert(found: list[Word], tokens: Sequence[str], start: float, until: float) -> None:
    """Words that came in share the time of the one before them, until the next begins."""
    if not found:
        found += _spread(tokens, min(start, until), until)
        return
    last = found[-1]
    shared = _spread([last["text"], *tokens], last["start"], max(until, last["end"]))
    found[-1] = {**last, "end": shared[0]["end"]}
    found += shared[1:]


def _spread(tokens: Sequence[str], start: float, end: float) -> list[Word]:
    """``tokens`` one after the other from ``start`` to ``end``, by their letters."""
    letters = sum(len(token) for token in tokens)
    edges = [start]
    for token in tokens:
        edges.append(edges[-1] + (end - start) * len(token) / letters)
    return [
        {"start": round(a, 3), "end": round(b, 3), "text": token, "confidence": SURE}
        for token, (a, b) in zip(tokens, pairwise(edges), strict=True)
    ]


def _places(words: Sequence[Word], text: str) -> Iterator[int]:
    """Where in ``text`` each word begins."""
    place = 0
    for word in words:
        place = max(place, text.find(word["text"], place))
        yield place
        place += len(word["text"])
