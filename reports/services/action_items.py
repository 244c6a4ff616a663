"""What changes action items: new minutes say what there is, people say what became of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from reports import action_matching
from reports.models import ActionItem, Minutes, Statement

HAND = ("assignee", "due", "text")
"""Fields that a person may set; from then on new minutes leave them alone."""


@transaction.atomic
def sync(*, minutes: Minutes) -> None:
    """Let the meeting's action items be those of its newest minutes; to be called after storing.

    An item keeps its state and what people set by hand over all versions. What the newest version
    does not have any more is dropped from the list, unless somebody has done something about it.
    """
    if Minutes.objects.filter(meeting=minutes.meeting_id, version__gt=minutes.version).exists():
        return
    said = list(
        Statement.objects.filter(section__minutes=minutes, kind=Statement.Kind.ACTION_ITEM)
        .order_by("section__position", "position")
        .prefetch_related("evidence")
    )
    known = list(
        ActionItem.objects.select_for_update(of=["self"])
        .filter(meeting=minutes.meeting_id)
        .select_related("statement")
        .prefetch_related("statement__evidence")
        .order_by("created_at", "pk")
    )
    pairs = action_matching.match([_said(s) for s in said], [_known(i) for i in known])
    for position, statement in enumerate(said):
        item = known[pairs[position]] if position in pairs else ActionItem()
        _take_over(item, minutes, statement)
    _forget([item for place, item in enumerate(known) if place not in pairs.values()])


@transaction.atomic
def set_state(*, item: ActionItem, state: str, by: User) -> ActionItem:
    """Say what became of an item; who said so and when is kept. The same state again is nothing."""
    locked = ActionItem.objects.select_for_update().get(pk=item.pk)
    if locked.state != state:
        locked.state, locked.changed_by, locked.changed_at = state, by, timezone.now()
        locked.save(update_fields=["state", "changed_by", "changed_at", "updated_at"])
        audit.record(Act.ACTION_ITEM_CHANGED, of=_thing(locked), by=by, state=state)
    return locked


@transaction.atomic
def change(*, item: ActionItem, by: User, **told: Any) -> ActionItem:
    """Set ``assignee``, ``due``, ``text`` or ``state``; what is set by hand stays so."""
    if "state" in told:
        set_state(item=item, state=told.pop("state"), by=by)
    locked = ActionItem.objects.select_for_update().get(pk=item.pk)
    by_hand = sorted(told.keys() & set(HAND))
    for name in by_hand:
        setattr(locked, name, told[name])
    if "due" in told:
        locked.due_text = ""
    locked.set_by_hand = sorted({*locked.set_by_hand, *by_hand})
    locked.save()
    if by_hand:
        audit.record(Act.ACTION_ITEM_CHANGED, of=_thing(locked), by=by, fields=by_hand)
    return locked


def _thing(item: ActionItem) -> audit.Thing:
    """An item in the audit log: by the meeting's title, for its own text are words of minutes."""
    meeting = item.meeting
    return audit.Thing("actionitem", str(item.pk), meeting.title, meeting.workspace_id)


def note_export(items: Sequence[ActionItem]) -> None:
    """Keep in the audit log of each workspace how many of its items the caller has got."""
    counts = Counter(item.meeting.workspace_id for item in items)
    for workspace, count in counts.items():
        audit.record(Act.ACTION_ITEMS_EXPORTED, workspace=workspace, count=count)


def today() -> date:
    """The day it is where the present reader lives."""
    return timezone.localdate()


def _said(statement: Statement) -> action_matching.Described:
    return action_matching.Described(
        text=statement.text,
        assignee=statement.assignee,
        lineage=statement.lineage,
        segments=frozenset(e.segment_id for e in statement.evidence.all() if e.segment_id),
    )


def _known(item: ActionItem) -> action_matching.Described:
    """As its minutes had it, whatever a person has set since."""
    if item.statement is None:
        return action_matching.Described(item.text, item.assignee, item.lineage)
    described = _said(item.statement)
    return replace(described, lineage=item.lineage or described.lineage)


def _take_over(item: ActionItem, minutes: Minutes, statement: Statement) -> None:
    """Write what the statement says into the item, but for what a person has set."""
    item.meeting_id, item.statement = minutes.meeting_id, statement
    item.lineage = statement.lineage
    names = [name for name in HAND if name not in item.set_by_hand]
    if "due" in names:
        names.append("due_text")
    for name in names:
        setattr(item, name, getattr(statement, name))
    item.save()


def _forget(gone: list[ActionItem]) -> None:
    """Delete what nobody has done anything about; the rest keeps its last statement."""
    untouched = [item.pk for item in gone if item.changed_at is None and not item.set_by_hand]
    ActionItem.objects.filter(pk__in=untouched, outcomes=None, reminders=None).delete()
