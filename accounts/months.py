"""Calendar months of the instance's zone (``TIME_ZONE``), with which quotas begin anew. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; ``start`` belongs to it, ``end`` is the start of the next."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def start(self) -> datetime:
        """When it begins, with the instance's zone."""
        return datetime(self.year, self.number, 1, tzinfo=timezone.get_default_timezone())

    @property
    def end(self) -> datetime:
        """When the next begins."""
        return self.later(1).start

    def later(self, months: int) -> "Month":
        """The month so many months after it; before it where ``months`` is negative."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)


def month_of(moment: datetime) -> Month:
    """The month in which a moment lies."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return Month(local.year, local.month)


def this_month() -> Month:
    """The month that it is."""
    return month_of(timezone.now())


def month_named(text: str) -> Month | None:
    """The month that is written ``2026-11``; None where it is none, or far from any meeting's."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    month = Month(int(found[1]), int(found[2]))
    return month if 1970 <= month.year <= 9000 else None
