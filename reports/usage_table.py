"""What a workspace's meetings used in a month, as a table for spreadsheets."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, Workspace
from accounts.months import Month
from accounts.spreadsheets import table
from reports.services import usage


def csv_of(workspace: Workspace, user: User, month: Month) -> str:
    """A header, a row a meeting, and one for meetings that are not there any more; CR LF."""
    found = usage.of_meetings(workspace, user, month).order_by("held_at", "pk")
    rows = [_row(month, meeting) for meeting in found.iterator(chunk_size=1000)]
    rest = usage.elsewhere(workspace, user, month)
    if rest.recording_seconds or rest.seconds or rest.calls:
        rows.append(_rest(month, rest))
    return table(_header(), rows)


def _header() -> list[str]:
    return [
        _("Month"),
        _("Meeting"),
        _("Held"),
        _("Recognised, s"),
        _("Work, s"),
        _("Tokens"),
        _("Cost, USD"),
        _("Bytes now"),
        "ID",
    ]


def _row(month: Month, meeting: Any) -> list[str]:
    return [
        str(month),
        meeting.title,
        timezone.localtime(meeting.held_at).date().isoformat(),
        f"{meeting.recording_seconds:.1f}",
        f"{meeting.work_seconds:.1f}",
        str(meeting.tokens),
        f"{meeting.cost:.6f}",
        str(meeting.bytes),
        str(meeting.pk),
    ]


def _rest(month: Month, rest: usage.Used) -> list[str]:
    return [
        str(month),
        _("Deleted or moved meetings"),
        "",
        f"{rest.recording_seconds:.1f}",
        f"{rest.seconds:.1f}",
        str(rest.tokens),
        f"{rest.cost:.6f}",
        "",
        "",
    ]
