"""Minutes, their mails and language models for the operator."""

from reports.admin import language_models, mails, minutes

__all__ = ["language_models", "mails", "minutes"]
