"""How places in attachments are called, in the active language: «Смета.pdf, с. 3»."""

from django.utils.translation import gettext

from meetings.models import Attachment


def label(filename: str, unit: str, number: int) -> str:
    """A document and the place in it; a format without pages has no place."""
    if unit == Attachment.Unit.PAGE:
        return gettext("%(file)s, p. %(number)d") % {"file": filename, "number": number}
    if unit == Attachment.Unit.SLIDE:
        return gettext("%(file)s, slide %(number)d") % {"file": filename, "number": number}
    return filename


def place(unit: str, number: int, count: int) -> str:
    """Where in a document one reads: ``Page 3 of 12``."""
    told = {"number": number, "count": count}
    if unit == Attachment.Unit.PAGE:
        return gettext("Page %(number)d of %(count)d") % told
    if unit == Attachment.Unit.SLIDE:
        return gettext("Slide %(number)d of %(count)d") % told
    return gettext("Part %(number)d of %(count)d") % told
