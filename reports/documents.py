"""Minutes as the API and the exports show them."""

from typing import Any

from reports.models import Evidence, Minutes, Section, Statement


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
        "sections": [section_document(section) for section in sections],
        "action_items": [
            statement_document(s) for s in statements if s.kind == Statement.Kind.ACTION_ITEM
        ],
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
    """A statement; action items carry ``assignee``, ``due_text`` and ``due``."""
    document = {
        "id": statement.pk,
        "lineage": str(statement.lineage),
        "revision": statement.revision,
        "kind": statement.kind,
        "text": statement.text,
        "verdict": statement.verdict,
        "reason": statement.reason,
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
