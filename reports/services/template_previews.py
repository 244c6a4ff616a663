"""What a template would make of a meeting, written by a worker and kept for who asked; no version.

No request waits for a model: the page asks for a preview and looks until it is there.
"""

import uuid
from collections.abc import Sequence
from typing import Any

import structlog
from celery import current_app
from django.db import transaction

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings.errors import NotMadeYet
from meetings.models import Meeting
from reports import grounding
from reports.models import TemplatePreview
from reports.services import llm_writing, templates, writing
from reports.writers import base
from reports.writers.outlines import stored
from reports.writers.outlines.outline import Outline, Part
from transcription.services import transcripts

log = structlog.get_logger(__name__)


@transaction.atomic
def ask(*, meeting: Meeting, by: User, parts: Sequence[Part]) -> TemplatePreview:
    """Have sections tried on a meeting; the person's preview before this one is gone.

    UnfitTemplate where no minutes can be written by them, NotMadeYet where the meeting has no
    finished transcript.
    """
    templates.must_be_fit(parts)
    if transcripts.finished(str(meeting.pk)) is None:
        raise NotMadeYet
    TemplatePreview.objects.filter(asked_by=by).delete()
    preview = TemplatePreview.objects.create(
        meeting=meeting, asked_by=by, sections=[stored.as_stored(part) for part in parts]
    )
    audit.record(Act.TEMPLATE_TRIED, of=meeting, by=by)
    transaction.on_commit(lambda: _send(preview.pk))
    return preview


def carry_out(*, preview_id: str) -> None:
    """Write the preview, if somebody still waits for it."""
    waiting = TemplatePreview.objects.filter(pk=preview_id, state=TemplatePreview.State.WAITING)
    preview = waiting.select_related("meeting__workspace", "meeting__series").first()
    if preview is None:
        return
    try:
        result = _written(preview)
    except Exception:
        waiting.update(state=TemplatePreview.State.FAILED)
        raise
    waiting.update(state=TemplatePreview.State.DONE, result=result)


def _written(preview: TemplatePreview) -> dict[str, Any]:
    transcript = transcripts.finished(str(preview.meeting_id))
    if transcript is None:
        raise NotMadeYet
    parts = tuple(stored.part_of(section) for section in preview.sections)
    talk = writing.outlined(transcript, preview.meeting, Outline("preview", {}, parts))
    writer = llm_writing.writer_of(
        preview.meeting,
        writing.writer(),
        planned=lambda plan: log.info("llm_plan_of_preview", calls=plan.calls),
    )
    return _result(writer.write(talk), talk)


def _result(draft: base.Draft, talk: base.Meeting) -> dict[str, Any]:
    """The draft as JSON, each statement with the grounding checker's verdict."""
    segments = {segment.id: segment for segment in talk.segments}
    known = grounding.metadata_of(talk)
    return {
        "language": talk.language,
        "writer": draft.writer,
        "notes": list(draft.notes),
        "sections": [
            {
                "kind": section.kind,
                "title": section.title,
                "statements": [
                    _statement(s, grounding.check(s, segments, known)) for s in section.statements
                ],
            }
            for section in draft.sections
        ],
    }


def _statement(value: base.Statement, checked: grounding.Verdict) -> dict[str, Any]:
    return {
        "text": value.text,
        "assignee": value.assignee,
        "due_text": value.due_text,
        "verdict": checked.verdict,
        "reason": checked.reason,
        "evidence": [
            {"segment": e.segment, "start": e.start, "end": e.end, "quote": e.quote}
            for e in value.evidence
        ],
    }


def _send(preview_id: uuid.UUID) -> None:
    current_app.send_task("reports.tasks.preview_template", args=[str(preview_id)], queue="llm")
