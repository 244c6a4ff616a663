"""Action items as a table for spreadsheets."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.spreadsheets import table
from meetings.templatetags.clock import clock
from reports.models import ActionItem
from reports.moments import moment_of


def csv_of(items: Iterable[ActionItem]) -> str:
    """A header and a row an item, in the reader's language."""
    return table(_header(), (_row(item) for item in items))


def _header() -> list[str]:
    return [
        _("State"),
        _("Action item"),
        _("Assignee"),
        _("Due"),
        _("Due, as said"),
        _("Series"),
        _("Meeting"),
        _("Held"),
        _("Said at"),
        _("Said"),
        _("State changed by"),
        _("State changed"),
        _("Address"),
    ]


def _row(item: ActionItem) -> list[str]:
    moment, meeting = moment_of(item), item.meeting
    changed = timezone.localtime(item.changed_at) if item.changed_at else None
    place = f"#segment-{moment.segment_id}" if moment else ""
    return [
        str(item.get_state_display()),
        item.text,
        item.assignee,
        item.due.isoformat() if item.due else "",
        item.due_text,
        meeting.series.name if meeting.series and not meeting.shown_alone else "",
        meeting.title,
        timezone.localtime(meeting.held_at).date().isoformat(),
        clock(moment.start) if moment else "",
        moment.quote if moment else "",
        str(item.changed_by or ""),
        f"{changed:%Y-%m-%d %H:%M}" if changed else "",
        f"{settings.PUBLIC_URL}{reverse('meetings:meeting', args=[meeting.pk])}{place}",
    ]
