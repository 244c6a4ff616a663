"""The audit log's pages: of a workspace for its owners, of one's own account."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import workspace_of
from accounts.audit_forms import AuditForm, OwnAuditForm
from accounts.errors import OwnersOnly
from accounts.models import AuditEntry, AuditEntryQuerySet

PAGE_SIZE = 50


@login_required
@never_cache
@require_safe
def workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done in a workspace, newest first."""
    try:
        home = workspace_of(request.user, pk, to_change=True)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error
    form = AuditForm(request.GET)
    context = _page(request, form, AuditEntry.objects.of_workspace(home.pk))
    context |= {"workspace": home, "form": form}
    return render(request, "accounts/workspace_audit.html", context)


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What happened with one's own account, newest first."""
    user: Any = request.user
    form = OwnAuditForm(request.GET)
    context = {"form": form} | _page(request, form, AuditEntry.objects.about_account(user.pk))
    return render(request, "accounts/activity.html", context)


def _page(request: HttpRequest, form: AuditForm, entries: AuditEntryQuerySet) -> dict[str, Any]:
    """The entries before ``?before=`` one, and from where the earlier ones go on."""
    found = form.narrowed(entries)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    return {
        "entries": shown,
        "earlier": shown[-1].pk if len(rows) > PAGE_SIZE else 0,
        "is_first": not before,
        "export_query": form.query(),
    }
