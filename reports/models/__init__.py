"""The minutes of a meeting and what belongs to them."""

from reports.models.edits import Edit
from reports.models.minutes import Evidence, Minutes, MinutesQuerySet, Section, Statement
from reports.models.review import Approval, Comment, ProtocolNumber, Review

__all__ = [
    "Approval",
    "Comment",
    "Edit",
    "Evidence",
    "Minutes",
    "MinutesQuerySet",
    "ProtocolNumber",
    "Review",
    "Section",
    "Statement",
]
