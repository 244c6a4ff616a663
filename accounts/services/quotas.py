"""What workspaces may use: their own limits, else those of the instance. Read-only.

How much they use is not known on this floor: see ``meetings.services.quotas`` and
``reports.services.usage``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from accounts.models import Quota

HOUR = 3600
GIB = 1024**3


@dataclass(frozen=True)
class Limits:
    """None is no limit. ``seconds`` of recordings and ``tokens`` are those of a calendar month."""

    seconds: float | None = None
    bytes: int | None = None
    tokens: int | None = None
    jobs: int | None = None


def limits_of(workspace_id: int) -> Limits:
    """The limits of a workspace; 1 query."""
    return limits_by_workspace([workspace_id])[workspace_id]


def limits_by_workspace(workspace_ids: Iterable[int]) -> dict[int, Limits]:
    """The limits of each workspace; 1 query."""
    wanted = list(workspace_ids)
    found = {row.workspace_id: _of(row) for row in Quota.objects.filter(workspace__in=wanted)}
    return {pk: found.get(pk) or of_instance() for pk in wanted}


def limits_in(workspace: Any) -> Limits:
    """The limits of a workspace whose row was fetched with it (``select_related``); no query."""
    row: Quota | None = getattr(workspace, "quota", None)
    return of_instance() if row is None else _of(row)


def of_instance() -> Limits:
    """Those of the settings, for workspaces without limits of their own."""
    return _limits(
        settings.QUOTA_HOURS,
        settings.QUOTA_STORAGE_GIB,
        settings.QUOTA_LLM_TOKENS,
        settings.QUOTA_JOBS,
    )


def _of(row: Quota) -> Limits:
    return _limits(row.hours, row.storage, row.llm_tokens, row.jobs)


def _limits(hours: Any, storage: Any, tokens: int | None, jobs: int | None) -> Limits:
    return Limits(
        seconds=None if hours is None else float(hours) * HOUR,
        bytes=None if storage is None else int(storage * GIB),
        tokens=tokens,
        jobs=jobs,
    )
