"""Pages about minutes: the pane of a meeting's page, two versions compared, the verification."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from meetings.access import shown_to
from meetings.models import Meeting
from reports.models import Approval, Minutes
from reports.services import comparing, frozen


@login_required
@require_safe
def pane(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The minutes of a meeting alone, as its page shows them: what an edit takes anew."""
    visible = Meeting.objects.visible_to(request.user).with_progress()
    meeting = get_object_or_404(visible, pk=pk)
    shown_to(request.user, [meeting])
    may_edit = Meeting.objects.editable_by(request.user).filter(pk=pk).exists()
    return render(request, "reports/pane.html", {"meeting": meeting, "may_edit": may_edit})


@login_required
@require_safe
def difference(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A version beside an earlier one, statement by statement."""
    minutes = _minutes_of(request.user, pk)
    found = comparing.compare(minutes, request.GET.get("against", ""))
    if found is None:
        raise Http404
    versions = Minutes.objects.filter(meeting=minutes.meeting_id).in_brief()
    return render(
        request,
        "reports/difference.html",
        {"minutes": minutes, "meeting": minutes.meeting, "found": found, "versions": versions},
    )


@login_required
@require_safe
def verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether an approved version is as it was signed; by whom, when, under which digest."""
    approval = _approval_of(request.user, pk)
    return render(
        request,
        "reports/verify.html",
        {
            "minutes": approval.minutes,
            "meeting": approval.minutes.meeting,
            "approval": approval,
            "found": frozen.verify(approval.minutes, approval),
            "reviews": approval.minutes.reviews.filter(decision="approved").select_related(
                "reviewer"
            ),
        },
    )


@login_required
@require_safe
def content(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The frozen content, byte for byte: its SHA-256 is the digest."""
    approval = _approval_of(request.user, pk)
    name = f"{approval.number.year}-{approval.number.number}.json"
    return HttpResponse(
        approval.content.encode(),
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _minutes_of(user: Any, pk: UUID) -> Minutes:
    visible = Minutes.objects.visible_to(user).with_content().select_related("meeting")
    minutes = get_object_or_404(visible, pk=pk)
    shown_to(user, [minutes.meeting])
    return minutes


def _approval_of(user: Any, pk: UUID) -> Approval:
    visible = Approval.objects.filter(minutes__in=Minutes.objects.visible_to(user))
    return get_object_or_404(
        visible.select_related("minutes__meeting", "number", "approved_by"), minutes=pk
    )
