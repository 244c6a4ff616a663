"""Secret addresses for calendars: made, revoked, and what is told at them."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from reports.addressees import addressee
from reports.models import ActionItem, CalendarFeed

MOST = 2_000
"""Items in a calendar; those due last are left out."""

KEPT_DAYS = 30
"""How long an item that is overdue stays in a calendar."""

_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def create(*, user: User, scope: str = CalendarFeed.Scope.ALL) -> str:
    """The token of a new address of ``user``; an earlier one opens nothing from now on.

    This is the only time that it can be read.
    """
    CalendarFeed.objects.filter(user=user).delete()
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=user, digest=CalendarFeed.digest_of(token), scope=scope)
    audit.record(Act.CALENDAR_CREATED, of=user, scope=scope)
    return token


@transaction.atomic
def revoke(*, user: User) -> None:
    """Let the person's address open nothing from now on."""
    deleted, _by_model = CalendarFeed.objects.filter(user=user).delete()
    if deleted:
        audit.record(Act.CALENDAR_REVOKED, of=user)


def feed_of(token: str) -> CalendarFeed | None:
    """The address with this token, its use noted; None where there is none."""
    found = CalendarFeed.objects.usable().select_related("user")
    feed = found.filter(digest=CalendarFeed.digest_of(token)).first()
    if feed is None:
        return None
    now = timezone.now()
    if feed.last_used_at is None or now - feed.last_used_at > _NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=now)
    return feed


def items_of(feed: CalendarFeed) -> list[ActionItem]:
    """Open items with a day that the person may see, or that are theirs; in the order of days."""
    since = timezone.localdate() - timedelta(days=KEPT_DAYS)
    dated = ActionItem.objects.visible_to(feed.user).open().filter(due__gte=since).with_moment()
    items = list(dated.order_by("due", "pk")[:MOST])
    if feed.scope == CalendarFeed.Scope.ALL:
        return items
    return [item for item in items if is_of(feed.user, item)]


def is_of(user: User, item: ActionItem) -> bool:
    """Whether the assignee's name is the person's."""
    return bool(user.name) and addressee(item.assignee, {user.pk: user.name}) is not None
