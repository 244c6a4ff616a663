"""The content of an approved version: canonical JSON, so that a digest proves every word of it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from reports.models import Approval, Evidence, Minutes, Review, Section, Statement
from transcription.models import Speaker

FORMAT = 1


@dataclass(frozen=True)
class Verification:
    """What a look at an approved version finds."""

    digest: str
    """SHA-256 of the frozen content, reckoned now."""
    is_intact: bool
    """Whether that is the digest of the approval."""
    is_shown: bool
    """Whether the pages show what was frozen."""


def content_of(minutes: Minutes, approval: Approval) -> dict[str, Any]:
    """All that was signed: the statements with their evidence, about which meeting, by whom."""
    meeting = minutes.meeting
    reviews = minutes.reviews.filter(decision=Review.Decision.APPROVED).select_related("reviewer")
    latest = max((review.round for review in reviews), default=0)
    return {
        "format": FORMAT,
        "number": approval.number.number,
        "year": approval.number.year,
        "approved_at": approval.approved_at.isoformat(),
        "approved_by": [
            {"name": str(r.reviewer), "email": r.reviewer.email, "at": _moment(r.decided_at)}
            for r in reviews
            if r.round == latest
        ],
        "meeting": {
            "id": str(meeting.pk),
            "title": meeting.title,
            "held_at": meeting.held_at.isoformat(),
            "participants": meeting.participants,
            "agenda": meeting.agenda,
        },
        "minutes": {
            "id": str(minutes.pk),
            "version": minutes.version,
            "template": minutes.template,
            "language": minutes.language,
            "writer": minutes.writer,
            "notes": minutes.notes,
            "place": minutes.place,
            "chair": minutes.chair,
            "secretary": minutes.secretary,
        },
        "speakers": _speakers(minutes),
        "sections": sections_of(minutes),
    }


def sections_of(minutes: Minutes) -> list[dict[str, Any]]:
    """The sections with their statements as they are signed."""
    return [_section(section) for section in minutes.sections.order_by("position")]


def canonical(content: Any) -> str:
    """The one JSON text of ``content``: keys sorted, no spaces, no escapes of letters."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The hexadecimal SHA-256 of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def verify(minutes: Minutes, approval: Approval) -> Verification:
    """Reckon the digest anew and compare what is shown with what was frozen."""
    digest = digest_of(approval.content)
    frozen = json.loads(approval.content)
    return Verification(
        digest=digest,
        is_intact=digest == approval.digest,
        is_shown=frozen.get("sections") == sections_of(minutes),
    )


def _section(section: Section) -> dict[str, Any]:
    statements = section.statements.order_by("position").prefetch_related(
        "evidence__page__attachment"
    )
    return {
        "kind": section.kind,
        "title": section.title,
        "statements": [_statement(statement) for statement in statements],
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "lineage": str(statement.lineage),
        "kind": statement.kind,
        "text": statement.text,
        "assignee": statement.assignee,
        "due_text": statement.due_text,
        "due": statement.due.isoformat() if statement.due else None,
        "verdict": statement.verdict,
        "reason": statement.reason,
        "evidence": [_evidence(e) for e in statement.evidence.all()],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    """What was said by its segment and times, what is written by the document's own digest."""
    if evidence.page is None:
        return {
            "start": evidence.start,
            "end": evidence.end,
            "quote": evidence.quote,
            "segment": evidence.segment_id,
        }
    return {
        "attachment": evidence.page.attachment.sha256,
        "page": evidence.page.number,
        "quote": evidence.quote,
    }


def _speakers(minutes: Minutes) -> dict[str, str]:
    speakers = Speaker.objects.filter(transcript=minutes.transcript_id).defer("embedding")
    return {speaker.label: speaker.name for speaker in speakers}


def _moment(at: Any) -> str | None:
    return at.isoformat() if at else None
