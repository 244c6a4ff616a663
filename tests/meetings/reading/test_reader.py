"""Documents as text: by pages where a format has them, and by their content, not their name."""

import sys

import pytest

from meetings.reading import Limits, Unit, read
from tests.meetings.reading import documents
from tests.meetings.reading.documents import on_disk


def test_a_pdf_is_read_page_by_page(tmp_path):
    text = read(on_disk(tmp_path, documents.budget()))
    assert (text.media_type, text.unit, len(text.pages)) == ("application/pdf", Unit.PAGE, 3)
    assert "480 000 рублей" in " ".join(text.pages[1].split())
    assert "480" not in text.pages[0] + text.pages[2]


def test_a_page_without_text_keeps_its_number(tmp_path):
    text = read(on_disk(tmp_path, documents.pdf("one", " ", "three")))
    assert text.pages == ("one", "", "three")


@pytest.mark.parametrize("drawn", [False, True])
def test_a_word_document_has_the_pages_that_its_breaks_make(tmp_path, drawn):
    text = read(on_disk(tmp_path, documents.word(drawn=drawn)))
    assert (text.unit, len(text.pages)) == (Unit.PAGE, 2)
    assert "Кровля\n\t480 000 руб." in text.pages[0]
    assert text.pages[1] == "Подрядчик выбран до июня."


def test_a_word_document_without_breaks_has_no_pages(tmp_path):
    text = read(on_disk(tmp_path, documents.word(breaks=False)))
    assert (text.unit, len(text.pages)) == (Unit.PART, 1)
    assert "• Смета на 2027 год" in text.pages[0]


def test_a_slide_is_a_page_with_its_table_and_its_notes(tmp_path):
    text = read(on_disk(tmp_path, documents.slides()))
    assert (text.unit, len(text.pages)) == (Unit.SLIDE, 2)
    assert text.pages[0].startswith("Agenda\nBudget")
    assert "Total\t12,000" in text.pages[0]
    assert "Say that it is net." in text.pages[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_text_is_read_in_the_encodings_of_old_and_new(tmp_path, encoding):
    said = "Решили перенести запуск на пятницу, бюджет остаётся прежним."
    text = read(on_disk(tmp_path, said.encode(encoding)))
    assert (text.media_type, text.unit, text.pages) == ("text/plain", Unit.PART, (said,))


def test_long_text_is_cut_between_paragraphs_and_nothing_is_lost(tmp_path):
    paragraphs = [f"Абзац {n}. " + "слово " * 100 for n in range(40)]
    text = read(on_disk(tmp_path, "\n\n".join(paragraphs).encode()))
    assert len(text.pages) > 5
    assert max(map(len, text.pages)) <= 3_000
    assert " ".join(" ".join(text.pages).split()) == " ".join(" ".join(paragraphs).split())
    assert all(page.startswith("Абзац") for page in text.pages)


def test_a_name_that_lies_about_the_format_changes_nothing(tmp_path):
    assert read(on_disk(tmp_path, documents.budget(), "notes.txt")).media_type == "application/pdf"
    assert read(on_disk(tmp_path, "только слова".encode(), "scan.pdf")).unit is Unit.PART


def test_the_limits_are_those_that_are_set(tmp_path):
    path = on_disk(tmp_path, documents.budget())
    assert len(read(path, Limits(pages=3)).pages) == 3


def test_no_library_of_documents_is_loaded_outside_of_the_child(tmp_path):
    before = set(sys.modules)
    read(on_disk(tmp_path, b"plain"))
    assert not {"pypdf", "docx", "pptx"} & (set(sys.modules) - before)
