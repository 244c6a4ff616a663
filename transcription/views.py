"""Parts of a meeting's page that an edit takes anew: segments, the history."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from transcription import parts
from transcription.models import Transcript, TranscriptEdit

MOST_SEGMENTS = 500
LONGEST_FIND = 200
EDITS = 50
"""Entries of the history that are shown at once."""


@login_required
@require_safe
@gzip_page
def segments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The segments whose ids ``?segments=1,2`` names, and who speaks; those gone are left out."""
    return segments_answer(request, _context(request, pk))


@login_required
@require_safe
@gzip_page
def outline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every segment without its words; with ``?find=`` the ids of those where words stand."""
    return outline_answer(request, _context(request, pk))


def segments_answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The named segments of the context's transcript, as its page shows them."""
    transcript = context["transcript"]
    told = request.GET.get("segments", "").split(",")[:MOST_SEGMENTS]
    named = [int(n) for n in told if n.isdecimal() and len(n) < 19]
    shown = []
    if transcript and named:
        rows = parts.segments_for(transcript, is_editor=context["may_edit"])
        shown = parts.with_speakers(transcript, rows.filter(pk__in=named))
    return render(request, "transcription/segments.html", context | {"segments": shown})


def outline_answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The outline of the context's transcript, or what was found in it."""
    transcript = context["transcript"]
    if transcript is None:
        raise Http404
    if words := request.GET.get("find", "")[:LONGEST_FIND]:
        found = parts.segments_with(transcript, words, is_editor=context["may_edit"])
        return JsonResponse({"found": found})
    return JsonResponse(parts.outline_of(transcript, is_editor=context["may_edit"]))


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
