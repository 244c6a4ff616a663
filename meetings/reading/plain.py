"""Plain text and Markdown, which have no pages: the text is given in parts.

Standard library only.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

PART = 3_000
"""Characters of a part, at most."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC_PAGES = ("cp1251", "koi8-r", "cp866")
_MOST_CONTROLS = 0.01
_LEAST_CYRILLIC = 0.7
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def parts(file: BinaryIO) -> Iterator[str]:
    """The text, cut between paragraphs."""
    yield from cut(decoded(file.read()) or "")


def decoded(data: bytes) -> str | None:
    """The text, by its mark, as UTF-8, or in an old Russian code page; None where it is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _told(data, name)
    if b"\0" in data:
        return None
    return _told(data, "utf-8") or _russian(data)


def _told(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = len(_CONTROLS.findall(text))
    return text if controls <= _MOST_CONTROLS * len(text) + 1 else None


def _russian(data: bytes) -> str | None:
    """The code page in which most of the letters are small Russian ones, if most are."""
    read = [text for name in _CYRILLIC_PAGES if (text := _told(data, name)) is not None]
    best = max(read, key=_small, default="")
    foreign = sum(not c.isascii() for c in best)
    return best if foreign and _small(best) >= _LEAST_CYRILLIC * foreign else None


def _small(text: str) -> int:
    return sum("а" <= c <= "я" or c == "ё" for c in text)


def cut(text: str) -> Iterator[str]:
    """``text`` in parts of at most ``PART`` characters, cut at a blank line, a line or a space."""
    rest = text.strip()
    while len(rest) > PART:
        at = next(
            (at for sign in ("\n\n", "\n", " ") if (at := rest.rfind(sign, PART // 3, PART)) > 0),
            PART,
        )
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest
