"""Statements as rows: written with their evidence, put in their places."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from reports import grounding
from reports.models import Evidence, Minutes, Section, Statement
from reports.writers import base

WORDING = ("kind", "text", "assignee", "due_text", "due")
"""The fields of a statement that say something."""


def write(
    row: Statement, value: base.Statement, by: User | None, verdict: grounding.Verdict
) -> None:
    """Store wording, verdict and evidence; a person's words are marked as theirs.

    A new row comes to the end of its section; the revision of another rises.
    """
    for name in WORDING:
        setattr(row, name, getattr(value, name))
    if value.duration is not None:
        row.duration, row.speakers = value.duration, spoken(value)
    row.verdict, row.reason = verdict.verdict, verdict.reason
    row.stale = False
    row.edited_by, row.edited_at = by, timezone.now() if by else None
    if row.pk is None:
        row.position = row.section.statements.count()
    else:
        row.revision += 1
    row.save()
    row.evidence.all().delete()
    cite(row, value.evidence)


def cite(row: Statement, evidence: Iterable[base.Evidence]) -> None:
    """Store what a statement rests on."""
    Evidence.objects.bulk_create(
        Evidence(
            statement=row,
            segment_id=e.segment or None,
            page_id=e.page or None,
            start=e.start,
            end=e.end,
            quote=e.quote,
        )
        for e in evidence
    )


def spoken(value: base.Statement) -> list[dict[str, Any]]:
    """Who spoke to a topic and how many seconds, as it is stored."""
    return [{"speaker": share.speaker, "seconds": share.seconds} for share in value.speakers]


def put(row: Statement, section: Section, position: int | None) -> None:
    """Store ``row`` at its place and number the sections that it left and came to."""
    left = row.section
    others = [s for s in section.statements.order_by("position") if s.pk != row.pk]
    at = len(others) if position is None else min(position, len(others))
    row.section, row.position = section, at
    row.save()
    _number([*others[:at], row, *others[at:]])
    if left.pk != section.pk:
        close_gaps(left)


def take_out(row: Statement) -> None:
    """Delete ``row`` and close the gap."""
    section = row.section
    row.delete()
    close_gaps(section)


def close_gaps(section: Section) -> None:
    """Number the statements of ``section`` from 0 in their order."""
    _number(list(section.statements.order_by("position")))


def section_for(minutes: Minutes, kind: str, title: str) -> Section:
    """The version's section of ``kind``, preferably with ``title``; made at the end if missing.

    Points are of any matter: theirs is the section with that title alone.
    """
    same = minutes.sections.filter(kind=kind)
    if kind == Statement.Kind.POINT:
        same = same.filter(title=title)
    found = sorted(same, key=lambda s: s.title != title)
    if found:
        return found[0]
    return Section.objects.create(
        minutes=minutes, position=minutes.sections.count(), kind=kind, title=title
    )


def _number(rows: Sequence[Statement]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    Statement.objects.bulk_update(rows, ["position"])
