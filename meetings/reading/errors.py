"""Why a document cannot be read: stable codes, one sentence each for the person."""


def _(sentence: str) -> str:
    """Mark a sentence for translation; who shows it translates it."""
    return sentence


SENTENCES = {
    "empty_file": _("The file is empty."),
    "not_a_document": _(
        "This is no document that can be read, whatever its name says. "
        "PDF, DOCX, PPTX and plain text (TXT, MD) are."
    ),
    "encrypted": _("The file is locked with a password. Attach a copy without one."),
    "no_text": _("There is no text in it; it may be a scan. Attach a copy with recognised text."),
    "too_many_pages": _("The file has {pages} pages; at most {most} are read. Attach it in parts."),
    "too_much_text": _(
        "There is more text in it than is read: over {most} characters. Attach it in parts."
    ),
    "too_large_unpacked": _("Unpacked, the file is far larger than a document can be."),
    "refers_elsewhere": _("The file tells its reader to open other files; that is not done."),
    "damaged": _("The file is damaged and cannot be read."),
    "read_timeout": _("The file could not be read in the time allowed."),
    "reading_failed": _("The file could not be read: every attempt ended before it was done."),
}
"""English sentences by code; facts go in braces."""


class UnreadableDocument(Exception):  # noqa: N818 - it says what the file is
    """A document has no text for us. ``code`` is a key of ``SENTENCES``, ``facts`` its braces."""

    def __init__(self, code: str, **facts: int) -> None:
        self.code = code
        self.facts = facts
        super().__init__(SENTENCES[code].format(**facts))
