"""Reads the foreign document on standard input and writes its text as JSON.

Runs confined, by ``python -m``, in a process of its own, and forbids itself what reading does not
need: other programs and the network.
"""

import json
import sys
from collections.abc import Iterable
from typing import Any

from meetings.reading import kinds
from meetings.reading.refusal import Refused

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def forbid(event: str, arguments: Any) -> None:
    """An audit hook: what the child may not do ends it."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def examine(most_pages: int, most_characters: int) -> dict[str, Any]:
    """The document on descriptor 0, or ``{"refused": code, "facts": {…}}``."""
    try:
        with open(0, "rb", closefd=False) as file:
            kind = kinds.kind_of(file)
            unit, pages = _pages(kind, file, most_pages)
            found = _bounded(pages, most_pages, most_characters)
    except Refused as refusal:
        return {"refused": refusal.code, "facts": refusal.facts}
    except MemoryError:
        return {"refused": "too_large_unpacked", "facts": {}}
    except Exception as error:  # noqa: BLE001 - the process's edge: whatever a library makes of it
        sys.stderr.write(f"{type(error).__name__}: {error}"[:2000])
        return {"refused": "damaged", "facts": {}}
    return {"media_type": kind, "unit": unit, "pages": found}


def _pages(kind: str, file: Any, most: int) -> tuple[str, Iterable[str]]:
    """What a page is called, and the pages. Only the library that is needed is loaded."""
    if kind == kinds.PDF:
        from meetings.reading import pdf  # noqa: PLC0415

        return "page", pdf.pages(file, most)
    if kind == kinds.WORD:
        from meetings.reading import word  # noqa: PLC0415

        is_paged, pages = word.pages(file)
        return "page" if is_paged else "part", pages
    if kind == kinds.SLIDES:
        from meetings.reading import slides  # noqa: PLC0415

        return "slide", slides.slides(file, most)
    from meetings.reading import plain  # noqa: PLC0415

    return "part", plain.parts(file)


def _bounded(pages: Iterable[str], most_pages: int, most_characters: int) -> list[str]:
    found: list[str] = []
    left = most_characters
    for text in pages:
        left -= len(text)
        if left < 0:
            raise Refused("too_much_text", most=most_characters)
        found.append(text)
        if len(found) > max(most_pages, most_characters // 1000):
            raise Refused("too_many_pages", pages=len(found), most=most_pages)
    if not any(text.strip() for text in found):
        raise Refused("no_text")
    return found


if __name__ == "__main__":
    sys.addaudithook(forbid)
    told = json.dumps(examine(int(sys.argv[1]), int(sys.argv[2])), ensure_ascii=True)
    sys.stdout.write(told)
