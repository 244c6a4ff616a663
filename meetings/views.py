"""The pages about meetings: each asks ``visible_to``, calls one service at most, renders."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.acts import Act
from accounts.errors import ProtokolError
from accounts.models import (
    Membership,
    User,
    Workspace,
)
from accounts.paging import page_number
from accounts.services import (
    audit,
)
from meetings import papers
from meetings.access import shown_to
from meetings.api.filters import MeetingFilter
from meetings.forms import MeetingSeriesForm, NewMeetingForm, ProcessForm, SeriesForm
from meetings.models import Attachment, Job, Meeting, MeetingShare, Series
from meetings.reading.quoting import LONGEST_QUOTE, stretches
from meetings.services import jobs, processing, recordings
from meetings.services import series as series_services

PAGE_SIZE = 50


@login_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that the person may see, newest first, narrowed as the API narrows them."""
    visible = Meeting.objects.visible_to(request.user).in_brief().recent()
    page = page_number(request)
    shown, has_more = _slice(MeetingFilter(_narrowed(request), visible, request=request).qs, page)
    shown_to(request.user, shown)
    return render(
        request,
        "meetings/meetings.html",
        {
            "meetings": shown,
            "query": request.GET.get("q", "").strip(),
            "narrowed": request.GET.get("state", ""),
            "series": Series.objects.visible_to(request.user).only("name"),
            "in_series": request.GET.get("series", ""),
            "workspaces": Workspace.objects.visible_to(request.user).only("name", "personal"),
            "lent": MeetingShare.objects.filter(user=cast(User, request.user)).exists(),
            "in_workspace": request.GET.get("in", ""),
            "newer": page - 1,
            "older": page + 1 if has_more else 0,
            "may_add": Workspace.objects.editable_by(request.user).exists(),
        },
    )


@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Where recordings are dropped or made, and described; the page sends them to the API."""
    may_add = Workspace.objects.editable_by(request.user).exists()
    form = NewMeetingForm(cast(User, request.user))
    context = {"form": form, "may_add": may_add, "longest": settings.RECORDING_MAX_SECONDS}
    return render(request, "meetings/new.html", context)


@login_required
@require_safe
@gzip_page  # nothing of what is asked stands in it, and the token against forgery is masked anew
def meeting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One meeting: its recording, how far its job is, its transcript and minutes."""
    visible = Meeting.objects.visible_to(request.user).with_progress()
    found = get_object_or_404(visible, pk=pk)
    shown_to(request.user, [found])
    audit.record(Act.MEETING_SEEN, of=found, hourly=True)
    may_edit = Meeting.objects.editable_by(request.user).filter(pk=pk).exists()
    may_govern = may_edit and not found.shown_alone
    context: dict[str, Any] = {
        "meeting": found,
        "may_edit": may_edit,
        "may_govern": may_govern,
        "series_form": MeetingSeriesForm(found, cast(User, request.user)) if may_edit else None,
        "attachments": Attachment.objects.of_meeting(found.pk),
        "remark": recordings.remark(getattr(found, "recording", None)),
    }
    if may_govern:
        context |= {
            "shares": found.shares.select_related("user"),
            "links": found.links.all(),
            "homes": Workspace.objects.editable_by(request.user).exclude(pk=found.workspace_id),
            "notices": found.retention_notices.all(),
            "owns": _owns(request, found),
            "made_link": request.session.pop(f"made-link-{found.pk}", ""),
        }
    return render(request, "meetings/meeting.html", context)


@login_required
@require_safe
def attachment(request: HttpRequest, pk: UUID, attachment_pk: UUID) -> HttpResponse:
    """A page of an attachment; the words of ``?quote=`` are marked where they stand."""
    visible = Attachment.objects.visible_to(request.user).select_related("meeting")
    found = get_object_or_404(visible, pk=attachment_pk, meeting=pk)
    page = get_object_or_404(found.pages, number=page_number(request))
    quote = request.GET.get("quote", "")[:LONGEST_QUOTE]
    audit.record(Act.MEETING_SEEN, of=found.meeting, hourly=True)
    context = {
        "meeting": found.meeting,
        "attachment": found,
        "page": page,
        "place": papers.place(found.unit, page.number, found.pages_count),
        "label": papers.label(found.filename, found.unit, page.number),
        "stretches": stretches(page.text, quote),
    }
    return render(request, "meetings/attachment.html", context)


@login_required
@require_POST
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the meeting into a series, or take it out of its own."""
    found = get_object_or_404(Meeting.objects.governed_by(request.user), pk=pk)
    form = MeetingSeriesForm(found, cast(User, request.user), request.POST)
    if form.is_valid():
        series_services.assign(meeting=found, series=form.cleaned_data["series"])
    return redirect("meetings:meeting", pk=pk)


@login_required
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """Meetings that belong together, by name."""
    found = Series.objects.visible_to(request.user).with_meetings().select_related("workspace")
    may_add = Workspace.objects.editable_by(request.user).exists()
    return render(request, "meetings/series_list.html", {"series": found, "may_add": may_add})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_series(request: HttpRequest) -> HttpResponse:
    """A new series."""
    if not Workspace.objects.editable_by(request.user).exists():
        raise Http404
    form = SeriesForm(cast(User, request.user), request.POST or None)
    if form.is_valid() and _kept(form, lambda told: series_services.create(**told)):
        return redirect("meetings:series-list")
    return render(request, "meetings/series.html", {"form": form, "may_edit": True})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A series: what its new meetings begin with."""
    found = get_object_or_404(Series.objects.visible_to(request.user).with_meetings(), pk=pk)
    may_edit = Series.objects.editable_by(request.user).filter(pk=pk).exists()
    if request.method == "POST" and not may_edit:
        raise Http404
    form = SeriesForm(cast(User, request.user), request.POST or None, instance=found)
    if form.is_valid() and _kept(form, lambda told: series_services.change(series=found, **told)):
        return redirect("meetings:series-list")
    context = {"form": form, "may_edit": may_edit, "series": found}
    return render(request, "meetings/series.html", context)


@login_required
@require_POST
def delete_series(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a series; its meetings stay."""
    found = get_object_or_404(Series.objects.editable_by(request.user), pk=pk)
    series_services.delete(series=found)
    return redirect("meetings:series-list")


def _owns(request: HttpRequest, found: Meeting) -> bool:
    mine = Membership.objects.filter(workspace=found.workspace_id, user=request.user.pk)
    return mine.filter(role=Membership.Role.OWNER).exists()


def _kept(form: SeriesForm, keep: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what the form says could be kept; the form says why not."""
    try:
        keep(form.cleaned_data)
    except ProtokolError as error:
        form.add_error("name", str(error.detail))
        return False
    return True


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


def _narrowed(request: HttpRequest) -> QueryDict:
    """The page's one choice of a workspace, or of what is shared, as the API's two filters."""
    told = request.GET.copy()
    home = told.get("in", "")
    if home == "shared":
        told["shared"] = "true"
    elif home:
        told["workspace"] = home
    return told


def _slice(found: "QuerySet[Meeting, Any]", page: int) -> tuple[list[Meeting], bool]:
    """The rows of a page and whether there are older ones, in one query."""
    first = (page - 1) * PAGE_SIZE
    rows = list(found[first : first + PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
