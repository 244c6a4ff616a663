"""Minutes, their mails, templates and language models for the operator."""

from reports.admin import archives, language_models, mails, minutes, templates

__all__ = ["archives", "language_models", "mails", "minutes", "templates"]
