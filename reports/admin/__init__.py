"""Minutes, their mails, templates, language models and usage for the operator."""

from reports.admin import language_models, mails, minutes, templates, usage

__all__ = ["language_models", "mails", "minutes", "templates", "usage"]
