"""What a file is, by its content. Runs in the child only."""

import zipfile
from typing import BinaryIO

from meetings.reading.plain import decoded
from meetings.reading.refusal import Refused

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "text/plain"
KINDS = (PDF, WORD, SLIDES, TEXT)

_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OTHER_STARTS = (b"{\\rtf", b"%!PS")
"""Starts of documents that are written in letters but are not plain text."""

MOST_ENTRIES = 5_000
MOST_UNPACKED = 256 << 20  # bytes of all parts together
MOST_XML = 48 << 20  # bytes of one part that is parsed
_MAIN = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES}


def kind_of(file: BinaryIO) -> str:
    """One of ``KINDS``; Refused where the file is nothing that is read, or an unsafe archive."""
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise Refused("empty_file")
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"PK"):
        return _kind_of_archive(file)
    data = file.read()
    file.seek(0)
    if head.startswith(_OLE):
        raise Refused("encrypted" if _LOCKED in data else "not_a_document")
    if head.startswith(_OTHER_STARTS) or decoded(data) is None:
        raise Refused("not_a_document")
    return TEXT


def _kind_of_archive(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            kind = next((k for name, k in _MAIN.items() if name in archive.namelist()), "")
            _bounded(entries)
            if not kind:
                raise Refused("not_a_document")
            _closed(archive, entries)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise Refused("damaged") from error
    file.seek(0)
    return kind


def _bounded(entries: list[zipfile.ZipInfo]) -> None:
    """No more than a document has; what an entry claims is all that is ever unpacked of it."""
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(sizes) > MOST_UNPACKED:
        raise Refused("too_large_unpacked")
    if any(e.file_size > MOST_XML for e in entries if e.filename.endswith((".xml", ".rels"))):
        raise Refused("too_large_unpacked")


def _closed(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """No part declares entities: OOXML forbids document types (ECMA-376-2, 9.1.6)."""
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            start = part.read(4096).replace(b"\0", b"")
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise Refused("refers_elsewhere")
