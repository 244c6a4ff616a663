"""Objects that no row names any more: of attempts that came to nothing, of meetings that are gone.

Only old objects are looked at, so that what is being written, or about to be named, is left alone;
what carries the token of an attempt that still runs is left alone however old it is.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from meetings import storage
from meetings.models import Attachment, Recording, StageRun, Upload

LOCK = 0x47415242
"""The advisory lock under which one collector works at a time."""

BATCH = 1000

UUID4 = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KEY = re.compile(rf"meetings/({UUID4})/(?:[a-z_]+-({UUID4})/)?[^/]+")
"""The id of a meeting and, in what an attempt made, the attempt's token."""

NAMES = (
    (Recording, "meeting_id", ("key", "audio_key", "rendition_key", "peaks_key")),
    (StageRun, "job__meeting_id", ("output",)),
    (Attachment, "meeting_id", ("key",)),
    (Upload, "for_meeting", ("key",)),
)
"""Where rows name objects: the model, the path to the meeting's id, the fields with keys."""

log = structlog.get_logger(__name__)


@dataclass
class Collected:
    """What was deleted, or would be."""

    objects: int = 0
    bytes: int = 0


def collect(*, age: timedelta | None = None, dry_run: bool = False) -> Collected | None:
    """Delete what nothing names and is older than ``age``; None where another collector works.

    ``dry_run`` counts and deletes nothing.
    """
    age = timedelta(seconds=settings.GARBAGE_AGE_SECONDS) if age is None else age
    found = Collected()
    with _alone() as is_alone:
        if not is_alone:
            return None
        for stored in unnamed(age):
            found.objects += 1
            found.bytes += stored.bytes
            if not dry_run:
                storage.delete_object(stored.key)
                log.info("object_collected", key=stored.key, bytes=stored.bytes)
    return found


def unnamed(age: timedelta) -> Iterator[storage.StoredObject]:
    """Objects of meetings that are older than ``age`` and that no row and no attempt names."""
    before = timezone.now() - age
    old = (stored for stored in storage.objects_of_meetings() if stored.modified_at < before)
    while batch := list(islice(old, BATCH)):
        parsed = [(stored, match) for stored in batch if (match := KEY.fullmatch(stored.key))]
        named = _named({match[1] for _stored, match in parsed})
        at_work = _at_work({match[2] for _stored, match in parsed if match[2]})
        for stored, match in parsed:
            if stored.key not in named and match[2] not in at_work:
                yield stored


def _named(meetings: Iterable[str]) -> set[str]:
    """The keys that rows of these meetings hold."""
    ids = [UUID(meeting) for meeting in meetings]
    return {
        key
        for model, path, fields in NAMES
        for row in model._base_manager.filter(**{f"{path}__in": ids}).values_list(*fields)
        for key in row
        if key
    }


def _at_work(tokens: Iterable[str]) -> set[str]:
    """Those of ``tokens`` under which a stage runs at this moment."""
    wanted = [UUID(token) for token in tokens]
    running = StageRun.every.filter(token__in=wanted, state=StageRun.State.RUNNING)
    return {str(token) for token in running.values_list("token", flat=True)}


@contextmanager
def _alone() -> Iterator[bool]:
    """A lock of the session, as deleting may take longer than a transaction should."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
