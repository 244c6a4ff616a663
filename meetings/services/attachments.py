"""Documents of a meeting: taken in, read by a worker, removed."""

import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.db.models.deletion import RestrictedError
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings import events, reading, storage
from meetings.errors import (
    AttachmentCited,
    AttachmentTooLarge,
    EmptyAttachment,
    NotReadYet,
    StorageAway,
    TooManyAttachments,
)
from meetings.media.probe import plain
from meetings.models import Attachment, AttachmentPage, Meeting
from meetings.reading import agenda
from meetings.services import ingest, quotas

TASK = "meetings.tasks.read_attachment"
"""By name: services know no tasks."""
QUEUE = "cpu"
LONGEST_NAME = 255
HEAD_START = timedelta(minutes=1)
"""After which the reaper looks for an attachment whose own message was lost."""

log = structlog.get_logger(__name__)


def attach(*, meeting: Meeting, upload: UploadedFile, by: User) -> Attachment:
    """The document's row and its object; a worker reads it after the commit.

    AttachmentTooLarge, EmptyAttachment, TooManyAttachments, QuotaExceeded: then nothing is kept.
    """
    size = upload.size or 0
    if not size:
        raise EmptyAttachment
    if size > settings.ATTACHMENT_MAX_BYTES:
        raise AttachmentTooLarge(settings.ATTACHMENT_MAX_BYTES)
    with ingest.on_disk(upload) as path:
        digest = ingest.sha256_of(path)
    key = storage.attachment_key(meeting.pk, uuid.uuid4().hex)
    storage.put_upload(key, upload)
    try:
        return _row(
            meeting, by, key=key, filename=name_of(upload.name or ""), bytes=size, sha256=digest
        )
    except BaseException:
        with suppress(StorageAway):
            storage.delete([key])
        raise


@transaction.atomic
def _row(meeting: Meeting, by: User, **fields: Any) -> Attachment:
    quotas.admit(workspace_id=meeting.workspace_id, wish=quotas.Wish(bytes=fields["bytes"]))
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if meeting.attachments.count() >= settings.ATTACHMENTS_MOST:
        raise TooManyAttachments(settings.ATTACHMENTS_MOST)
    made = Attachment.objects.create(
        meeting=meeting, created_by=by, due_at=Now() + HEAD_START, **fields
    )
    audit.record(Act.ATTACHMENT_ADDED, of=made, by=by, bytes=made.bytes)
    _send([made.pk])
    _tell(made)
    return made


def name_of(told: str) -> str:
    """A file's name as it is shown: no folders, one line, no characters that turn others round."""
    return plain(PurePosixPath(told.replace("\\", "/")).name, LONGEST_NAME) or "attachment"


@transaction.atomic
def rename(*, attachment: Attachment, filename: str) -> Attachment:
    """Call it otherwise; what it is does not depend on its name."""
    attachment.filename = name_of(filename)
    attachment.save(update_fields=["filename"])
    audit.record(Act.ATTACHMENT_CHANGED, of=attachment)
    _tell(attachment)
    return attachment


def remove(*, attachment: Attachment) -> None:
    """Delete the document with its text and its object.

    AttachmentCited where statements of some minutes rest on it; then nothing is deleted.
    """
    with transaction.atomic():
        _tell(attachment)
        audit.record(Act.ATTACHMENT_REMOVED, of=attachment)
        try:
            attachment.delete()
        except RestrictedError as error:
            raise AttachmentCited from error
        transaction.on_commit(lambda: storage.delete([attachment.key]))


def read(*, attachment_id: str) -> None:
    """Take the text out of a waiting document: read or unreadable, whatever is in it.

    Where the store does not answer it goes on waiting, and the reaper sends it again.
    """
    waiting = Attachment.objects.filter(pk=attachment_id, state=Attachment.State.WAITING)
    claimed = waiting.filter(attempts_left__gt=0).update(
        attempts_left=F("attempts_left") - 1, due_at=Now() + Attachment.AGAIN_AFTER
    )
    found = waiting.first() if claimed else None
    if found is None:
        return
    try:
        with storage.local_copy(found.key) as path:
            text = reading.read(path, _limits())
    except reading.UnreadableDocument as error:
        _unreadable(found, error.code, error.facts)
    except (StorageAway, FileNotFoundError) as error:
        log.warning("attachment_not_fetched", attachment=attachment_id, error=str(error))
    else:
        _keep(found, text)


def send_due(*, limit: int = 100) -> int:
    """The reaper's share: send again what nobody finished, and give up what ended every worker."""
    late = Attachment.objects.filter(state=Attachment.State.WAITING, due_at__lt=Now())
    for lost in late.filter(attempts_left=0)[:limit]:
        _unreadable(lost, "reading_failed", {})
    pks = list(late.filter(attempts_left__gt=0).values_list("pk", flat=True)[:limit])
    Attachment.objects.filter(pk__in=pks).update(due_at=Now() + Attachment.AGAIN_AFTER)
    _send(pks)
    return len(pks)


def wait_until_read(*, meeting_id: Any, seconds: float, check: Callable[[], None]) -> int:
    """How many documents of the meeting are still waiting to be read after at most ``seconds``.

    ``check`` is called twice a second; what it raises ends the wait.
    """
    waiting = Attachment.objects.filter(meeting=meeting_id, state=Attachment.State.WAITING)
    until = time.monotonic() + seconds
    while (count := waiting.count()) and time.monotonic() < until:
        check()
        time.sleep(0.5)
    return count


def agenda_of(attachment: Attachment) -> list[str]:
    """The items that stand under the heading of an agenda in it; none where there is none.

    NotReadYet before it was read. Nothing is changed: people confirm an agenda.
    """
    if attachment.is_waiting:
        raise NotReadYet
    return agenda.items(attachment.pages.order_by("number").values_list("text", flat=True))


def _limits() -> reading.Limits:
    return reading.Limits(
        pages=settings.ATTACHMENT_MAX_PAGES,
        characters=settings.ATTACHMENT_MAX_CHARACTERS,
        seconds=settings.ATTACHMENT_SECONDS,
    )


def _send(pks: list[Any]) -> None:
    transaction.on_commit(lambda: _queue(pks))


def _queue(pks: list[Any]) -> None:
    try:
        for pk in pks:
            current_app.send_task(TASK, (str(pk),), queue=QUEUE)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", error=str(error), waiting=len(pks))


@transaction.atomic
def _keep(attachment: Attachment, text: reading.Reading) -> None:
    blank = sum(not page for page in text.pages)
    if not _moves(
        attachment,
        state=Attachment.State.READ,
        media_type=text.media_type,
        unit=text.unit.value,
        pages_count=len(text.pages),
        blank_count=blank,
    ):
        return
    AttachmentPage.objects.bulk_create(
        AttachmentPage(attachment=attachment, number=number, text=page)
        for number, page in enumerate(text.pages, 1)
    )


def _unreadable(attachment: Attachment, code: str, facts: dict[str, int]) -> None:
    with transaction.atomic():
        _moves(attachment, state=Attachment.State.UNREADABLE, reason=code, facts=facts)


def _moves(attachment: Attachment, **changes: Any) -> bool:
    """Whether it was still waiting; then it is so no longer, and the pages that show it know."""
    waiting = Attachment.objects.filter(pk=attachment.pk, state=Attachment.State.WAITING)
    is_first = bool(waiting.update(**changes))
    if is_first:
        _tell(attachment)
    return is_first


def _tell(attachment: Attachment) -> None:
    events.publish(attachment.meeting_id, {"type": "attachment", "id": str(attachment.pk)})
