"""The pages about workspaces: their names, and who is in them."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import membership_of, workspace_of
from accounts.errors import NoAccount, OwnersOnly, ProtokolError
from accounts.models import Membership, User, Workspace
from accounts.services import invitations
from accounts.services import workspaces as services
from meetings.models import RetentionNotice
from meetings.retention_forms import RetentionForm
from meetings.workspace_forms import ROLES, MemberForm, RoleForm, WorkspaceForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workspaces(request: HttpRequest) -> HttpResponse:
    """The person's workspaces, and the way to a new one."""
    form = WorkspaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = services.create(name=form.cleaned_data["name"], by=cast(User, request.user))
        return redirect("workspaces:workspace", pk=made.pk)
    found = Workspace.objects.as_seen_by(request.user)
    return render(request, "meetings/workspaces.html", {"workspaces": found, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in a workspace; its owners name it."""
    found = _workspace(request, pk, to_change=request.method == "POST")
    form = WorkspaceForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        services.rename(workspace=found, name=form.cleaned_data["name"])
        return redirect("workspaces:workspace", pk=pk)
    return render(request, "meetings/workspace.html", _shown(request, found, form))


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an empty workspace."""
    found = _workspace(request, pk, to_change=True)
    done = _tried(request, lambda: services.delete(workspace=found))
    return redirect("workspaces:list") if done else redirect("workspaces:workspace", pk=pk)


@login_required
@require_POST
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in by their address; who has no account is invited by mail."""
    found = _workspace(request, pk, to_change=True)
    form = MemberForm(request.POST)
    if form.is_valid():
        _tried(request, lambda: _add(request, found, **form.cleaned_data))
    else:
        messages.error(request, _("Write the e-mail address of the person."))
    return redirect("workspaces:workspace", pk=pk)


@login_required
@require_POST
def revoke_invitation(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Take back an invitation that nobody has accepted."""
    found = _workspace(request, pk, to_change=True)
    open_ones = found.invitations.open()
    invitations.revoke(invitation=get_object_or_404(open_ones, pk=invitation))
    return redirect("workspaces:workspace", pk=pk)


@login_required
@require_POST
def set_role(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Another role."""
    _workspace(request, pk, to_change=True)
    membership, form = _membership(request, pk, person), RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        _tried(request, lambda: services.change_role(membership=membership, role=role))
    return redirect("workspaces:workspace", pk=pk)


@login_required
@require_POST
def remove_member(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Let somebody in no more; everybody may leave themselves."""
    membership = _membership(request, pk, person)
    left = _tried(request, lambda: services.remove(membership=membership))
    if left and membership.user_id == request.user.pk:
        return redirect("workspaces:list")
    return redirect("workspaces:workspace", pk=pk)


def _add(request: HttpRequest, found: Workspace, *, email: str, role: str) -> None:
    try:
        services.add(workspace=found, email=email, role=role)
    except NoAccount:
        by = cast(User, request.user)
        invitations.invite(email=email, by=by, workspace=found, role=role, request=request)
        told = _("Nobody has an account with this address yet. An invitation is on its way to it.")
        messages.success(request, told)


def _workspace(request: HttpRequest, pk: int, *, to_change: bool = False) -> Workspace:
    try:
        return workspace_of(request.user, pk, to_change=to_change)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error


def _membership(request: HttpRequest, pk: int, person: int) -> Membership:
    try:
        return membership_of(request.user, pk, person)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error


def _tried(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Whether it could be done; the page that follows says why not."""
    try:
        act()
    except ProtokolError as error:
        messages.error(request, str(error.detail))
        return False
    return True


def _shown(request: HttpRequest, found: Workspace, form: WorkspaceForm) -> dict[str, Any]:
    owns = getattr(found, "role", "") == Membership.Role.OWNER
    return {
        "workspace": found,
        "form": form,
        "member_form": MemberForm(),
        "members": found.memberships.by_name(),
        "roles": ROLES,
        "owns": owns,
        "invited": found.invitations.open() if owns else (),
        "retention_form": RetentionForm(getattr(found, "retention", None)),
        "warning_days": settings.RETENTION_WARNING_DAYS,
        "soon": RetentionNotice.objects.filter(meeting__workspace=found).count(),
    }
