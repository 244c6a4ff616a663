"""The page on which people look for what was said."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.acts import Act
from accounts.models import Workspace
from accounts.paging import page_number
from accounts.services import audit
from meetings.access import shown_to
from meetings.models import Meeting, Series
from transcription import meaning, search
from transcription.filters import HeldFilter, MeantFilter, SaidFilter
from transcription.models import Passage, Segment

MEETINGS = 20
"""On a page of results."""


@login_required
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The moments in which words were said, by meeting, newest first; each to hear and to open.

    With ``?by=meaning`` the half minutes that are nearest to a question, the nearest first.
    """
    words = request.GET.get("q", "").strip()
    told = request.GET if "q" in request.GET else None
    by_meaning = meaning.is_on() and request.GET.get("by") == "meaning"
    if by_meaning:
        asked: HeldFilter = MeantFilter(told, meaning.in_sight(request.user), request=request)
    else:
        asked = SaidFilter(told, search.in_sight(request.user), request=request)
    context: dict[str, Any] = {
        "words": words,
        "form": asked.form,
        "by_meaning": by_meaning,
        "meaning_is_on": meaning.is_on(),
        "longest": search.LONGEST,
        "series": Series.objects.visible_to(request.user).only("name"),
        "workspaces": Workspace.objects.visible_to(request.user).only("name", "personal"),
        "one_meeting": request.GET.get("meeting", ""),
    }
    if words and asked.form.is_valid():
        look = _nearest if by_meaning else _found
        context |= look(request, asked.qs, words)
    return render(request, "transcription/search.html", context)


def _found(request: HttpRequest, segments: QuerySet[Segment], words: str) -> dict[str, Any]:
    page = page_number(request)
    of_page = slice((page - 1) * MEETINGS, page * MEETINGS + 1)
    rows: list[Meeting] = list(
        search.meetings_with(segments).select_related("series", "recording")[of_page]
    )
    most = search.OF_ONE_MEETING if request.GET.get("meeting") else search.OF_A_MEETING
    found = search.moments_of(rows[:MEETINGS], segments, words, most)
    shown_to(request.user, [one.meeting for one in found])
    audit.record_each(Act.MEETING_SEEN, of=[one.meeting for one in found])
    return {
        "found": found,
        "is_too_common": not found and search.is_too_common(words),
        "newer": page - 1,
        "older": page + 1 if len(rows) > MEETINGS else 0,
    }


def _nearest(request: HttpRequest, passages: QuerySet[Passage], question: str) -> dict[str, Any]:
    nearest = meaning.nearest(passages, question)
    shown = list({one.meeting.pk: one.meeting for one in nearest}.values())
    shown_to(request.user, shown)
    audit.record_each(Act.MEETING_SEEN, of=shown)
    return {"nearest": nearest}
