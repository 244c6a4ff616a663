"""Sheets as DOCX (Office Open XML) with Word's own styles, lists and repeated table headers."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from reports.exports import word_styles

Values = Mapping[str, Any]

_CHARACTERS = {"strong": "Strong", "quiet": "Evidence", "doubt": "Unverified"}

LINE = Cm(17)
"""Between the margins of A4."""


def write(sheet: Values) -> bytes:
    """The file. ``sheet``: ``sheet.as_json``'s values."""
    docx = Document()
    word_styles.prepare(docx, sheet)
    _properties(docx, sheet)
    page = _Page(docx, {style.name: style.style_id for style in docx.styles})
    title = page.paragraph("Title")
    title.add_run(sheet["title"])
    if sheet["centred"]:
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in sheet["blocks"]:
        _WRITERS[block["block"]](page, block)
    file = io.BytesIO()
    docx.save(file)
    return file.getvalue()


@dataclass(frozen=True)
class _Page:
    """The document with the ids of its styles by name, which python-docx would seek each time."""

    docx: Docx
    styles: dict[str, str]

    def paragraph(self, style: str = "Normal") -> Paragraph:
        return self.styled(self.docx.add_paragraph(), style)

    def styled(self, paragraph: Paragraph, style: str) -> Paragraph:
        if style != "Normal":
            paragraph._p.style = self.styles[style]
        return paragraph

    def runs(self, paragraph: Paragraph, runs: Iterable[Values]) -> None:
        for run in runs:
            added = paragraph.add_run(run["text"])
            if run["mark"]:
                added._r.style = self.styles[_CHARACTERS[run["mark"]]]


def _properties(docx: Docx, sheet: Values) -> None:
    core = docx.core_properties
    core.title, core.subject = sheet["name"][:255], sheet["subject"][:255]
    core.author, core.last_modified_by = sheet["author"][:255], ""
    core.language = word_styles.LANGUAGES[sheet["language"]]
    core.comments, core.keywords = "", ""
    core.created = core.modified = datetime.fromisoformat(sheet["created"])


def _heading(page: _Page, block: Values) -> None:
    paragraph = page.paragraph(f"Heading {block['level']}")
    paragraph.add_run(block["text"])
    if block["on_new_page"]:
        paragraph.paragraph_format.page_break_before = True


def _paragraph(page: _Page, block: Values) -> None:
    style = {"notice": "Notice", "spoken": "Spoken"}.get(block["kind"], "Normal")
    page.runs(page.paragraph(style), block["runs"])


def _listing(page: _Page, block: Values) -> None:
    """Numbers begin anew with every list; a prefix is part of the list's numbering."""
    if not block["ordered"]:
        for item in block["items"]:
            page.runs(page.paragraph("List Bullet"), item)
        return
    numbering = word_styles.numbering(page.docx, block["prefix"])
    for item in block["items"]:
        paragraph = page.paragraph("List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = numbering
        page.runs(paragraph, item)


def _pairs(page: _Page, block: Values) -> None:
    for label, runs in block["rows"]:
        paragraph = page.paragraph("Fact")
        page.runs(paragraph, [{"text": f"{label}:\t", "mark": "strong"}, *runs])


def _table(page: _Page, block: Values) -> None:
    """Every row whole on its page, the header on each."""
    whole = sum(block["widths"])
    widths = [int(LINE * share / whole) for share in block["widths"]]
    table = page.docx.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    header = [[{"text": label, "mark": "strong"}] for label in block["header"]]
    for number, row in enumerate([header, *block["rows"]]):
        added = table.add_row()
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, runs, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            page.runs(page.styled(cell.paragraphs[0], "Table Text"), runs)


def _ends(page: _Page, block: Values) -> None:
    paragraph = page.paragraph()
    paragraph.add_run(f"{block['left']}\t{block['right']}")
    paragraph.paragraph_format.tab_stops.add_tab_stop(LINE, WD_TAB_ALIGNMENT.RIGHT)


def _signatures(page: _Page, block: Values) -> None:
    for office, name in block["rows"]:
        paragraph = page.paragraph("Signature")
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(4.5))
        stops.add_tab_stop(Cm(10.5), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
        paragraph.add_run(f"{office}\t\t {name}".rstrip(" "))


_WRITERS: dict[str, Callable[[_Page, Values], None]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "listing": _listing,
    "pairs": _pairs,
    "table": _table,
    "ends": _ends,
    "signatures": _signatures,
}
