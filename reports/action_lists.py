"""Action items in the groups that a page shows: by day, by person, by series. Pure but for rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from reports.models import ActionItem, Evidence
from reports.moments import moment_of


@dataclass(frozen=True)
class Entry:
    """An item with the moment it was said."""

    item: ActionItem
    moment: Evidence | None
    overdue: bool


@dataclass(frozen=True)
class Group:
    """Items under a heading."""

    title: str
    entries: list[Entry]


def grouped(items: Iterable[ActionItem], by: str, today: date) -> list[Group]:
    """Groups in the order in which their first items come; ``by`` is a key of ``ORDERS``."""
    headings: dict[str, Callable[[ActionItem], str]] = {
        "due": lambda item: _span(item, today),
        "person": lambda item: item.assignee or _("Nobody was named"),
        "series": lambda item: (
            item.meeting.series.name
            if item.meeting.series and not item.meeting.shown_alone
            else _("Outside of any series")
        ),
    }
    groups: dict[str, list[Entry]] = {}
    for item in items:
        entry = Entry(item, moment_of(item), item.is_overdue(today))
        groups.setdefault(headings[by](item), []).append(entry)
    return [Group(title, entries) for title, entries in groups.items()]


ORDERS: dict[str, Sequence[str]] = {
    "due": (),
    "person": ("assignee",),
    "series": ("meeting__series__name",),
}
"""What items are ordered by before their day, so that a group is not cut by a page's end."""


def _span(item: ActionItem, today: date) -> str:
    if item.due is None:
        return _("Without a day")
    if item.due < today:
        return _("Overdue") if item.state == ActionItem.State.OPEN else _("Earlier")
    if item.due == today:
        return _("Today")
    return _("Within a week") if item.due <= today + timedelta(days=7) else _("Later")
