"""What changes series, and which meetings belong to them."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.acts import Act
from accounts.models import Workspace
from accounts.services import audit
from meetings.errors import OtherWorkspace, SeriesNameTaken
from meetings.models import Meeting, Series
from meetings.services import templates

DEFAULTS = ("language", "agenda", "participants", "vocabulary")
"""What a new meeting takes from its series where the person gave none."""


def create(*, workspace: Workspace, name: str, **fields: Any) -> Series:
    """A new series; SeriesNameTaken where the workspace has one of that name."""
    templates.check(fields.get("template", ""), workspace.pk)
    made = Series(workspace=workspace, name=name.strip(), **fields)
    return _saved(made, Act.SERIES_CREATED, sorted(fields))


def change(*, series: Series, **fields: Any) -> Series:
    """Change a series; meetings that are there already stay as they are."""
    templates.check(fields.get("template", ""), series.workspace_id)
    for name, value in fields.items():
        setattr(series, name, value.strip() if name == "name" else value)
    return _saved(series, Act.SERIES_CHANGED, sorted(fields))


@transaction.atomic
def delete(*, series: Series) -> None:
    """Delete a series; its meetings stay and belong to none."""
    audit.record(Act.SERIES_DELETED, of=series)
    series.delete()


@transaction.atomic
def assign(*, meeting: Meeting, series: Series | None) -> None:
    """Put a meeting into a series of its workspace, or take it out of its own."""
    check_home(series, meeting.workspace_id)
    meeting.series = series
    meeting.save(update_fields=["series", "updated_at"])
    audit.record(Act.MEETING_CHANGED, of=meeting, fields=["series"])


def check_home(series: Series | None, workspace_id: int) -> None:
    """OtherWorkspace where ``series`` does not belong to the workspace."""
    if series is not None and series.workspace_id != workspace_id:
        raise OtherWorkspace


def with_defaults(series: Series | None, told: dict[str, Any]) -> dict[str, Any]:
    """``told`` about a new meeting, completed by the defaults of its series."""
    if series is None:
        return told
    return told | {name: told.get(name) or getattr(series, name) for name in DEFAULTS}


def _saved(series: Series, what: Act, fields: list[str]) -> Series:
    try:
        with transaction.atomic():
            series.save()
            audit.record(what, of=series, fields=fields)
    except IntegrityError as error:
        raise SeriesNameTaken from error
    return series
