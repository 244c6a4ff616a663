"""A laid-out document: blocks of plain text that every format can write, and its JSON.

All texts are data. No block holds markup of any format, so none can be injected.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """A stretch of text; ``mark``: empty, ``strong``, ``quiet`` (times, remarks) or ``doubt``."""

    text: str
    mark: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 stands below the title."""

    level: int
    text: str
    on_new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``kind``: ``text``, ``notice`` (what the reader must know) or ``spoken``."""

    runs: Line
    kind: str = "text"


@dataclass(frozen=True)
class Listing:
    """A list: bullets, or numbers with ``prefix`` before each (``1.`` makes 1.1., 1.2.)."""

    items: tuple[Line, ...]
    ordered: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Pairs:
    """Labels with their values, e.g. of a document's head."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Table:
    """A table whose header is repeated on every page; ``widths`` are shares of the line."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Ends:
    """One line with a text at either end, as date and place stand in a protocol."""

    left: str
    right: str


@dataclass(frozen=True)
class Signatures:
    """Places to sign: office and name, which may be empty."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Listing | Pairs | Table | Ends | Signatures


@dataclass(frozen=True)
class Sheet:
    """A document: ``title`` is shown, ``name`` is its title among the file's properties.

    ``language`` is ISO 639-1, ``created`` ISO 8601, ``running`` stands at the head of every page,
    ``centred`` says where the title stands, ``page`` is the word before the page's number.
    """

    title: str
    name: str
    subject: str
    author: str
    language: str
    created: str
    running: str
    page: str
    centred: bool
    blocks: tuple[Block, ...]


def as_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain values, each block with its ``block``: the class's name in lower case."""
    blocks = [asdict(block) | {"block": type(block).__name__.lower()} for block in sheet.blocks]
    return {name: getattr(sheet, name) for name in sheet.__dataclass_fields__} | {"blocks": blocks}


def plain(line: Line | list[Mapping[str, str]]) -> str:
    """The text of a line without its marks."""
    return "".join(run.text if isinstance(run, Run) else run["text"] for run in line)
