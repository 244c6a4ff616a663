"""The look of DOCX files: page, fonts, language, numbering, head and foot of the page."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

LANGUAGES = {"ru": "ru-RU", "en": "en-GB"}
FONT = "Times New Roman"
INK, QUIET, DOUBT = RGBColor(0, 0, 0), RGBColor(0x56, 0x5F, 0x67), RGBColor(0x7D, 0x4F, 0x00)


def prepare(docx: Docx, sheet: Mapping[str, Any]) -> None:
    """Styles, page of A4, language, and what stands at head and foot of every page."""
    _page(docx)
    _known_styles(docx)
    _own_styles(docx)
    _language(docx, LANGUAGES[sheet["language"]])
    section = docx.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.alignment, foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(sheet["running"], style="Evidence")
    foot.add_run(f"{sheet['page']} ", style="Evidence")
    _field(foot, "PAGE")
    foot.add_run(" / ", style="Evidence")
    _field(foot, "NUMPAGES")


def _page(docx: Docx) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)


def _known_styles(docx: Docx) -> None:
    sizes = {"Normal": 12, "Title": 18, "Heading 1": 14, "Heading 2": 12}
    for name, size in sizes.items():
        style: Any = docx.styles[name]
        _font(style, size)
        style.paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1", "Heading 2"):
        style = docx.styles[name]
        style.font.color.rgb, style.font.bold = INK, True
        style.paragraph_format.space_before = Pt(0 if name == "Title" else 14)
        style.paragraph_format.keep_with_next = True
    borders = docx.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _own_styles(docx: Docx) -> None:
    """Fact, Notice, Spoken, Table Text, Signature; the characters' Evidence and Unverified."""
    for name, size in (("Fact", 12), ("Notice", 10), ("Spoken", 11), ("Table Text", 10.5)):
        style: Any = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = docx.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(2 if name != "Spoken" else 5)
    fact: Any = docx.styles["Fact"]
    fact.paragraph_format.left_indent = Cm(4.6)
    fact.paragraph_format.first_line_indent = Cm(-4.6)
    fact.paragraph_format.tab_stops.add_tab_stop(Cm(4.6))
    notice: Any = docx.styles["Notice"]
    notice.paragraph_format.left_indent = Cm(0.5)
    notice.font.color.rgb = DOUBT
    signature: Any = docx.styles.add_style("Signature", WD_STYLE_TYPE.PARAGRAPH)
    signature.base_style = docx.styles["Normal"]
    signature.paragraph_format.space_before = Pt(26)
    signature.paragraph_format.keep_with_next = True
    for name, colour in (("Evidence", QUIET), ("Unverified", DOUBT)):
        character: Any = docx.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        character.font.color.rgb = colour
        character.font.italic = name == "Unverified"
        character.font.size = Pt(10)


def _font(style: Any, size: float) -> None:
    """One font for all scripts; a theme's fonts would win over it and are taken out."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _language(docx: Docx, code: str) -> None:
    """The language of all text, for spelling and for reading aloud."""
    defaults = docx.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    for kind in ("val", "eastAsia"):
        language.set(qn(f"w:{kind}"), code)


def _field(paragraph: Any, name: str) -> None:
    """A field that the reader's program counts, e.g. PAGE."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1", style="Evidence")
    field.append(run._r)
    paragraph._p.append(field)


def numbering(docx: Docx, prefix: str) -> int:
    """The id of a numbering of its own that begins at 1, each number behind ``prefix``."""
    part = docx.part.numbering_part.element
    style: Any = docx.styles["List Number"]
    known = style.element.pPr.numPr.numId.val
    source = part.num_having_numId(known).abstractNumId.val
    abstract = next(
        found
        for found in part.findall(qn("w:abstractNum"))
        if found.get(qn("w:abstractNumId")) == str(source)
    )
    ids = [int(found.get(qn("w:abstractNumId"))) for found in part.findall(qn("w:abstractNum"))]
    own = deepcopy(abstract)
    own.set(qn("w:abstractNumId"), str(max(ids) + 1))
    for name in ("w:nsid", "w:tmpl"):  # a copy must not claim to be the same list
        for element in own.findall(qn(name)):
            own.remove(element)
    level = own.find(qn("w:lvl"))
    level.find(qn("w:lvlText")).set(qn("w:val"), f"{prefix}%1.")
    for element in level.findall(qn("w:pStyle")):
        level.remove(element)
    if prefix:
        _widen(level)
    part.findall(qn("w:abstractNum"))[-1].addnext(own)
    added: int = part.add_num(max(ids) + 1).numId
    return added


def _widen(level: Any) -> None:
    """Room for numbers of two parts, twentieths of a point."""
    properties = level.find(qn("w:pPr"))
    for name in ("w:ind", "w:tabs"):
        for element in properties.findall(qn(name)):
            properties.remove(element)
    indent = OxmlElement("w:ind")
    indent.set(qn("w:left"), "680")
    indent.set(qn("w:hanging"), "680")
    properties.append(indent)
