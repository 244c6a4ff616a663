"""DOCX by python-docx. Runs in the child only.

A document has no pages of its own. They are those that Word drew when it was saved last, else those
that its author began by hand; where there are neither, the text comes in parts.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import docx
from docx.oxml.ns import qn

from meetings.reading.plain import cut

LONGEST_PAGE = 8_000
"""Characters. More between two breaks means that not every page has one."""

_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
_DRAWN, _PARAGRAPH, _CELL = qn("w:lastRenderedPageBreak"), qn("w:p"), qn("w:tc")
_TABLE = qn("w:tbl")
_TYPE, _NUMBERED, _STYLE = qn("w:type"), qn("w:numPr"), qn("w:pStyle")
_VALUE, _STARTS_PAGE = qn("w:val"), qn("w:pageBreakBefore")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = ("0", "false", "off")


def pages(file: BinaryIO) -> tuple[bool, Iterator[str]]:
    """Whether the document says where its pages end, and its text by pages or else by parts."""
    body = docx.Document(file).element.body
    text = _Text()
    _walk(body, text)
    found = ["".join(page).strip() for page in text.pages]
    is_paged = len(found) > 1 and (text.is_drawn or max(map(len, found)) <= LONGEST_PAGE)
    return (True, iter(found)) if is_paged else (False, cut("\n".join(found)))


class _Text:
    """The pages so far."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.is_drawn = False
        self._said = False
        """Whether anything stands behind the last break."""

    def say(self, text: str) -> None:
        """Put text behind what there is."""
        self.pages[-1].append(text)
        self._said = self._said or bool(text.strip())

    def turn(self, *, drawn: bool) -> None:
        """Begin a page; a break that Word drew right behind one set by hand is the same one."""
        self.is_drawn = self.is_drawn or drawn
        if not drawn or self._said:
            self.pages.append([])
            self._said = False


def _walk(element: Any, text: _Text) -> None:
    """In the order of reading, without recursion: documents nest as deep as they like."""
    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        at, is_over = waiting.pop()
        if is_over:
            text.say("\t" if at.tag == _CELL else "\n")
            continue
        if at.tag == _FALLBACK:  # says once more what stands beside it
            continue
        _take(at, text)
        if at.tag in (_PARAGRAPH, _CELL):
            waiting.append((at, True))
        waiting.extend((child, False) for child in reversed(at))


def _take(element: Any, text: _Text) -> None:
    tag = element.tag
    if tag == _TEXT:
        text.say(element.text or "")
    elif tag == _TABLE:
        text.say("\n")
    elif tag == _TAB:
        text.say("\t")
    elif tag == _DRAWN:
        text.turn(drawn=True)
    elif tag == _BREAK:
        if element.get(_TYPE) == "page":
            text.turn(drawn=False)
        else:
            text.say("\n")
    elif tag == _PARAGRAPH:
        _begin(element, text)


def _begin(paragraph: Any, text: _Text) -> None:
    """What a paragraph's own properties say: a page begins, or an entry of a list."""
    starts = paragraph.find(f"*/{_STARTS_PAGE}")
    if starts is not None and starts.get(_VALUE) not in _OFF:
        text.turn(drawn=False)
    style = paragraph.find(f"*/{_STYLE}")
    is_listed = style is not None and (style.get(_VALUE) or "").startswith("List")
    if is_listed or paragraph.find(f"*/{_NUMBERED}") is not None:
        text.say("• ")
