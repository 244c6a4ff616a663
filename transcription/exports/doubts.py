"""Words that the engine was unsure of, marked so that they stand out on paper too."""

import re
from typing import Any

from transcription.exports.options import Document

UNSURE = 0.5
"""Words with a lower confidence are marked."""

MARK = "[?]"

_WORD = re.compile(r"^(.*?)(\W*)$", re.S)


def marked(document: Document) -> Document:
    """The same transcript with ``[?]`` behind every unsure word, before its punctuation.

    A segment whose text is not made of its words keeps its text; its words are marked.
    """
    return {**document, "segments": [_segment(segment) for segment in document["segments"]]}


def _segment(segment: dict[str, Any]) -> dict[str, Any]:
    words = [_word(word) for word in segment["words"]]
    if _text(segment["words"]) != " ".join(segment["text"].split()):
        return {**segment, "words": words}
    return {**segment, "words": words, "text": _text(words)}


def _word(word: dict[str, Any]) -> dict[str, Any]:
    confidence = word.get("confidence")
    if confidence is None or confidence >= UNSURE:
        return word
    return {**word, "text": _WORD.sub(rf"\1{MARK}\2", word["text"], count=1)}


def _text(words: list[dict[str, Any]]) -> str:
    return " ".join(" ".join(word["text"] for word in words).split())
