"""The files, read back: styles and tables of DOCX, tags and fonts of PDF, texts that stay texts."""

import io
import json
import re
import time

import pypdf
import pytest
from docx import Document

from reports.exports import formats, pdf, word
from reports.exports.facts import Options, Participant, Turn
from reports.exports.sheet import as_json
from tests.reports.exports.samples import document, facts, section, sheet, statement

LAYOUTS = ("minutes", "protocol")
HOSTILE = (
    'x"] #panic("ran") $x$ *жирно* @ref <script>alert(1)</script> [x](javascript:y) {{ 7*7 }} '
    '#import "/etc/passwd": * \\ `код` | = Заголовок </w:t> &amp; ]]> 1. http://a.b www.a.b'
)
CONTROL = "раз\x00два\x0bтри\ufffe\u202eчетыре"


def values(made):
    """The sheet as the rendering process gets it."""
    return json.loads(formats.rendering(made))


def as_docx(made):
    return Document(io.BytesIO(word.write(values(made))))


def as_pdf(made):
    return pypdf.PdfReader(io.BytesIO(pdf.write(values(made))))


def docx_text(made):
    read = as_docx(made)
    cells = [c.text for table in read.tables for row in table.rows for c in row.cells]
    return "\n".join([paragraph.text for paragraph in read.paragraphs] + cells)


def pdf_text(read):
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def hostile():
    written = document(
        sections=[
            section("decision", HOSTILE, statement("decision", HOSTILE, 40.0)),
            section("own", "Разное", statement("action_item", CONTROL, 40.0, assignee=HOSTILE)),
        ]
    )
    told = facts(
        title=HOSTILE,
        place=CONTROL,
        participants=(Participant(HOSTILE, 3.0),),
        turns=(Turn(0.0, 3.0, HOSTILE, HOSTILE),),
    )
    return written, told


def test_a_sheet_survives_its_journey_to_the_rendering_process():
    made = sheet("protocol", transcript=True)
    told = as_json(made)
    assert values(made)["blocks"] == json.loads(json.dumps(told["blocks"]))
    assert {block["block"] for block in told["blocks"]} <= set(word._WRITERS)


def test_docx_has_words_own_styles_and_a_header_row_on_every_page():
    read = as_docx(sheet(transcript=True))
    styles = {paragraph.style.name for paragraph in read.paragraphs}
    assert {"Title", "Heading 1", "List Number", "List Bullet", "Spoken", "Notice"} <= styles
    for table in read.tables:
        first, *others = table.rows
        assert first._tr.xpath("./w:trPr/w:tblHeader")
        assert not any(row._tr.xpath("./w:trPr/w:tblHeader") for row in others)
    assert "Проверить принтеры." in [row.cells[1].text for row in read.tables[1].rows]


@pytest.mark.parametrize(("language", "code"), [("ru", "ru-RU"), ("en", "en-GB")])
def test_docx_says_its_language_title_and_subject(language, code):
    read = as_docx(sheet(language=language))
    assert read.core_properties.language == code
    assert read.core_properties.title == "Планёрка: запуск доставки"
    assert "16" in read.core_properties.subject
    assert read.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == [code]


def test_docx_lists_begin_at_one_and_clauses_bear_their_items_number():
    read = as_docx(sheet("protocol"))
    numbered = [p for p in read.paragraphs if p.style.name == "List Number"]
    ids = list(dict.fromkeys(p._p.pPr.numPr.numId.val for p in numbered))
    assert len(ids) == 3  # the agenda, and the resolutions of two items
    numbering = read.part.numbering_part.element
    formats_of = []
    for number in ids:
        abstract = numbering.num_having_numId(number).abstractNumId.val
        found = numbering.xpath(f"./w:abstractNum[@w:abstractNumId='{abstract}']//w:lvlText")
        formats_of.append(found[0].values()[0])
    assert formats_of == ["%1.", "1.%1.", "2.%1."]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_pdf_is_tagged_and_says_its_language_and_title(layout, language):
    made = sheet(layout, language, transcript=True)
    read = as_pdf(made)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == language
    assert read.metadata.title == made.name
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()  # PDF/UA
    tags = _tags(root["/StructTreeRoot"])
    assert {"/H1", "/P", "/L", "/LI"} <= tags
    assert layout == "protocol" or {"/Table", "/TH", "/TD"} <= tags


