"""The minutes of a meeting and what belongs to them."""

from reports.models.action_items import ActionItem, ActionItemQuerySet, CarriedItem
from reports.models.calendar_feed import CalendarFeed
from reports.models.minutes import Evidence, Minutes, MinutesQuerySet, Section, Statement
from reports.models.reminder import Reminder

__all__ = [
    "ActionItem",
    "ActionItemQuerySet",
    "CalendarFeed",
    "CarriedItem",
    "Evidence",
    "Minutes",
    "MinutesQuerySet",
    "Reminder",
    "Section",
    "Statement",
]
