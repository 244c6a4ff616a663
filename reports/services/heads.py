"""What a person adds to the head of the minutes: the place, who chaired, who kept the record."""

from typing import Any

from django.db import transaction

from reports.models import Minutes
from reports.services import drafts

FIELDS = ("place", "chair", "secretary")


@transaction.atomic
def change(*, minutes_id: Any, fields: dict[str, str]) -> Minutes:
    """The draft with some of FIELDS set; Frozen or InReview where it is no draft any more."""
    minutes = drafts.locked(minutes_id)
    changes = {name: fields[name] for name in FIELDS if name in fields}
    for name, value in changes.items():
        setattr(minutes, name, value)
    minutes.save(update_fields=list(changes))
    drafts.tell(minutes)
    drafts.note_edit(minutes)
    return minutes


def carried_over(meeting_id: Any) -> dict[str, str]:
    """The head of the newest version of a meeting, for the next one; empty for the first."""
    newest = Minutes.objects.filter(meeting=meeting_id).order_by("-version")
    return dict(newest.values(*FIELDS).first() or {})