def _tags(node):
    found = {str(node["/S"])} if "/S" in node else set()
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict):
            found |= _tags(child)
    return found


def test_every_font_of_a_pdf_is_embedded_and_none_is_the_systems():
    read = as_pdf(sheet(transcript=True))
    names = set()
    for page in read.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(font["/BaseFont"]).partition("+")[2].partition("-")[0])
    assert names == {"LibertinusSerif"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cyrillic_can_be_read_out_of_both(layout):
    made = sheet(layout, transcript=True)
    for text in (pdf_text(as_pdf(made)), docx_text(made)):
        for words in (
            "Планёрка: запуск доставки",
            "Запускаем второго апреля.",
            "не подтверждено: число не встречается",
            "[1:01]",
            "Доброе утро, коллеги.",
            "Составлен без языковой модели.",
        ):
            assert words in text


def test_a_draft_says_so_on_every_page_of_both():
    made = sheet(transcript=True)
    read = as_pdf(made)
    assert len(read.pages) > 1
    assert all("Черновик, версия 2. Не утверждён." in page.extract_text() for page in read.pages)
    assert "Черновик" in as_docx(made).sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_texts_of_people_stay_texts_in_every_format(layout):
    written, told = hostile()
    made = sheet(layout, written=written, told=told, transcript=True)
    once = " ".join(HOSTILE.split())
    assert once in docx_text(made)
    assert once.replace(" ", "") in pdf_text(as_pdf(made)).replace(" ", "")
    said = formats.as_markdown(made).decode()
    for markup in (r"<script", r"\]\(javascript", r"\*жирно", r"://", r"`код", r"\| =", r"&amp"):
        assert not re.search(rf"(?<!\\){markup}", said)


def test_control_characters_and_turned_letters_are_taken_out():
    written, told = hostile()
    made = sheet(written=written, told=told)
    for text in (docx_text(made), pdf_text(as_pdf(made)), formats.as_markdown(made).decode()):
        assert "раздватричетыре" in text
        assert not {"\x00", "\x0b", "\ufffe", "\u202e"} & set(text)


def test_letters_that_no_font_has_do_not_keep_a_pdf_from_being_made():
    made = sheet(told=facts(title="Итоги 😀 会議"))
    read = as_pdf(made)
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert "Итоги" in pdf_text(read)


def test_json_is_the_document_with_the_meetings_facts():
    made = json.loads(formats.as_data(document(), facts(), Options(transcript=True)))
    assert made["sections"][2]["statements"][1]["verdict"] == "unverified"
    assert made["meeting_facts"]["title"] == "Планёрка: запуск доставки"
    assert made["meeting_facts"]["participants"][1] == {
        "name": "Борис Литвин",
        "seconds": 44.0,
        "named": True,
    }
    assert made["transcript"][0]["text"] == "Доброе утро, коллеги."
    assert "transcript" not in json.loads(formats.as_data(document(), facts(), Options()))


@pytest.mark.slow
@pytest.mark.parametrize("write", [pdf.write, word.write])
def test_five_hours_with_their_transcript_take_seconds_and_a_few_megabytes(write):
    words = "Обсуждали сроки поставки оборудования и бюджет на второй квартал, возражений нет. " * 2
    turns = tuple(
        Turn(6.0 * n, 6.0 * n + 5.5, f"Участник {n % 7}", words.strip()) for n in range(3000)
    )
    statements = [statement("decision", f"Решение {n}. {words}", 6.0 * n) for n in range(300)]
    written = document(sections=[section("decision", "Решения", *statements)])
    given = values(sheet(written=written, told=facts(turns=turns), transcript=True))
    began = time.process_time()
    size = len(write(given))
    assert time.process_time() - began < 30
    assert size < 5_000_000
