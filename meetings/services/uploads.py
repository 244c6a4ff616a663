"""Files that arrive in parts: begun, received, made whole, given up, forgotten."""

from datetime import timedelta
from io import BufferedIOBase
from pathlib import PurePosixPath
from typing import Any, NoReturn

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User, Workspace
from meetings import multipart, storage
from meetings.errors import (
    ChecksumMismatch,
    PartsMissing,
    QuotaExceeded,
    TooManyUploads,
    UploadTooLarge,
    UploadUsed,
    UploadWhole,
    WrongPartSize,
)
from meetings.media.probe import plain
from meetings.models import Upload, UploadPart
from meetings.multipart import Part
from meetings.services import quotas

MOST_OPEN = 100
"""Uploads that a person may have begun and not finished."""

log = structlog.get_logger(__name__)


def begin(
    *,
    by: User,
    workspace: Workspace,
    filename: str,
    size: int,
    media_type: str = "",
    sha256: str = "",
) -> Upload:
    """An upload that takes parts from now on, whose bytes count in the storage of ``workspace``.

    ``sha256`` (hexadecimal), if it is known, is checked when the file is whole. UploadTooLarge,
    TooManyUploads, QuotaExceeded.
    """
    if size > settings.UPLOAD_MAX_BYTES:
        raise UploadTooLarge(settings.UPLOAD_MAX_BYTES)
    if Upload.objects.begun_by(by).exclude(state=Upload.State.USED).count() >= MOST_OPEN:
        raise TooManyUploads(MOST_OPEN)
    quotas.check(workspace_id=workspace.pk, wish=quotas.Wish(bytes=size))
    upload = Upload(
        begun_by=by,
        workspace=workspace,
        filename=plain(PurePosixPath(filename.replace("\\", "/")).name, 255) or "recording",
        media_type=media_type,
        bytes=size,
        part_bytes=multipart.part_bytes_of(size),
        sha256=sha256.lower(),
    )
    upload.key = storage.original_key(upload.for_meeting, upload.pk.hex, upload.filename)
    if storage.is_folder():
        multipart.begin_file(str(upload.pk))
    else:
        upload.multipart = multipart.begin_on_s3(upload.key)
    try:
        with transaction.atomic():
            quotas.admit(workspace_id=workspace.pk, wish=quotas.Wish(bytes=size))
            upload.save(force_insert=True)
    except QuotaExceeded:  # others were let in meanwhile
        _drop_parts(upload)
        raise
    return upload


def arrived(*, upload: Upload) -> list[Part]:
    """The parts that are there, by their numbers."""
    if upload.multipart:
        return multipart.arrived(upload.key, upload.multipart)
    rows = upload.parts.order_by("number")
    return [Part(row.number, row.bytes, row.sha256) for row in rows]


def address(*, upload: Upload, number: int) -> str:
    """Where S3 takes part ``number``, signed; empty where parts are taken here. UploadWhole."""
    _touch(upload)
    if not upload.multipart:
        return ""
    return multipart.signed_url(upload.key, upload.multipart, number, upload.bytes_of(number))


def receive(*, upload: Upload, number: int, size: int, source: Any) -> Part:
    """Keep a part; one that was there is replaced. It is safe on disk when this returns.

    ``source.read(n)`` gives its ``size`` bytes. WrongPartSize, UploadWhole.
    """
    wanted = upload.bytes_of(number)
    if size != wanted:
        raise WrongPartSize(wanted, size)
    try:
        with multipart.held(str(upload.pk)) as file:
            _touch(upload)
            upload.parts.filter(number=number).delete()  # what is half written is not there
            start = (number - 1) * upload.part_bytes
            digest = multipart.write_part(file, start, source, size)
            UploadPart.objects.create(upload=upload, number=number, bytes=size, sha256=digest)
    except (FileNotFoundError, IntegrityError) as error:  # made whole, or deleted meanwhile
        raise UploadWhole from error
    except EOFError as error:
        raise WrongPartSize(wanted, 0) from error
    return Part(number, size, digest)


