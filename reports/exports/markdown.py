"""Sheets as Markdown (CommonMark, tables as GitHub has them)."""

import re
from collections.abc import Callable
from typing import Any

from reports.exports import sheet as parts
from reports.exports.sheet import Line, Sheet

_INLINE = re.compile(r"([\\`*_{}\[\]<>#|~&!$@])")
_FIRST = re.compile(r"^(\d+)([.)])|^([-+=:])")


def write(sheet: Sheet) -> bytes:
    """The whole file in UTF-8; texts are escaped and cannot become markup."""
    blocks = [f"# {escaped(sheet.title)}"]
    if sheet.running:
        blocks.append(f"*{escaped(sheet.running)}*")
    blocks += [_WRITERS[type(block)](block) for block in sheet.blocks]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def escaped(text: str) -> str:
    """``text`` with a backslash before all that could begin markup, a block or a bare link."""
    return _FIRST.sub(_first, _inline(text))


def _inline(text: str) -> str:
    marks = _INLINE.sub(r"\\\1", text)
    return marks.replace("://", ":\\/\\/").replace("www.", "www\\.")


def _first(match: re.Match[str]) -> str:
    number, mark, bullet = match.groups()
    return f"{number}\\{mark}" if number else f"\\{bullet}"


def _line(line: Line) -> str:
    """Marks of emphasis hug the text; the spaces around it stay outside."""
    out = []
    for run in line:
        inner = run.text.strip()
        if not inner:
            out.append(run.text)
            continue
        before = run.text[: len(run.text) - len(run.text.lstrip())]
        behind = run.text[len(run.text.rstrip()) :]
        mark = {"strong": "**", "doubt": "*"}.get(run.mark, "")
        text = escaped(inner) if not out or mark else _inline(inner)
        out.append(f"{before}{mark}{text}{mark}{behind}")
    return "".join(out).strip()


def _heading(block: parts.Heading) -> str:
    return f"{'#' * (block.level + 1)} {escaped(block.text)}"


def _paragraph(block: parts.Paragraph) -> str:
    text = _line(block.runs)
    return f"> {text}" if block.kind == "notice" else text


def _listing(block: parts.Listing) -> str:
    if block.prefix:
        numbered = enumerate(block.items, 1)
        return "\n\n".join(f"{block.prefix}{n}\\. {_line(item)}" for n, item in numbered)
    if block.ordered:
        return "\n".join(f"{n}. {_line(item)}" for n, item in enumerate(block.items, 1))
    return "\n".join(f"- {_line(item)}" for item in block.items)


def _pairs(block: parts.Pairs) -> str:
    return "\n".join(f"- **{escaped(label)}:** {_line(text)}" for label, text in block.rows)


def _table(block: parts.Table) -> str:
    rows = [[escaped(cell) for cell in block.header], ["---"] * len(block.header)]
    rows += [[_line(cell) for cell in row] for row in block.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _ends(block: parts.Ends) -> str:
    return " · ".join(escaped(text) for text in (block.left, block.right) if text)


def _signatures(block: parts.Signatures) -> str:
    lines = (f"{escaped(office)} \\_\\_\\_\\_\\_\\_\\_\\_ {escaped(n)}" for office, n in block.rows)
    return "\n\n".join(line.rstrip() for line in lines)


_WRITERS: dict[type, Callable[[Any], str]] = {
    parts.Heading: _heading,
    parts.Paragraph: _paragraph,
    parts.Listing: _listing,
    parts.Pairs: _pairs,
    parts.Table: _table,
    parts.Ends: _ends,
    parts.Signatures: _signatures,
}
