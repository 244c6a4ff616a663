"""Bad and hostile documents: each has a clear outcome, soon, and nothing but the file is read."""

import io
import os
import time
import zipfile

import pytest

from meetings.reading import SENTENCES, Limits, UnreadableDocument, read
from meetings.reading.child import forbid
from tests.meetings.reading import documents
from tests.meetings.reading.documents import on_disk
from tests.meetings.test_media_hostile import listening

SECONDS = 20.0  # within which each is refused, on a busy machine


def refused(tmp_path, data, limits=None):
    began = time.monotonic()
    with pytest.raises(UnreadableDocument) as caught:
        read(on_disk(tmp_path, data), limits)
    assert time.monotonic() - began < SECONDS
    assert caught.value.code in SENTENCES
    return caught.value


def archive(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, value in parts.items():
            new.writestr(name, value)
    return made.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "empty_file"),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_document"),
        (lambda: b"{\\rtf1 hello}", "not_a_document"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_a_document"),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (lambda: archive(readme="a plain archive"), "not_a_document"),
        (lambda: documents.word()[:3000], "damaged"),
        (lambda: b"%PDF-1.7\nnothing follows", "damaged"),
        (documents.scanned, "no_text"),
        (documents.locked, "encrypted"),
        (lambda: b" \n\t ", "no_text"),
        (lambda: documents.bomb(300), "too_large_unpacked"),
        (documents.with_entities, "refers_elsewhere"),
        (lambda: os.urandom(4000), "not_a_document"),
    ],
)
def test_every_bad_document_has_a_clear_outcome(tmp_path, make, code):
    assert refused(tmp_path, make()).code == code


def test_a_thousand_pages_too_many_are_counted_and_not_read(tmp_path):
    error = refused(tmp_path, documents.many_pages(10_000))
    assert (error.code, error.facts) == ("too_many_pages", {"pages": 10_000, "most": 500})


def test_more_text_than_may_be_read_is_refused_and_not_cut(tmp_path):
    error = refused(tmp_path, b"word " * 3000, Limits(characters=10_000))
    assert (error.code, error.facts) == ("too_much_text", {"most": 10_000})


def test_an_archive_that_lies_about_its_size_does_not_fill_the_memory(tmp_path):
    assert refused(tmp_path, documents.lying_bomb(60)).code in {"damaged", "too_large_unpacked"}


def test_a_pdf_that_unpacks_without_end_is_given_up(tmp_path):
    refused(tmp_path, documents.inflating_pdf(900))


def test_an_entity_of_the_network_is_never_asked_for(tmp_path):
    with listening() as (port, met):
        error = refused(tmp_path, documents.with_entities(f"http://127.0.0.1:{port}/"))
    assert (error.code, met) == ("refers_elsewhere", [])


def test_reading_that_takes_too_long_is_ended(tmp_path):
    assert refused(tmp_path, documents.budget(), Limits(seconds=0.01)).code == "read_timeout"


def test_characters_that_cannot_be_seen_or_turn_others_round_are_left_out(tmp_path):
    text = read(on_disk(tmp_path, "Смета\u202e gpj.exe\u0007\u200b, 5 рублей".encode()))
    assert text.pages == ("Смета gpj.exe, 5 рублей",)


def test_markup_is_only_text(tmp_path):
    hostile = "<script>alert(1)</script>\n<!doctype html><h1>Hi</h1>"
    text = read(on_disk(tmp_path, hostile.encode()))
    assert (text.media_type, text.pages) == ("text/plain", (hostile,))


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.system", "os.exec"])
def test_the_child_forbids_itself_the_network_and_other_programs(event):
    with pytest.raises(PermissionError):
        forbid(event, ())
    forbid("open", ("file",))
