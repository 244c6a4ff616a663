"""What a person adds to the head of the minutes: the place, who chaired, who kept the record."""

from typing import Any

from meetings import events
from reports.errors import ApprovedAreFrozen
from reports.models import Minutes

FIELDS = ("place", "chair", "secretary")


def change(*, minutes: Minutes, fields: dict[str, str]) -> None:
    """Set some of FIELDS; ApprovedAreFrozen once the version is approved."""
    changes = {name: fields[name] for name in FIELDS if name in fields}
    open_ones = Minutes.objects.filter(pk=minutes.pk).exclude(state=Minutes.State.APPROVED)
    if changes and not open_ones.update(**changes):
        raise ApprovedAreFrozen
    for name, value in changes.items():
        setattr(minutes, name, value)
    events.publish(
        minutes.meeting_id, {"type": "minutes", "id": str(minutes.pk), "state": minutes.state}
    )


def carried_over(meeting_id: Any) -> dict[str, str]:
    """The head of the newest version of a meeting, for the next one; empty for the first."""
    newest = Minutes.objects.filter(meeting=meeting_id).order_by("-version")
    return dict(newest.values(*FIELDS).first() or {})
