"""The operator's pages of this app."""

from meetings.admin import (
    attachments,
    deletions,
    jobs,
    meetings,
    pipeline,
    retention,
    series,
    sharing,
    uploads,
    usage,
    webhooks,
)

__all__ = [
    "attachments",
    "deletions",
    "jobs",
    "meetings",
    "pipeline",
    "retention",
    "series",
    "sharing",
    "uploads",
    "usage",
    "webhooks",
]
