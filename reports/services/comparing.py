"""Two stored versions of the same meeting compared."""

from typing import Any

from reports.differences import compare as compare_sections
from reports.differences import totals
from reports.documents.minutes import section_document, version_document
from reports.models import Minutes


def compare(minutes: Minutes, against: str = "") -> dict[str, Any] | None:
    """``minutes`` since the version numbered ``against``, by default the one before.

    The first version is compared with nothing. None where there is no such version.
    """
    others = Minutes.objects.filter(meeting=minutes.meeting_id).with_content()
    if not against:
        other = others.filter(version__lt=minutes.version).order_by("-version").first()
    else:
        number = int(against) if against.isdecimal() and len(against) < 7 else 0
        other = others.filter(version=number).first()
        if other is None:
            return None
    old = [section_document(s) for s in other.sections.all()] if other else []
    sections = compare_sections(old, [section_document(s) for s in minutes.sections.all()])
    return {
        "before": version_document(other) if other else None,
        "after": version_document(minutes),
        "totals": totals(sections),
        "sections": sections,
    }
