"""Minutes as the pages show them."""

from typing import Any

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from reports import grounding
from reports.documents import carried_of, minutes_document
from reports.models import ActionItem, CarriedItem, Evidence, Minutes
from reports.moments import moment_of

register = template.Library()

REASONS = {
    grounding.NO_EVIDENCE: _("nothing in the recording is cited"),
    grounding.SEGMENT_MISSING: _("the cited words are not in the transcript"),
    grounding.QUOTE_NOT_IN_SEGMENT: _("the cited words are not in the transcript"),
    grounding.NUMBER_NOT_IN_EVIDENCE: _("a number does not occur in the cited words"),
    grounding.DATE_NOT_IN_EVIDENCE: _("a date does not occur in the cited words"),
    grounding.NAME_NOT_IN_EVIDENCE: _("a name does not occur in the cited words"),
}
"""Why a statement is unverified, in words."""


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
def reason_label(reason: str) -> str:
    """A reason of the grounding checker, in words."""
    return str(REASONS.get(reason, reason.replace("_", " ")))


@register.filter
def note_label(note: str) -> str:
    """A writer's note, in words; codes carry their facts behind a colon."""
    code, _colon, facts = note.partition(":")
    if code == "agenda_not_reached":
        numbers = facts.replace(",", ", ")
        return gettext("Not reached of the agenda: items %(numbers)s") % {"numbers": numbers}
    if code == "empty_transcript":
        return gettext("Nothing was said, so there is nothing to write down.")
    return code.replace("_", " ")


@register.simple_tag
def carried_in(minutes: Minutes) -> dict[int, CarriedItem]:
    """What became of earlier meetings' items, by statement."""
    return {statement.pk: carried for statement, carried in carried_of(minutes)}


@register.filter
def of_statement(carried: dict[int, CarriedItem], statement: Any) -> CarriedItem | None:
    """The one that a statement tells of."""
    return carried.get(statement.pk)


@register.filter
def moment(item: ActionItem) -> Evidence | None:
    """When an item was said, in its own meeting."""
    return moment_of(item)
