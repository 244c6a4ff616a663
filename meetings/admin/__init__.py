"""The operator's pages of this app."""

from meetings.admin import attachments, jobs, meetings, pipeline, series, sharing, uploads, usage

__all__ = ["attachments", "jobs", "meetings", "pipeline", "series", "sharing", "uploads", "usage"]
