"""What stays the same of a statement over the versions of its minutes."""

from typing import Any

from reports.models import Statement


def lineage_of(statement: Statement | None) -> Any:
    """The statement's lineage; None where there is no statement or nothing was kept of it."""
    return getattr(statement, "lineage", None)
