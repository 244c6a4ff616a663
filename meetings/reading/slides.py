"""PPTX by python-pptx: a slide is a page, with its notes behind. Runs in the child only."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pptx import Presentation

from meetings.reading.refusal import Refused


def slides(file: BinaryIO, most: int) -> Iterator[str]:
    """The text of each slide, its tables and groups, then what its notes say."""
    shown = Presentation(file).slides
    if len(shown) > most:
        raise Refused("too_many_pages", pages=len(shown), most=most)
    for slide in shown:
        lines = [line for shape in slide.shapes for line in _lines(shape)]
        if slide.has_notes_slide:
            notes = slide.notes_slide.notes_text_frame
            lines += [notes.text] if notes is not None else []
        yield "\n".join(lines)


def _lines(outer: Any) -> Iterator[str]:
    waiting = [outer]
    while waiting:
        shape = waiting.pop()
        if hasattr(shape, "shapes"):
            waiting.extend(reversed(list(shape.shapes)))
        elif shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield "\t".join(cell.text for cell in row.cells)
