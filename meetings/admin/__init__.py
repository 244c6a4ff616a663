"""The operator's pages of this app."""

from meetings.admin import jobs, meetings, pipeline, series

__all__ = ["jobs", "meetings", "pipeline", "series"]