def complete(*, upload: Upload) -> Upload:
    """Make the file whole; one that is whole stays so.

    PartsMissing; ChecksumMismatch where it is not what was announced. In either case parts can be
    sent still. On S3 it is a worker that looks at the checksum.
    """
    if upload.state != Upload.State.OPEN:
        return upload
    found = {part.number: part for part in arrived(upload=upload)}
    if upload.multipart and not found and _lies_there(upload):
        return _whole(upload, upload.sha256)  # S3 did it, and nobody heard of it
    wanted = range(1, upload.parts_count + 1)
    missing = [n for n in wanted if n not in found or found[n].bytes != upload.bytes_of(n)]
    if missing:
        raise PartsMissing(missing)
    if upload.multipart:
        multipart.assemble(upload.key, upload.multipart, [found[n] for n in wanted])
        return _whole(upload, upload.sha256)
    return _whole(upload, _put_in_place(upload))


def _put_in_place(upload: Upload) -> str:
    """Check the file in the folder and give it its key; its SHA-256."""
    try:
        with multipart.held(str(upload.pk)) as file:
            if upload.parts.count() < upload.parts_count:  # one is being replaced, or was to be
                refuse(upload=upload)
            digest = _checked(upload, file)
            multipart.put_in_place(str(upload.pk), upload.key)
            return digest
    except FileNotFoundError:  # somebody did it, maybe a process that is no more
        with storage.local_copy(upload.key) as path, path.open("rb") as file:
            return _checked(upload, file)


def _checked(upload: Upload, file: BufferedIOBase) -> str:
    """The file's SHA-256; ChecksumMismatch where another one was announced."""
    digest = multipart.sha256_of(file)
    told = Upload.objects.values_list("sha256", flat=True).get(pk=upload.pk)
    if told not in ("", digest):
        raise ChecksumMismatch
    return digest


def _whole(upload: Upload, digest: str) -> Upload:
    still_open = Upload.objects.filter(pk=upload.pk, state=Upload.State.OPEN)
    still_open.update(state=Upload.State.COMPLETE, sha256=digest, touched_at=Now())
    upload.refresh_from_db()
    return upload


def _lies_there(upload: Upload) -> bool:
    try:
        return storage.size(upload.key) == upload.bytes
    except FileNotFoundError:
        return False


def refuse(*, upload: Upload) -> NoReturn:
    """Say why it cannot become a meeting: PartsMissing, UploadUsed."""
    if upload.state == Upload.State.USED:
        raise UploadUsed(upload.for_meeting)
    found = {part.number for part in arrived(upload=upload)}
    raise PartsMissing([n for n in range(1, upload.parts_count + 1) if n not in found])


def use(*, upload: Upload) -> None:
    """Within a transaction: it becomes its meeting, once; UploadUsed for whoever comes second."""
    whole = Upload.objects.filter(pk=upload.pk, state=Upload.State.COMPLETE)
    if not whole.update(state=Upload.State.USED, key="", filename="", touched_at=Now()):
        raise UploadUsed(upload.for_meeting)
    upload.parts.all().delete()


def discard(*, upload: Upload) -> None:
    """Give it up: its parts, and what they became unless that is a meeting, are deleted."""
    with transaction.atomic():
        found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if found is None:
            return
        Upload.objects.filter(pk=upload.pk).delete()
    if found.state == Upload.State.USED:
        return
    _drop_parts(found)
    storage.delete_meeting(found.for_meeting)


def _drop_parts(upload: Upload) -> None:
    if upload.multipart:
        multipart.abort(upload.key, upload.multipart)
    else:
        multipart.drop_file(str(upload.id))


def forget() -> int:
    """Discard uploads of which nothing was heard for long, and what no row names any more."""
    before = timezone.now() - timedelta(seconds=settings.UPLOAD_FORGOTTEN_SECONDS)
    count = 0
    for upload in Upload.objects.untouched_since(before).iterator():
        discard(upload=upload)
        count += 1
        log.info("upload_forgotten", upload=str(upload.pk), state=upload.state)
    return count + _forget_strays(before)


def _forget_strays(before: Any) -> int:
    if not storage.is_folder():
        known = set(Upload.objects.exclude(multipart="").values_list("multipart", flat=True))
        return multipart.abort_begun_before(before, but=known)
    old = [name for name, written in multipart.files() if written < before]
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    strays = [name for name in old if name not in known]
    for name in strays:
        multipart.drop_file(name)
    return len(strays)


def _touch(upload: Upload) -> None:
    """Remember that it is not forgotten; UploadWhole where it takes no parts any more."""
    still_open = Upload.objects.filter(pk=upload.pk, state=Upload.State.OPEN)
    if not still_open.update(touched_at=Now()):
        raise UploadWhole
