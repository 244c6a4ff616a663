"""What a workspace used, as the API tells it."""

from typing import Any

from accounts.models import Workspace
from accounts.months import Month, this_month
from reports.services import usage
from reports.services.usage import Gauge, Used


def usage_document(workspace: Workspace) -> dict[str, Any]:
    """This month and the eleven before, and how much of each quota is taken."""
    month = this_month()
    return {
        "workspace": workspace.pk,
        "month": str(month),
        "renews_at": month.end,
        "quotas": [_gauge(gauge) for gauge in usage.gauges(workspace)],
        "months": [_month(when, used) for when, used in usage.months(workspace)],
    }


def _gauge(gauge: Gauge) -> dict[str, Any]:
    return {
        "quota": gauge.quota,
        "used": gauge.used,
        "under_way": gauge.under_way,
        "limit": gauge.limit,
    }


def _month(month: Month, used: Used) -> dict[str, Any]:
    return {
        "month": str(month),
        "recordings": used.recordings,
        "recording_seconds": used.recording_seconds,
        "work_seconds": used.seconds,
        "stages": used.stages,
        "llm_calls": used.calls,
        "tokens_in": used.tokens_in,
        "tokens_out": used.tokens_out,
        "cost": used.cost,
    }
