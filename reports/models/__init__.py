"""The minutes of a meeting and what belongs to them."""

from reports.models.mailing import Delivery, Mailing
from reports.models.minutes import Evidence, Minutes, MinutesQuerySet, Section, Statement

__all__ = [
    "Delivery",
    "Evidence",
    "Mailing",
    "Minutes",
    "MinutesQuerySet",
    "Section",
    "Statement",
]
