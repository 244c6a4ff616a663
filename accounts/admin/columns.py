"""Columns that several lists have."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

COLOURS = {
    "queued": "info",
    "pending": "info",
    "running": "warning",
    "spread": "warning",
    "sending": "warning",
    "sent": "success",
    "delivered": "success",
    "succeeded": "success",
    "skipped": "info",
    "failed": "danger",
    "dead": "danger",
    "lost": "danger",
    "cancelled": "info",
}


class StateColumn:
    """The state, coloured."""

    @display(description=_("state"), label=COLOURS, ordering="state")
    def shown_state(self, row: Any) -> tuple[str, str]:
        """Value and label."""
        return row.state, row.get_state_display()
