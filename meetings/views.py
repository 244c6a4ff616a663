"""The pages about meetings: each asks ``visible_to``, calls one service at most, renders."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import ProtokolError
from accounts.models import User, Workspace
from meetings.api.filters import MeetingFilter
from meetings.forms import NewMeetingForm, ProcessForm
from meetings.models import Job, Meeting
from meetings.services import jobs, processing

PAGE_SIZE = 50


@login_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that the person may see, newest first, narrowed as the API narrows them."""
    visible = Meeting.objects.visible_to(request.user).with_progress().recent()
    page = _page_number(request)
    shown, has_more = _slice(MeetingFilter(request.GET, visible).qs, page)
    return render(
        request,
        "meetings/meetings.html",
        {
            "meetings": shown,
            "query": request.GET.get("q", "").strip(),
            "narrowed": request.GET.get("state", ""),
            "newer": page - 1,
            "older": page + 1 if has_more else 0,
            "may_add": Workspace.objects.editable_by(request.user).exists(),
        },
    )


@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Where recordings are dropped and described; the page sends them to the API."""
    may_add = Workspace.objects.editable_by(request.user).exists()
    return render(request, "meetings/new.html", {"form": NewMeetingForm(), "may_add": may_add})


@login_required
@require_safe
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One meeting: its recording, how far its job is, its transcript and minutes."""
    visible = Meeting.objects.visible_to(request.user).with_progress()
    found = get_object_or_404(visible, pk=pk)
    may_edit = Meeting.objects.editable_by(request.user).filter(pk=pk).exists()
    return render(request, "meetings/meeting.html", {"meeting": found, "may_edit": may_edit})


@login_required
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try the meeting's failed or cancelled job again."""
    try:
        jobs.retry(job=_latest_job(request, pk))
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return redirect("meetings:meeting", pk=pk)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop the meeting's job; what is finished stays."""
    jobs.cancel(job=_latest_job(request, pk))
    return redirect("meetings:meeting", pk=pk)


@login_required
@require_POST
def process(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do a stage of an ended job, and all after it, once more."""
    last = _latest_job(request, pk)
    form = ProcessForm(request.POST)
    try:
        if form.is_valid():
            processing.process(
                meeting=last.meeting,
                by=cast(User, request.user),
                from_stage=form.cleaned_data["from_stage"],
                options=last.lasting_options,
            )
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return redirect("meetings:meeting", pk=pk)


def _latest_job(request: HttpRequest, pk: UUID) -> Job:
    editable = Meeting.objects.editable_by(request.user)
    newest = Job.objects.filter(meeting__in=editable, meeting=pk).order_by("-number")
    return get_object_or_404(newest[:1])


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1


def _slice(found: "QuerySet[Meeting, Any]", page: int) -> tuple[list[Meeting], bool]:
    """The rows of a page and whether there are older ones, in one query."""
    first = (page - 1) * PAGE_SIZE
    rows = list(found[first : first + PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
