"""A person's own language and time zone, for what is written to them by workers."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone, translation

from accounts.models import User


@contextmanager
def of_person(person: User) -> Iterator[None]:
    """Words, days and times as on the person's pages."""
    zone = zoneinfo.ZoneInfo(person.time_zone or settings.TIME_ZONE)
    with translation.override(person.language or settings.LANGUAGE_CODE), timezone.override(zone):
        yield
