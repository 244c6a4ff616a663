"""Documents for tests, made on the spot: good ones, and those that somebody sends on purpose."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import typst
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader, PdfWriter

AGENDA = ("Смета на 2027 год", "График ремонта", "Разное")


def pdf(*pages: str) -> bytes:
    """A PDF with a paragraph for each line of each page."""
    typeset = ["#set page(width: 12cm, height: 14cm)\n"]
    for number, page in enumerate(pages):
        lines = " \\\n".join(f"#text({quoted(line)})" for line in page.split("\n"))
        typeset.append(("#pagebreak()\n" if number else "") + lines + "\n")
    return typst.compile("".join(typeset).encode(), format="pdf")


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def budget() -> bytes:
    """Three pages: an agenda, an estimate with figures, a signature."""
    items = "\n".join(f"{n}. {item}" for n, item in enumerate(AGENDA, 1))
    return pdf(
        f"Совет дома\nПовестка дня\n{items}",
        "Смета\nРемонт кровли составит 480 000 рублей.\nПодрядчик — ООО «Кров».",
        "Составил: Орлов",
    )


def scanned() -> bytes:
    """A page that is a picture and nothing else."""
    return typst.compile(b"#rect(width: 3cm, height: 3cm, fill: blue)", format="pdf")


def locked(password: str = "secret") -> bytes:
    """A PDF that opens with a password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Тайна"))))
    writer.encrypt(password, algorithm="AES-256")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def many_pages(count: int) -> bytes:
    """A PDF of ``count`` empty pages."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    return written(writer)


def inflating_pdf(megabytes: int) -> bytes:
    """A page whose content unpacks to ``megabytes`` of spaces."""
    body = zlib.compress(b" " * (megabytes << 20), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(body), body),
    ]
    made = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n"
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    return bytes(made)


def word(*, breaks: bool = True, drawn: bool = False) -> bytes:
    """An agenda as a list, a table, and a second page where ``breaks`` or ``drawn``."""
    document = Document()
    document.add_paragraph("Повестка дня")
    for item in AGENDA:
        document.add_paragraph(item, style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Кровля", "480 000 руб."
    last = document.add_paragraph()
    if breaks:
        last.add_run().add_break(WD_BREAK.PAGE)
    run = last.add_run()
    if drawn:
        run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    last.add_run("Подрядчик выбран до июня.")
    return saved(document)


def slides() -> bytes:
    """Two slides; the first with a table and notes."""
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Agenda"
    first.placeholders[1].text = "Budget\nHiring"
    table = first.shapes.add_table(1, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Total", "12,000"
    first.notes_slide.notes_text_frame.text = "Say that it is net."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Thank you"
    return saved(deck)


def saved(document: object) -> bytes:
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """An archive with some of its parts replaced or added; ``__`` in a name is a slash."""
    named = {name.replace("__", "/").replace("_dot_", "."): value for name, value in parts.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            if entry.filename not in named:
                new.writestr(entry, old.read(entry))
        for name, value in named.items():
            new.writestr(name, value, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def bomb(megabytes: int) -> bytes:
    """A DOCX with a part of ``megabytes`` that is packed to a thousandth."""
    return repacked(word(), word__media__image1_dot_png=b"\0" * (megabytes << 20))


def lying_bomb(megabytes: int) -> bytes:
    """The same, whose directory says that the text is small."""
    content = b"<w:document>" + b"<w:p/>" * (megabytes * 170_000)
    data = bytearray(repacked(word(), word__document_dot_xml=content))
    real, small = struct.pack("<I", len(content)), struct.pack("<I", 1000)
    return bytes(data.replace(real, small))


def with_entities(address: str = "file:///etc/passwd") -> bytes:
    """A DOCX whose text is to be fetched from elsewhere."""
    content = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"
    )
    return repacked(word(), word__document_dot_xml=content.encode())


def on_disk(folder: Path, data: bytes, name: str = "document") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
