"""Templates of minutes, as far as a meeting must know them: which there are, which are its own.

They belong to the floor above and are reached by a dotted path, as the stages of the pipeline are.
"""

from typing import Any, cast

from django.utils.module_loading import import_string

from accounts.models import User

CATALOGUE = "reports.services.templates"


def check(template: str, workspace_id: int) -> None:
    """Raise where meetings of the workspace cannot be written by ``template``; empty always can."""
    _of_catalogue("check")(template, workspace_id)


def choices(user: User, workspace_id: int | None = None) -> list[tuple[str, str]]:
    """Words and names of the templates that ``user`` can choose."""
    return cast(list[tuple[str, str]], _of_catalogue("choices")(user, workspace_id))


def _of_catalogue(name: str) -> Any:
    return import_string(f"{CATALOGUE}.{name}")
