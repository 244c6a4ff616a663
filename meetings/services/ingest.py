"""How recordings come in: probed, stored, and queued in one go, or refused with nothing kept."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import (
    audit,
)
from meetings import (
    fingerprints,
    media,
    storage,
)
from meetings.errors import StorageAway, UnacceptableRecording
from meetings.models import Job, Meeting, Recording, Series, Upload, WebhookEvent
from meetings.scratch import scratch, sweep
from meetings.services import jobs, probing, quotas, uploads, webhook_events
from meetings.services import series as series_services


def upload(
    *,
    recording: UploadedFile,
    workspace: Workspace,
    by: User,
    title: str = "",
    held_at: datetime | None = None,
    language: str = "",
    speakers: int | None = None,
    participants: list[str] | None = None,
    agenda: list[str] | None = None,
    vocabulary: str = "",
    series: Series | None = None,
    options: dict[str, Any] | None = None,
) -> Job:
    """Meeting, recording and queued job in one transaction; the chain is sent after the commit.

    What is not told is taken from the ``series``. UnacceptableRecording where the file is no
    recording, OtherWorkspace where the series is elsewhere, QuotaExceeded where the workspace has
    no room; then nothing is kept.
    """
    series_services.check_home(series, workspace.pk)
    name = Path(recording.name or "recording").name[:255]
    with on_disk(recording) as path:
        found = Recording(filename=name, bytes=recording.size or 0, **_examined(path))
        quotas.check(workspace_id=workspace.pk, wish=_wish(found))
        found.sha256 = sha256_of(path)
    meeting = _meeting(
        name,
        workspace,
        by,
        title=title,
        held_at=held_at,
        language=language,
        speakers=speakers,
        participants=participants,
        agenda=agenda,
        vocabulary=vocabulary,
        series=series,
    )
    found.key = storage.original_key(meeting.pk, uuid.uuid4().hex, name)
    try:
        storage.put_upload(found.key, recording)
        return _keep(meeting, found, by, options)
    except BaseException:
        with suppress(StorageAway):
            storage.delete_meeting(meeting.pk)
        raise


def adopt(
    *,
    upload: Upload,
    workspace: Workspace,
    by: User,
    options: dict[str, Any] | None = None,
    **about: Any,
) -> Job:
    """As ``upload``, of a file that arrived in parts; ``about`` is told as there.

    PartsMissing while it is not whole, UploadUsed where it is a meeting already,
    UnacceptableRecording where it is no recording, QuotaExceeded where the workspace has no room.
    Of one on S3 only the beginning and the end come here; what these do not show ends the job, with
    the same codes.
    """
    if upload.state != Upload.State.COMPLETE:
        uploads.refuse(upload=upload)
    series_services.check_home(about.get("series"), workspace.pk)
    found = Recording(
        key=upload.key, filename=upload.filename, bytes=upload.bytes, sha256=upload.sha256
    )
    for field, value in _seen_of(upload).items():
        setattr(found, field, value)
    meeting = _meeting(upload.filename, workspace, by, **about)
    meeting.pk = upload.for_meeting
    with transaction.atomic():
        uploads.use(upload=upload)
        return _keep(meeting, found, by, options)


def _meeting(filename: str, workspace: Workspace, by: User, **about: Any) -> Meeting:
    """The meeting as it was told; what was not is taken from its series."""
    told = {
        "language": about.get("language") or "",
        "participants": about.get("participants") or [],
        "agenda": about.get("agenda") or [],
        "vocabulary": about.get("vocabulary") or "",
    }
    series = about.get("series")
    meeting = Meeting(
        workspace=workspace,
        created_by=by,
        title=(about.get("title") or "").strip() or Path(filename).stem[:255] or _("Meeting"),
        series=series,
        speakers_expected=about.get("speakers"),
        **series_services.with_defaults(series, told),
    )
    if about.get("held_at"):
        meeting.held_at = about["held_at"]
    return meeting


@transaction.atomic
def _keep(meeting: Meeting, recording: Recording, by: User, options: dict[str, Any] | None) -> Job:
    """The one place at which recordings are let in, whichever way they came. QuotaExceeded."""
    quotas.admit(workspace_id=meeting.workspace_id, wish=_wish(recording))
    meeting.save(force_insert=True)
    recording.meeting = meeting
    recording.save(force_insert=True)
    audit.record(
        Act.MEETING_CREATED, of=meeting, by=by, file=recording.filename, bytes=recording.bytes
    )
    webhook_events.note_meeting(WebhookEvent.MEETING_CREATED, meeting)
    return jobs.start(meeting=meeting, by=by, options=options or {})


def _wish(recording: Recording) -> quotas.Wish:
    """What the workspace must have room for."""
    return quotas.Wish(seconds=recording.duration or quotas.UNKNOWN, bytes=recording.bytes)


def _examined(path: Path) -> dict[str, Any]:
    """What a file is, as fields of a recording; UnacceptableRecording."""
    return {"fingerprint": fingerprints.of_file(path), **probing.facts(_probe(path))}


def _seen_of(upload: Upload) -> dict[str, Any]:
    """What can be known now of a file that arrived in parts; UnacceptableRecording."""
    if storage.is_folder():
        with storage.local_copy(upload.key) as path:
            return _examined(path)

    @cache
    def read(start: int, length: int) -> bytes:
        return storage.get_range(upload.key, start, length)

    if reason := media.refusal(read(0, min(upload.bytes, fingerprints.SPAN))):
        raise _unacceptable(media.UnreadableMedia(reason))
    return {"fingerprint": fingerprints.fingerprint(upload.bytes, read)}


@contextmanager
def on_disk(recording: UploadedFile) -> Iterator[Path]:
    """A path with the upload's bytes, without reading them into memory."""
    sweep()
    if isinstance(recording, TemporaryUploadedFile):
        recording.seek(0)  # flushes what was written
        yield Path(recording.temporary_file_path())
        return
    with scratch() as folder:
        path = folder / "upload"
        with path.open("wb") as copy:
            copy.writelines(recording.chunks())
        recording.seek(0)
        yield path


def _probe(path: Path) -> media.Probe:
    try:
        return probing.probe(path, at_once=True)
    except media.UnreadableMedia as error:
        raise _unacceptable(error) from error


def _unacceptable(error: media.UnreadableMedia) -> UnacceptableRecording:
    sentence = _(media.SENTENCES[error.reason]).format(**error.facts)
    return UnacceptableRecording(sentence, code=error.code, retryable=error.retryable)


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
