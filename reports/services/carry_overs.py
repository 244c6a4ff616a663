"""Open items of earlier meetings in the minutes of the next one of the series.

What is said of an item is looked for in the new transcript, and stands in a section of its own.
The evidence of such a statement is words of this meeting, where there are any; what the item itself
rests on lies in its own meeting, where its words were checked, and is reached through the item. So
a silent item cites nothing here and is as sure as the minutes that set it.

Nothing is marked as done: the person who reads it does that.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.models import Meeting
from reports import carry_over, grounding
from reports.models import (
    ActionItem,
    ActionItemQuerySet,
    CarriedItem,
    Minutes,
    Section,
    Statement,
)
from reports.services import rows
from reports.writers import base

SECTION = "carry_over"
LANGUAGES = ("ru", "en")
MOST = 300
"""Items that are looked for; the oldest come first."""


def look(*, meeting_id: UUID | str, talk: base.Meeting) -> list[carry_over.Outcome]:
    """What ``talk`` says of the open items of the series' earlier meetings; writes nothing."""
    meeting = Meeting.objects.get(pk=meeting_id)
    if meeting.series_id is None:
        return []
    items = [
        carry_over.OpenItem(
            key=item.pk,
            text=item.text,
            since=_day_of(item.meeting),
            assignee=item.assignee,
            due=item.due,
        )
        for item in _carried_into(meeting)[:MOST]
    ]
    return carry_over.follow_up(items, talk)


def store(*, minutes: Minutes, talk: base.Meeting, outcomes: Sequence[carry_over.Outcome]) -> None:
    """The outcomes as a section of the minutes, behind the summary; none where there are none."""
    keys = [outcome.item.key for outcome in outcomes]
    items = ActionItem.objects.with_moment().in_bulk(keys)
    told = [outcome for outcome in outcomes if outcome.item.key in items]
    if not told:
        return
    with translation.override(talk.language if talk.language in LANGUAGES else "en"):
        section = _make_room(minutes)
        for position, outcome in enumerate(told):
            _store(section, position, talk, outcome, items[outcome.item.key])


def _carried_into(meeting: Meeting) -> ActionItemQuerySet:
    """Items of earlier meetings that are open, or that earlier minutes of this one carried."""
    earlier = ActionItem.objects.filter(
        meeting__in=Meeting.objects.kept().filter(series=meeting.series_id),
        meeting__held_at__lt=meeting.held_at,
    ).exclude(meeting=meeting.pk)
    carried = CarriedItem.objects.filter(statement__section__minutes__meeting=meeting.pk)
    wanted = Q(state=ActionItem.State.OPEN) | Q(pk__in=carried.values("item"))
    found = earlier.filter(wanted).select_related("meeting")
    return found.order_by("meeting__held_at", "created_at", "pk")


def _make_room(minutes: Minutes) -> Section:
    """A new section behind the summary; those after it move on by one."""
    first = minutes.sections.filter(kind="summary").aggregate(last=Max("position"))["last"]
    place = 0 if first is None else first + 1
    for section in minutes.sections.filter(position__gte=place).order_by("-position"):
        section.position += 1
        section.save(update_fields=["position"])
    title = _("Open items of earlier meetings")
    return Section.objects.create(minutes=minutes, position=place, kind=SECTION, title=title)


def _store(
    section: Section,
    position: int,
    talk: base.Meeting,
    outcome: carry_over.Outcome,
    item: ActionItem,
) -> None:
    text = wording(outcome)
    checked = verdict_of(talk, outcome, item)
    statement = Statement.objects.create(
        section=section,
        position=position,
        kind=Statement.Kind.CARRY_OVER,
        text=text,
        assignee=item.assignee,
        due_text=item.due_text,
        due=item.due,
        verdict=checked.verdict,
        reason=checked.reason,
    )
    rows.cite(statement, outcome.evidence)
    CarriedItem.objects.create(
        statement=statement, item=item, outcome=outcome.kind, since=outcome.item.since
    )


def wording(outcome: carry_over.Outcome) -> str:
    """The item and what became of it, as a sentence in the language that is active."""
    item = outcome.item
    told = {"item": item.text.rstrip(" ."), "since": _written(item.since), "due": ""}
    if outcome.kind == carry_over.DONE:
        return _("%(item)s — said to be done.") % told
    if outcome.kind == carry_over.MENTIONED:
        return _("%(item)s — spoken of, not said to be done.") % told
    if outcome.kind == carry_over.OVERDUE and item.due:
        return _("%(item)s — not mentioned, was due on %(due)s.") % {
            **told,
            "due": _written(item.due),
        }
    return _("%(item)s — not mentioned, open since %(since)s.") % told


def verdict_of(
    talk: base.Meeting, outcome: carry_over.Outcome, item: ActionItem
) -> grounding.Verdict:
    """Whether a carried statement stands: its own words in this meeting, its item's in its own.

    The statement is the item's text with what became of it, so names, numbers and days are as
    sure as the verdict on the item where it was set; what a person set by hand needs no evidence.
    """
    segments = {segment.id: segment for segment in talk.segments}
    for evidence in outcome.evidence:
        segment = segments.get(evidence.segment)
        if segment is None:
            return _unverified(grounding.SEGMENT_MISSING)
        if not grounding.stands_in(evidence.quote, segment.text):
            return _unverified(grounding.QUOTE_NOT_IN_SEGMENT)
    origin = item.statement
    if origin is None:
        return _supported() if outcome.evidence else _unverified(grounding.NO_EVIDENCE)
    if origin.verdict == Statement.Verdict.UNVERIFIED and "text" not in item.set_by_hand:
        return _unverified(origin.reason)
    return _supported()


def _supported() -> grounding.Verdict:
    return grounding.Verdict(grounding.SUPPORTED)


def _unverified(reason: str) -> grounding.Verdict:
    return grounding.Verdict(grounding.UNVERIFIED, reason)


def _day_of(meeting: Meeting) -> date:
    return timezone.localtime(meeting.held_at).date()


def _written(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
