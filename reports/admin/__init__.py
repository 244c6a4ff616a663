"""Minutes, their mails, templates, language models and usage for the operator."""

from reports.admin import (
    archives,
    language_models,
    mails,
    minutes,
    questions,
    templates,
    usage,
)

__all__ = [
    "archives",
    "language_models",
    "mails",
    "minutes",
    "questions",
    "templates",
    "usage",
]
