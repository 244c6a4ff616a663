"""The page of all action items, what is ticked on it, and the calendar's address."""

import hashlib
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.paging import page_number
from meetings.access import shown_to
from meetings.models import Series
from reports.action_lists import ORDERS, grouped
from reports.calendars import calendar_of
from reports.filters import ActionItemFilter
from reports.models import ActionItem, CalendarFeed
from reports.services import action_items, calendar_feeds

PAGE_SIZE = 100
VIEWS = ("open", "overdue", "done", "dropped")


@login_required
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """Action items of all meetings in sight: open, overdue or done; by day, person or series."""
    today = action_items.today()
    view = _choice(request, "view", VIEWS)
    by = _choice(request, "by", tuple(ORDERS))
    visible = ActionItem.objects.visible_to(request.user)
    narrowed = ActionItemFilter(request.GET, visible).qs
    found = _of_view(narrowed, view).with_moment().by_due()
    found = found.order_by(*ORDERS[by], *found.query.order_by)
    page = page_number(request)
    rows = list(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
    shown_to(request.user, [row.meeting for row in rows])
    editable = set(ActionItem.objects.editable_by(request.user).filter(
        pk__in=[row.pk for row in rows]).values_list("pk", flat=True))  # fmt: skip
    return render(
        request,
        "reports/action_items.html",
        {
            "groups": grouped(rows[:PAGE_SIZE], by, today),
            "editable": editable,
            "view": view,
            "by": by,
            "counts": _counts(narrowed),
            "series": Series.objects.visible_to(request.user).only("name"),
            "in_series": request.GET.get("series", ""),
            "assignee": request.GET.get("assignee", ""),
            "newer": page - 1,
            "older": page + 1 if len(rows) > PAGE_SIZE else 0,
            "feed": CalendarFeed.objects.filter(user=cast(User, request.user)).first(),
            "scopes": CalendarFeed.Scope.choices,
            "calendar_url": request.session.pop("calendar_url", ""),
        },
    )


@login_required
@require_POST
def set_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that an item is done, dropped or open again; scripts get 204, others go back."""
    item = get_object_or_404(ActionItem.objects.editable_by(request.user), pk=pk)
    state = request.POST.get("state", "")
    if state in ActionItem.State.values:
        action_items.set_state(item=item, state=state, by=cast(User, request.user))
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return HttpResponseRedirect(_came_from(request))


@login_required
@require_POST
def make_address(request: HttpRequest) -> HttpResponse:
    """A new secret address for the person's calendar, shown once on the page that follows."""
    scope = request.POST.get("scope", "")
    known = scope if scope in CalendarFeed.Scope.values else CalendarFeed.Scope.ALL
    token = calendar_feeds.create(user=cast(User, request.user), scope=known)
    address = reverse("action-items:calendar", args=[token])
    request.session["calendar_url"] = f"{settings.PUBLIC_URL}{address}"
    return redirect(f"{reverse('action-items:list')}#calendar")


@login_required
@require_POST
def revoke_address(request: HttpRequest) -> HttpResponse:
    """Let the person's address open nothing any more."""
    calendar_feeds.revoke(user=cast(User, request.user))
    return redirect(f"{reverse('action-items:list')}#calendar")


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar at a secret address; 304 where nothing has changed, 404 where it was revoked."""
    feed = calendar_feeds.feed_of(token)
    if feed is None:
        raise Http404
    with translation.override(feed.user.language or settings.LANGUAGE_CODE):
        body = calendar_of(calendar_feeds.items_of(feed), days_before=feed.user.remind_days_before)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    fresh = HttpResponse(
        body,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="action-items.ics"',
            "ETag": etag,
            "X-Robots-Tag": "noindex",
        },
    )
    found = get_conditional_response(request, etag=etag, response=fresh)
    return cast(HttpResponse | HttpResponseNotModified, found)


def _of_view(found: Any, view: str) -> Any:
    return found.overdue(action_items.today()) if view == "overdue" else found.filter(state=view)


def _counts(narrowed: "QuerySet[ActionItem]") -> dict[str, int]:
    late = Q(state=ActionItem.State.OPEN, due__lt=action_items.today())
    conditions = {state: Q(state=state) for state in ActionItem.State.values} | {"overdue": late}
    return narrowed.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )


def _choice(request: HttpRequest, name: str, choices: tuple[str, ...]) -> str:
    given = request.GET.get(name, "")
    return given if given in choices else choices[0]


def _came_from(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if safe else reverse("action-items:list")
