"""Whether a workspace may take in more: asked before a recording is stored or a job begins.

Work that is under way counts as used, so that what was admitted can be finished. Where there is a
limit the workspace's row is held to the end of the transaction: of two uploads that come at once,
each sees the other, and both get in only where there is room for both.
"""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Workspace
from accounts.months import Month, this_month
from accounts.services import quotas
from accounts.services.quotas import Limits
from meetings.errors import QuotaExceeded
from meetings.services import usage
from meetings.templatetags.clock import lasting

_NO_ROOM = gettext_lazy(
    "This workspace may keep %(limit)s. %(used)s are taken, so there is no room for %(asked)s "
    "more. Delete meetings or attachments that nobody needs any more."
)
_NO_ROOM_BESIDE_UPLOADS = gettext_lazy(
    "This workspace may keep %(limit)s. %(used)s are taken, %(uploads)s of it by unfinished "
    "uploads, so there is no room for %(asked)s more. Finish or stop uploads, or delete meetings "
    "or attachments that nobody needs any more."
)

UNKNOWN = None
"""Seconds of a recording that does not say how long it is: let in while anything is left."""


@dataclass(frozen=True)
class Wish:
    """What is to come in: ``seconds`` of recording to recognise, ``bytes`` to keep."""

    seconds: float | None = 0.0
    bytes: int = 0


def check(*, workspace_id: int, wish: Wish) -> None:
    """QuotaExceeded where there is no room now; a look, for what costs time before ``admit``."""
    _check(quotas.limits_of(workspace_id), workspace_id, wish)


def admit(*, workspace_id: int, wish: Wish) -> None:
    """QuotaExceeded where there is no room; else there still is when the transaction commits.

    Runs in the caller's transaction, before it holds a meeting.
    """
    limits = quotas.limits_of(workspace_id)
    if _bears_on(limits, wish):
        list(Workspace.objects.select_for_update(no_key=True).filter(pk=workspace_id))
        _check(limits, workspace_id, wish)


def _bears_on(limits: Limits, wish: Wish) -> bool:
    counts_hours = limits.seconds is not None and wish.seconds != 0
    return counts_hours or (limits.bytes is not None and wish.bytes > 0)


def _check(limits: Limits, workspace_id: int, wish: Wish) -> None:
    if limits.seconds is not None and wish.seconds != 0:
        _check_hours(limits.seconds, workspace_id, wish.seconds)
    if limits.bytes is not None and wish.bytes:
        _check_storage(limits.bytes, workspace_id, wish.bytes)


def _check_hours(limit: float, workspace_id: int, asked: float | None) -> None:
    month = this_month()
    # In this order: a recording that is done between the two counts twice rather than not at all.
    used = usage.seconds_in_the_making(workspace_id)
    used += usage.seconds_recognised(workspace_id, month)
    if used < limit if asked is UNKNOWN else used + asked <= limit:
        return
    sentence = _(
        "This workspace may have %(limit)s of recordings recognised a month. %(used)s are used or "
        "under way, so there is no room for this recording%(length)s. The month begins anew on "
        "%(day)s."
    ) % {
        "limit": lasting(limit),
        "used": lasting(used),
        "length": "" if asked is UNKNOWN else f" ({lasting(asked)})",
        "day": day_of_renewal(month),
    }
    raise QuotaExceeded(
        sentence, quota="hours", limit=limit, used=used, asked=asked, renews_at=month.end
    )


def _check_storage(limit: int, workspace_id: int, asked: int) -> None:
    # In this order: an upload that becomes a meeting between the two counts twice, not never.
    on_their_way = usage.bytes_on_their_way(workspace_id)
    used = on_their_way + usage.bytes_stored(workspace_id)
    if used + asked <= limit:
        return
    sentence = _NO_ROOM_BESIDE_UPLOADS if on_their_way else _NO_ROOM
    told = {
        "limit": filesizeformat(limit),
        "used": filesizeformat(used),
        "uploads": filesizeformat(on_their_way),
        "asked": filesizeformat(asked),
    }
    raise QuotaExceeded(str(sentence) % told, quota="storage", limit=limit, used=used, asked=asked)


def day_of_renewal(month: Month) -> str:
    """The first day of the next month, in words."""
    return str(date_format(month.later(1).first, "DATE_FORMAT"))
