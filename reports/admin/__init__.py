"""Minutes, their mails, templates and language models for the operator."""

from reports.admin import language_models, mails, minutes, templates

__all__ = ["language_models", "mails", "minutes", "templates"]
