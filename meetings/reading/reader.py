"""The safe side of reading: a confined child is asked, and its answer believed like any input."""

import json
import logging
import signal
import sys
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from meetings.media import sandbox
from meetings.reading.errors import SENTENCES, UnreadableDocument

logger = logging.getLogger(__name__)

CHILD = (sys.executable, "-B", "-E", "-s", "-m", "meetings.reading.child")
CONFINED = sandbox.Limits(cpu=60, memory=1 << 30, file_size=0)
MEDIA_TYPES = {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/plain",
}
_ESCAPED = 12
"""Bytes of the answer that a character may take, at most."""
_KEPT = {"\n", "\t"}


class Unit(StrEnum):
    """What the numbers of a document's pages count."""

    PAGE = "page"
    SLIDE = "slide"
    PART = "part"
    """The format has no pages; the text is in parts of some thousand characters."""


@dataclass(frozen=True)
class Limits:
    """What is read: pages, characters in all, and seconds on the clock."""

    pages: int = 500
    characters: int = 1_000_000
    seconds: float = 90.0


@dataclass(frozen=True)
class Reading:
    """A document's text: page ``n`` is ``pages[n - 1]``; a page may be empty, not all of them."""

    media_type: str
    unit: Unit
    pages: tuple[str, ...]


def read(path: Path, limits: Limits | None = None) -> Reading:
    """The text of the document at ``path``, free of control characters.

    UnreadableDocument where it has none that can be read within ``limits``; OSError where it
    cannot be opened at all.
    """
    limits = limits or Limits()
    said = bytearray()
    most = _ESCAPED * limits.characters + (1 << 20)

    def hear(chunk: bytes) -> None:
        if len(said) + len(chunk) > most:
            raise UnreadableDocument("too_much_text", most=limits.characters)
        said.extend(chunk)

    ended = sandbox.run(
        [*CHILD, str(limits.pages), str(limits.characters)],
        given=path,
        limits=CONFINED,
        timeout=limits.seconds,
        on_output=hear,
    )
    found = _answer(ended, bytes(said))
    if "refused" in found:
        raise _refusal(found, limits)
    try:
        return _reading(found)
    except (KeyError, TypeError, ValueError):
        raise UnreadableDocument("damaged") from None


def _answer(ended: sandbox.Finished, said: bytes) -> dict[str, Any]:
    if ended.timed_out or ended.returncode == -signal.SIGXCPU:
        raise UnreadableDocument("read_timeout")
    if ended.returncode == -signal.SIGKILL:  # not by us: the kernel was short of memory
        raise UnreadableDocument("too_large_unpacked")
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = None
    if ended.returncode or not isinstance(found, dict):
        logger.warning("reading ended with %s: %r", ended.returncode, ended.stderr[-2000:])
        raise UnreadableDocument("damaged")
    return found


def _refusal(found: dict[str, Any], limits: Limits) -> UnreadableDocument:
    code = str(found["refused"])
    if code == "too_many_pages":
        told = dict(found.get("facts") or {}).get("pages", 0)
        pages = told if isinstance(told, int) else 0
        return UnreadableDocument(code, pages=pages, most=limits.pages)
    if code == "too_much_text":
        return UnreadableDocument(code, most=limits.characters)
    return UnreadableDocument(code if code in SENTENCES else "damaged")


def _reading(found: dict[str, Any]) -> Reading:
    if found["media_type"] not in MEDIA_TYPES:
        raise ValueError(found["media_type"])
    pages = tuple(clean(str(text)) for text in found["pages"])
    if not any(pages):
        raise UnreadableDocument("no_text")
    return Reading(found["media_type"], Unit(found["unit"]), pages)


def clean(text: str) -> str:
    """``text`` without what cannot be seen or turns other letters round; breaks stay."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in _KEPT or unicodedata.category(c)[0] != "C")
    return "\n".join(line.rstrip() for line in "".join(kept).split("\n")).strip()
