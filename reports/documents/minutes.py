"""Minutes as the API and the exports show them."""

from typing import Any

from meetings.models import AttachmentPage
from reports.models import CarriedItem, Evidence, Minutes, Section, Statement
from reports.writers.base import AGENDA_NOT_REACHED


def minutes_document(minutes: Minutes) -> dict[str, Any]:
    """A version of the minutes with all its statements and what each rests on."""
    sections = list(minutes.sections.all())
    statements = [statement for section in sections for statement in section.statements.all()]
    supported = sum(s.verdict == Statement.Verdict.SUPPORTED for s in statements)
    return {
        "id": str(minutes.pk),
        "meeting": str(minutes.meeting_id),
        "version": minutes.version,
        "state": minutes.state,
        "template": minutes.template,
        "language": minutes.language,
        "writer": minutes.writer,
        "notes": minutes.notes,
        "place": minutes.place,
        "chair": minutes.chair,
        "secretary": minutes.secretary,
        "created_at": minutes.created_at,
        "approval": approval_document(minutes),
        "support": {
            "statements": len(statements),
            "supported": supported,
            "unverified": len(statements) - supported,
        },
        "not_reached": not_reached(minutes),
        "sections": [section_document(section) for section in sections],
        "action_items": [
            statement_document(s) for s in statements if s.kind == Statement.Kind.ACTION_ITEM
        ],
        "carried": [carried_document(*pair) for pair in carried_of(minutes)],
    }


def version_document(minutes: Minutes) -> dict[str, Any]:
    """A version in brief."""
    return {
        "id": str(minutes.pk),
        "version": minutes.version,
        "state": minutes.state,
        "template": minutes.template,
        "writer": minutes.writer,
        "created_at": minutes.created_at,
        "approval": approval_document(minutes),
    }


def approval_document(minutes: Minutes) -> dict[str, Any] | None:
    """The signature of an approved version; None for others."""
    approval = getattr(minutes, "approval", None)
    if approval is None:
        return None
    return {
        "number": approval.number.number,
        "year": approval.number.year,
        "approved_by": str(approval.approved_by) if approval.approved_by else None,
        "approved_at": approval.approved_at,
        "digest": approval.digest,
    }


def section_document(section: Section) -> dict[str, Any]:
    """A heading with its statements."""
    return {
        "id": section.pk,
        "kind": section.kind,
        "title": section.title,
        "statements": [statement_document(s) for s in section.statements.all()],
    }


def statement_document(statement: Statement) -> dict[str, Any]:
    """A statement; action items carry who and until when, topics how long and who spoke."""
    document = {
        "id": statement.pk,
        "lineage": str(statement.lineage),
        "revision": statement.revision,
        "kind": statement.kind,
        "text": statement.text,
        "verdict": statement.verdict,
        "reason": statement.reason,
        "duration": statement.duration,
        "speakers": talk_shares(statement),
        "stale": statement.stale,
        "edited_by": str(statement.edited_by) if statement.edited_by else None,
        "edited_at": statement.edited_at,
        "evidence": [evidence_document(e) for e in statement.evidence.all()],
    }
    if statement.kind == Statement.Kind.ACTION_ITEM:
        document |= {
            "assignee": statement.assignee,
            "due_text": statement.due_text,
            "due": statement.due,
        }
    return document


def talk_shares(statement: Statement) -> list[dict[str, Any]]:
    """Who spoke to a topic: label, seconds and the share of all that was spoken to it, 0…1."""
    total = sum(spoke["seconds"] for spoke in statement.speakers) or 1.0
    return [{**spoke, "share": round(spoke["seconds"] / total, 3)} for spoke in statement.speakers]


def not_reached(minutes: Minutes) -> list[dict[str, Any]]:
    """Items of the agenda that nobody came to: number from 1, and title where it still stands."""
    codes = (note.partition(":") for note in minutes.notes)
    told = next((facts for code, _, facts in codes if code == AGENDA_NOT_REACHED), "")
    agenda = minutes.meeting.agenda
    numbers = [int(number) for number in told.split(",") if number.isdigit()]
    return [{"number": n, "title": agenda[n - 1] if n <= len(agenda) else ""} for n in numbers]


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """Where in the recording the words stand, seconds, or on which page of an attachment."""
    speaker = evidence.segment.speaker if evidence.segment else None
    is_said = evidence.page is None
    return {
        "segment": evidence.segment_id,
        "start": evidence.start if is_said else None,
        "end": evidence.end if is_said else None,
        "quote": evidence.quote,
        "speaker": speaker.label if speaker else None,
        "attachment": paper_document(evidence.page) if evidence.page else None,
    }


def paper_document(page: AttachmentPage) -> dict[str, Any]:
    """A place in an attachment; ``unit`` says what ``page`` counts."""
    paper = page.attachment
    return {
        "id": str(paper.pk),
        "filename": paper.filename,
        "unit": paper.unit,
        "page": page.number,
    }


def carried_of(minutes: Minutes) -> list[tuple[Statement, CarriedItem]]:
    """The statements on earlier meetings' items, each with its item and where that was set.

    A version that was copied from another has its statements' lineage, and so their items. No query
    where no statement is of this kind; none for who may not see the other meetings.
    """
    if minutes.meeting.shown_alone:
        return []
    sections = [s for s in minutes.sections.all() if s.kind == Statement.Kind.CARRY_OVER]
    statements = [statement for section in sections for statement in section.statements.all()]
    if not statements:
        return []
    found = (
        CarriedItem.objects.filter(statement__section__minutes__meeting=minutes.meeting_id)
        .select_related("statement", "item__meeting", "item__statement", "item__changed_by")
        .prefetch_related(
            "item__statement__evidence__segment__speaker",
            "item__statement__evidence__page__attachment",
        )
    )
    by_statement = {carried.statement_id: carried for carried in found}
    by_lineage = {c.statement.lineage: c for c in found if c.statement}
    pairs = [(s, by_statement.get(s.pk) or by_lineage.get(s.lineage)) for s in statements]
    return [(statement, carried) for statement, carried in pairs if carried]


def carried_document(statement: Statement, carried: CarriedItem) -> dict[str, Any]:
    """What became of an item; ``evidence`` lies in the transcript of the item's own meeting."""
    item = carried.item
    said = item.statement.evidence.all() if item and item.statement else ()
    return {
        "statement": statement.pk,
        "outcome": carried.outcome,
        "since": carried.since,
        "item": str(item.pk) if item else None,
        "state": item.state if item else None,
        "meeting": str(item.meeting_id) if item else None,
        "evidence": [evidence_document(e) for e in said],
    }
