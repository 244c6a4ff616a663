"""The page of exports of everything."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import workspace_of
from accounts.errors import OwnersOnly, ProtokolError
from accounts.models import Membership, User, Workspace
from reports.api.archives import archive_of, file_of
from reports.errors import ExportNotReady
from reports.models import Archive
from reports.services import archives

SHOWN = 20


@login_required
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What can be exported, what is being made, what can be downloaded."""
    rows = Archive.objects.visible_to(request.user).select_related("workspace", "asked_by")
    found = list(rows.exclude(state=Archive.State.EXPIRED)[:SHOWN])
    owned = Workspace.objects.filter(
        memberships__user=request.user.pk, memberships__role=Membership.Role.OWNER, personal=False
    )
    context = {
        "archives": found,
        "workspaces": owned,
        "waits": any(row.is_waiting for row in found),
    }
    return render(request, "reports/exports.html", context)


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have everything of the account put into a zip, or of a workspace that the person owns."""
    home = request.POST.get("workspace", "")
    try:
        workspace = _owned(request, home) if home else None
        archives.ask(by=cast(User, request.user), workspace=workspace)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return redirect("exports:list")


@login_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The zip."""
    try:
        return file_of(request, archive_of(request.user, pk))
    except ExportNotReady as error:
        raise Http404 from error


@login_required
@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete the zip before its time."""
    try:
        archives.discard(archive=archive_of(request.user, pk))
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return redirect("exports:list")


def _owned(request: HttpRequest, told: str) -> Workspace:
    if not told.isdecimal() or len(told) > 18:
        raise Http404
    return workspace_of(request.user, int(told), to_change=True)
