"""What owners of workspaces say about how long things stay: the rule, and what is exempt."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import workspace_of
from accounts.errors import OwnersOnly
from accounts.models import User, Workspace
from meetings.models import Meeting
from meetings.models.retention import LONGEST
from meetings.retention_forms import RetentionForm
from meetings.services import retention


@login_required
@require_POST
def set_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Another rule of the workspace."""
    found, form = _owned(request, pk), RetentionForm(None, request.POST)
    if form.is_valid():
        retention.set_rule(workspace=found, by=cast(User, request.user), **form.cleaned_data)
        messages.success(request, _("The rule is saved. Whoever edits here is warned by mail."))
    else:
        messages.error(request, _("Days are whole numbers from 1 to %(most)s.") % {"most": LONGEST})
    return redirect("workspaces:workspace", pk=pk)


@login_required
@require_POST
def exempt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a meeting whatever the rule of its workspace, or let the rule apply to it again."""
    found = get_object_or_404(Meeting.objects.governed_by(request.user), pk=pk)
    _owned(request, found.workspace_id)
    retention.exempt(meeting=found, is_exempt=request.POST.get("exempt") == "1")
    return redirect("meetings:meeting", pk=pk)


def _owned(request: HttpRequest, pk: int) -> Workspace:
    try:
        return workspace_of(request.user, pk, to_change=True)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error
