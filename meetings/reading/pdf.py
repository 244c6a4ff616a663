"""PDF by pypdf. Runs in the child only."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader

from meetings.reading.refusal import Refused


def pages(file: BinaryIO, most: int) -> Iterator[str]:
    """The text of each page; empty where a page has none or is damaged."""
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("encrypted")
    count = len(reader.pages)
    if count > most:
        raise Refused("too_many_pages", pages=count, most=most)
    for number in range(count):
        try:
            yield reader.pages[number].extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - the edge of a foreign format: the other pages count
            yield ""
