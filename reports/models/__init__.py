"""The minutes of a meeting and what belongs to them."""

from reports.models.language_models import LanguageModel, LlmCall
from reports.models.mailing import Delivery, Mailing
from reports.models.minutes import Evidence, Minutes, MinutesQuerySet, Section, Statement

__all__ = [
    "Delivery",
    "Evidence",
    "LanguageModel",
    "LlmCall",
    "Mailing",
    "Minutes",
    "MinutesQuerySet",
    "Section",
    "Statement",
]
