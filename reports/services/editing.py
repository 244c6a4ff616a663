"""What people do to the statements of a draft: add, change, move, drop, restore.

Each change checks the statement anew, raises its revision and is kept in the history. Two people
never overwrite each other: who changes names the revision that they have read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime

from accounts.models import User
from reports.documents.minutes import statement_document
from reports.errors import ChangedMeanwhile, NothingToRestore, UnknownPlace
from reports.models import Edit, Minutes, Section, Statement
from reports.services import citations, drafts, lineages, rows, verdicts, writing
from reports.services.citations import AnySpan
from reports.services.rows import WORDING
from reports.writers import base
from transcription.models import Transcript


@dataclass(frozen=True)
class Place:
    """Where a statement goes: at ``position`` from 0, by default the end."""

    section: int
    position: int | None = None


@transaction.atomic
def add(
    *, minutes: Minutes, by: User, place: Place, wording: dict[str, Any], spans: Sequence[AnySpan]
) -> Statement:
    """A new statement with the checker's verdict; ``wording`` has fields of WORDING."""
    draft = drafts.locked(minutes.pk)
    section = _section(draft, place.section)
    wording = {"kind": _kind(section, Statement.Kind.SUMMARY)} | wording
    value = proposed(draft.transcript, None, wording, spans)
    row = Statement(section=section)
    rows.write(row, value, by, *verdicts.check(draft.transcript, [value]))
    rows.put(row, section, place.position)
    drafts.note(row, Edit.Action.ADDED, by, {})
    drafts.edited(draft, by)
    return read(row.pk)


@transaction.atomic
def change(
    *,
    statement: Statement,
    by: User,
    revision: int,
    wording: dict[str, Any],
    spans: Sequence[AnySpan] | None = None,
    place: Place | None = None,
) -> Statement:
    """Change what a statement says, rests on or where it stands; what is not given stays.

    ChangedMeanwhile where ``revision`` is not the present one.
    """
    draft = drafts.locked(statement.section.minutes_id)
    row = _present(statement, revision)
    before = drafts.snapshot(row)
    target = _section(draft, place.section) if place else row.section
    if target.pk != row.section_id and _kind(target, row.kind) != row.kind:
        wording = {"kind": _kind(target, row.kind)} | wording
    is_worded = bool(wording) or spans is not None
    if is_worded:
        value = proposed(draft.transcript, row, wording, spans)
        rows.write(row, value, by, *verdicts.check(draft.transcript, [value]))
    if place:
        rows.put(row, target, place.position)
        Statement.objects.filter(pk=row.pk).update(revision=before["revision"] + 1)
    drafts.note(row, Edit.Action.CHANGED if is_worded else Edit.Action.MOVED, by, before)
    drafts.edited(draft, by)
    return read(row.pk)


@transaction.atomic
def drop(*, statement: Statement, by: User, revision: int) -> None:
    """Take a statement out of the draft; ``restore`` brings it back."""
    draft = drafts.locked(statement.section.minutes_id)
    row = _present(statement, revision)
    drafts.note(row, Edit.Action.DROPPED, by, drafts.snapshot(row))
    rows.take_out(row)
    drafts.edited(draft, by)


@transaction.atomic
def restore(*, minutes: Minutes, by: User, lineage: Any) -> Statement:
    """A dropped statement as it was, where it was; NothingToRestore where there is none."""
    draft = drafts.locked(minutes.pk)
    is_there = Statement.objects.filter(section__minutes=draft, lineage=lineage).exists()
    edit = draft.edits.filter(lineage=lineage, action=Edit.Action.DROPPED).last()
    before = edit.before if edit else {}
    section = draft.sections.filter(pk=before.get("section", 0)).first()
    if is_there or section is None:
        raise NothingToRestore
    value = _remembered(draft.transcript, before)
    row = Statement(section=section, lineage=lineage, revision=before["revision"])
    [verdict] = verdicts.check(draft.transcript, [value])
    rows.write(row, value, by, verdict)
    row.edited_by = User.objects.filter(pk=before["edited_by"] or 0).first()
    row.edited_at = parse_datetime(before["edited_at"]) if before["edited_at"] else None
    row.stale = before["stale"]
    rows.put(row, section, before["position"])
    drafts.note(row, Edit.Action.RESTORED, by, {})
    drafts.edited(draft, by)
    return read(row.pk)


def proposed(
    transcript: Transcript,
    row: Statement | None,
    wording: dict[str, Any],
    spans: Sequence[AnySpan] | None,
) -> base.Statement:
    """What a statement would say with ``wording`` and ``spans`` in place of what it has."""
    old = verdicts.value_of(row) if row else base.Statement("", "", ())
    evidence = old.evidence
    if spans is not None:
        evidence = citations.cite(transcript, spans, kept=old.evidence)
    given = {name: wording[name] for name in WORDING if name in wording}
    value = replace(old, **given, evidence=evidence)
    if value.kind == Statement.Kind.ACTION_ITEM:
        return value
    return replace(value, assignee="", due_text="", due=None)


def read(pk: int) -> Statement:
    """The statement with all that a document of it needs."""
    return (
        Statement.objects.select_related("section__minutes", "edited_by")
        .prefetch_related("evidence__segment__speaker", "evidence__page__attachment")
        .get(pk=pk)
    )


def _present(statement: Statement, revision: int) -> Statement:
    """As it is now, under the lock of its draft."""
    row = read(statement.pk)
    if row.revision != revision:
        raise ChangedMeanwhile(statement_document(row))
    return row


def _section(draft: Minutes, pk: int) -> Section:
    section = draft.sections.filter(pk=pk).first()
    if section is None:
        raise UnknownPlace
    return section


def _kind(section: Section, otherwise: str) -> str:
    """What stands under a heading is what the heading says."""
    return section.kind if section.kind in Statement.Kind.values else otherwise


def _remembered(transcript: Transcript, before: dict[str, Any]) -> base.Statement:
    """A dropped statement; of its evidence what is still there, in whichever segment."""
    due: date | None = parse_date(before["due"]) if before["due"] else None
    evidence = [base.Evidence(**e) for e in before["evidence"]]
    papers = {page.id for page in writing.pages_of(transcript.meeting, only=_pages(evidence))}
    remembered = base.Statement(
        kind=before["kind"],
        text=before["text"],
        evidence=tuple(e for e in evidence if not e.page or e.page in papers),
        assignee=before["assignee"],
        due_text=before["due_text"],
        due=due,
    )
    return lineages.kept_in(transcript, remembered)


def _pages(evidence: Sequence[base.Evidence]) -> set[int]:
    return {e.page for e in evidence if e.page}
