"""The minutes of a meeting and what belongs to them."""

from reports.models.minutes import Evidence, Minutes, MinutesQuerySet, Section, Statement

__all__ = ["Evidence", "Minutes", "MinutesQuerySet", "Section", "Statement"]
