"""The page on which the owners of a workspace see what it used, against its limits."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import workspace_of
from accounts.errors import OwnersOnly
from accounts.models import User, Workspace
from accounts.months import month_named, this_month
from accounts.paging import page_number
from reports.services import usage

PAGE_SIZE = 50
ORDERS = {"held": "-held_at", "length": "-recording_seconds", "size": "-bytes", "tokens": "-tokens"}


@login_required
@require_safe
def of_workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """Quotas, twelve months, and the meetings of one of them."""
    workspace = _owned(request, pk)
    return render(request, "reports/usage.html", _shown(request, workspace))


def _owned(request: HttpRequest, pk: int) -> Workspace:
    try:
        return workspace_of(request.user, pk, to_change=True)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error


def _shown(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    now, user = this_month(), cast(User, request.user)
    month = month_named(request.GET.get("month", "")) or now
    order = request.GET.get("by", "")
    order = order if order in ORDERS else "held"
    page = page_number(request)
    found = usage.of_meetings(workspace, user, month).order_by(ORDERS[order], "-created_at", "-pk")
    first = (page - 1) * PAGE_SIZE
    rows = list(found[first : first + PAGE_SIZE + 1])
    return {
        "workspace": workspace,
        "gauges": usage.gauges(workspace),
        "months": usage.months(workspace),
        "renews_on": now.later(1).first,
        "month": month,
        "order": order,
        "meetings": usage.rows_of(rows[:PAGE_SIZE]),
        "elsewhere": usage.elsewhere(workspace, user, month),
        "newer": page - 1,
        "older": page + 1 if len(rows) > PAGE_SIZE else 0,
    }
