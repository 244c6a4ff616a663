"""Templates and their previews as the API and the pages show them."""

from typing import Any

from django.utils.translation import get_language

from reports.models import Template, TemplatePreview
from reports.templatetags.minutes import note_label, reason_label
from reports.writers.outlines import stored
from reports.writers.outlines.outline import Outline


def template_document(template: Template) -> dict[str, Any]:
    """A workspace's own template."""
    return {
        "id": str(template.pk),
        "workspace": template.workspace_id,
        "shipped": False,
        "name": template.name,
        "layout": template.layout,
        "sections": template.sections,
        "updated_at": template.updated_at,
    }


def shipped_document(outline: Outline) -> dict[str, Any]:
    """A template that comes with the program, named in the active language."""
    return {
        "id": outline.key,
        "workspace": None,
        "shipped": True,
        "name": outline.name((get_language() or "en")[:2]),
        "layout": outline.layout,
        "sections": [stored.as_stored(part) for part in outline.parts],
        "updated_at": None,
    }


def preview_document(preview: TemplatePreview) -> dict[str, Any]:
    """A preview; its sections are there once it is done, notes and reasons in words beside."""
    result = preview.result
    sections = [
        section | {"statements": [_worded(s) for s in section["statements"]]}
        for section in result.get("sections", [])
    ]
    return {
        "id": str(preview.pk),
        "meeting": str(preview.meeting_id),
        "state": preview.shown_state,
        "writer": result.get("writer", ""),
        "notes": [note_label(note) for note in result.get("notes", [])],
        "sections": sections,
        "created_at": preview.created_at,
    }


def _worded(statement: dict[str, Any]) -> dict[str, Any]:
    reason = statement["reason"]
    return statement | {"detail": reason_label(reason) if reason else ""}
