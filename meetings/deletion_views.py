"""The pages on which meetings are thrown away, taken back, and deleted for good."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import OwnersOnly, ProtokolError
from accounts.models import User
from meetings.access import binned_of
from meetings.models import Meeting
from meetings.services import binning

PAGE_SIZE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would go, and the question whether it shall: into the bin, or for good."""
    return _asked(request, get_object_or_404(Meeting.objects.governed_by(request.user), pk=pk))


@login_required
@require_safe
def bin_page(request: HttpRequest) -> HttpResponse:
    """What was thrown away in the workspaces in which the person edits."""
    pages = Paginator(Meeting.objects.binned_for(request.user), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "newer": page.number - 1,
        "older": page.number + 1 if page.has_next() else 0,
        "days": settings.BIN_DAYS,
    }
    return render(request, "meetings/bin.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it out of the bin."""
    binning.restore(meeting=binned_of(request.user, pk))
    messages.success(request, _("The meeting is back, with everything that it was."))
    return redirect("meetings:meeting", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_binned(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would go for good, and the question whether it shall, now."""
    return _asked(request, binned_of(request.user, pk))


def _asked(request: HttpRequest, found: Meeting) -> HttpResponse:
    error = ""
    for_good = bool(found.binned_at or not settings.BIN_DAYS or "for_good" in request.POST)
    if request.method == "POST":
        error = _deleted(request, found, for_good=for_good)
        if not error:
            return redirect("meetings:bin" if found.binned_at else "meetings:list")
    parts = binning.parts_of(found)
    context = {
        "meeting": found,
        "parts": parts,
        "seal": next((part.seal for part in parts if part.seal), ""),
        "days": 0 if found.binned_at else settings.BIN_DAYS,
        "error": error,
    }
    return render(request, "meetings/delete.html", context, status=409 if error else 200)


def _deleted(request: HttpRequest, found: Meeting, *, for_good: bool) -> str:
    """Why it could not be; empty where it is gone."""
    try:
        binning.delete(
            meeting=found,
            by=cast(User, request.user),
            confirmation=request.POST.get("confirmation", ""),
            for_good=for_good,
        )
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error
    except ProtokolError as error:
        return str(error.detail)
    if for_good:
        messages.success(request, _("The meeting is deleted for good."))
    else:
        told = ngettext(
            "The meeting lies in the bin. It can be restored for %(days)s day.",
            "The meeting lies in the bin. It can be restored for %(days)s days.",
            settings.BIN_DAYS,
        )
        messages.success(request, told % {"days": settings.BIN_DAYS})
    return ""
