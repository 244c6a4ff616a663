"""Action items as a calendar (RFC 5545): a day-long event each, with an alarm before it."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from meetings.templatetags.clock import clock
from reports.models import ActionItem
from reports.moments import moment_of

ALARM_HOUR = 9
REFRESH = timedelta(hours=1)


def calendar_of(items: Iterable[ActionItem], *, days_before: int) -> bytes:
    """A calendar of the items that have a day, in the reader's language.

    The same items give the same bytes. Alarms ring at nine in the morning, ``days_before`` days
    before an item is due.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Protokol//Action items//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", _("Action items"))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    for item in items:
        if item.due:
            calendar.add_component(_event(item, days_before))
    made: bytes = calendar.to_ical()
    return made


def _event(item: ActionItem, days_before: int) -> Event:
    summary = f"{item.assignee}: {item.text}" if item.assignee else item.text
    event = Event()
    event.add("UID", f"action-item-{item.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("SUMMARY", summary)
    event.add("DTSTAMP", item.updated_at)
    event.add("LAST-MODIFIED", item.updated_at)
    event.add("DTSTART", item.due)
    event.add("DTEND", item.due + timedelta(days=1) if item.due else None)
    event.add("TRANSP", "TRANSPARENT")
    event.add("DESCRIPTION", _description(item))
    event.add("URL", _address(item))
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", summary)
    alarm.add("TRIGGER", timedelta(hours=ALARM_HOUR) - timedelta(days=days_before))
    event.add_component(alarm)
    return event


def _description(item: ActionItem) -> str:
    moment = moment_of(item)
    lines = [f"{item.meeting.title}{f', {clock(moment.start)}' if moment else ''}"]
    if moment:
        lines.append(f"“{moment.quote}”")
    return "\n".join([*lines, _address(item)])


def _address(item: ActionItem) -> str:
    moment = moment_of(item)
    page = reverse("meetings:meeting", args=[item.meeting_id])
    return f"{settings.PUBLIC_URL}{page}{f'#segment-{moment.segment_id}' if moment else ''}"
