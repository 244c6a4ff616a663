"""Minutes as the API and the exports show them."""

from typing import Any

from reports.lineages import lineage_of
from reports.models import CarriedItem, Evidence, Minutes, Section, Statement


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
        "created_at": minutes.created_at,
        "support": {
            "statements": len(statements),
            "supported": supported,
            "unverified": len(statements) - supported,
        },
        "sections": [section_document(section) for section in sections],
        "action_items": [
            statement_document(s) for s in statements if s.kind == Statement.Kind.ACTION_ITEM
        ],
        "carried": [carried_document(*pair) for pair in carried_of(minutes)],
    }


def section_document(section: Section) -> dict[str, Any]:
    """A heading with its statements."""
    return {
        "kind": section.kind,
        "title": section.title,
        "statements": [statement_document(s) for s in section.statements.all()],
    }


def statement_document(statement: Statement) -> dict[str, Any]:
    """A statement; action items carry ``assignee``, ``due_text`` and ``due``."""
    document = {
        "id": statement.pk,
        "kind": statement.kind,
        "text": statement.text,
        "verdict": statement.verdict,
        "reason": statement.reason,
        "evidence": [evidence_document(e) for e in statement.evidence.all()],
    }
    if statement.kind == Statement.Kind.ACTION_ITEM:
        document |= {
            "assignee": statement.assignee,
            "due_text": statement.due_text,
            "due": statement.due,
        }
    return document


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """Where in the recording the words stand, seconds."""
    speaker = evidence.segment.speaker
    return {
        "segment": evidence.segment_id,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "speaker": speaker.label if speaker else None,
    }


def carried_of(minutes: Minutes) -> list[tuple[Statement, CarriedItem]]:
    """The statements on earlier meetings' items, each with its item and where that was set.

    A version that was copied from another has its statements' lineage, and so their items. No query
    where no statement is of this kind.
    """
    sections = [s for s in minutes.sections.all() if s.kind == Statement.Kind.CARRY_OVER]
    statements = [statement for section in sections for statement in section.statements.all()]
    if not statements:
        return []
    found = (
        CarriedItem.objects.filter(statement__section__minutes__meeting=minutes.meeting_id)
        .select_related("statement", "item__meeting", "item__statement", "item__changed_by")
        .prefetch_related("item__statement__evidence__segment__speaker")
    )
    by_statement = {carried.statement_id: carried for carried in found}
    by_lineage = {lineage_of(carried.statement): carried for carried in found}
    pairs = [(s, by_statement.get(s.pk) or by_lineage.get(lineage_of(s) or "")) for s in statements]
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
