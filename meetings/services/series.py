"""What changes series, and which meetings belong to them."""

from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Workspace
from meetings.errors import OtherWorkspace, SeriesNameTaken
from meetings.models import Meeting, Series
from meetings.services import templates

DEFAULTS = ("language", "agenda", "participants", "vocabulary")
"""What a new meeting takes from its series where the person gave none."""


def create(*, workspace: Workspace, name: str, **fields: Any) -> Series:
    """A new series; SeriesNameTaken where the workspace has one of that name."""
    templates.check(fields.get("template", ""), workspace.pk)
    return _saved(Series(workspace=workspace, name=name.strip(), **fields))


def change(*, series: Series, **fields: Any) -> Series:
    """Change a series; meetings that are there already stay as they are."""
    templates.check(fields.get("template", ""), series.workspace_id)
    for name, value in fields.items():
        setattr(series, name, value.strip() if name == "name" else value)
    return _saved(series)


def delete(*, series: Series) -> None:
    """Delete a series; its meetings stay and belong to none."""
    series.delete()


def assign(*, meeting: Meeting, series: Series | None) -> None:
    """Put a meeting into a series of its workspace, or take it out of its own."""
    check_home(series, meeting.workspace_id)
    meeting.series = series
    meeting.save(update_fields=["series", "updated_at"])


def check_home(series: Series | None, workspace_id: int) -> None:
    """OtherWorkspace where ``series`` does not belong to the workspace."""
    if series is not None and series.workspace_id != workspace_id:
        raise OtherWorkspace


def with_defaults(series: Series | None, told: dict[str, Any]) -> dict[str, Any]:
    """``told`` about a new meeting, completed by the defaults of its series."""
    if series is None:
        return told
    return told | {name: told.get(name) or getattr(series, name) for name in DEFAULTS}


def _saved(series: Series) -> Series:
    try:
        with transaction.atomic():
            series.save()
    except IntegrityError as error:
        raise SeriesNameTaken from error
    return series
