"""Parts of a meeting's page that an edit takes anew: segments, the history."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from transcription.models import Segment, Transcript, TranscriptEdit
from transcription.templatetags.transcripts import with_speakers

MOST_SEGMENTS = 500
EDITS = 50
"""Entries of the history that are shown at once."""


@login_required
@require_safe
def segments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The segments whose ids ``?segments=1,2`` names, and who speaks; those gone are left out."""
    context = _context(request, pk)
    transcript = context["transcript"]
    told = request.GET.get("segments", "").split(",")[:MOST_SEGMENTS]
    named = [int(n) for n in told if n.isdecimal() and len(n) < 19]
    rows = Segment.everything.filter(transcript=transcript, is_withdrawn=False, pk__in=named)
    if not context["may_edit"]:
        rows = rows.filter(is_dropped=False)
    context["segments"] = with_speakers(transcript, rows) if named else []
    return render(request, "transcription/segments.html", context)


@login_required
@require_safe
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who changed what and when, newest first; ``?before=`` a number goes on from there."""
    context = _context(request, pk)
    edits = TranscriptEdit.objects.filter(transcript=context["transcript"]).in_brief()
    before = request.GET.get("before", "")
    if before.isdecimal():
        edits = edits.filter(number__lt=min(int(before), 2**31 - 1))
    shown = list(edits[: EDITS + 1])
    context |= {"edits": shown[:EDITS], "has_more": len(shown) > EDITS, "is_first": not before}
    return render(request, "transcription/history.html", context)


def _context(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    visible = Meeting.objects.visible_to(request.user).with_progress()
    meeting = get_object_or_404(visible, pk=pk)
    may_edit = Meeting.objects.editable_by(request.user).filter(pk=pk).exists()
    transcript = Transcript.objects.current(meeting)
    return {"meeting": meeting, "may_edit": may_edit, "transcript": transcript}
