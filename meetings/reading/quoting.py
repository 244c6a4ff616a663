"""Where the words of a quote stand in a page. Pure."""

import re
from dataclasses import dataclass

LONGEST_QUOTE = 500
"""Characters."""

_WORD = re.compile(r"\w+")
_FILLED = r"[\W_]+"


@dataclass(frozen=True)
class Stretch:
    """A stretch of a page; ``quoted``: it is what was asked for."""

    text: str
    quoted: bool = False


def place_of(quote: str, text: str) -> tuple[int, int] | None:
    """Begin and end of the first place where the quote's words follow each other, or None.

    Case, punctuation, breaks and ё/е do not matter.
    """
    words = _WORD.findall(quote.casefold().replace("ё", "е"))
    if not words:
        return None
    pattern = rf"(?<!\w){_FILLED.join(map(_either_e, words))}(?!\w)"
    found = re.search(pattern, text, re.IGNORECASE)
    return found.span() if found else None


def _either_e(word: str) -> str:
    return re.escape(word).replace("е", "[её]")


def stretches(text: str, quote: str) -> list[Stretch]:
    """``text`` in stretches, of which the quote is one where it stands there."""
    place = place_of(quote, text)
    if place is None:
        return [Stretch(text)]
    begin, end = place
    parts = (Stretch(text[:begin]), Stretch(text[begin:end], quoted=True), Stretch(text[end:]))
    return [part for part in parts if part.text]
