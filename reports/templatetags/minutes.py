"""Minutes as the pages show them."""

from typing import Any

from django import template

from meetings.models import Meeting
from reports.documents import minutes_document
from reports.models import Minutes, Section, Statement

register = template.Library()


@register.simple_tag
def minutes_of(meeting: Meeting) -> Minutes | None:
    """The version of the minutes that the meeting's page shows."""
    return Minutes.objects.current(meeting)


@register.filter
def support(minutes: Minutes) -> dict[str, int]:
    """How many statements there are, how many of them supported."""
    counts: dict[str, Any] = minutes_document(minutes)["support"]
    return counts


@register.filter
def is_tasks(section: Section) -> bool:
    """Whether the section lists action items, which are shown as a table."""
    return section.kind == Statement.Kind.ACTION_ITEM
