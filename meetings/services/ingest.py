"""How recordings come in: probed, stored, and queued in one go, or refused with nothing kept."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import audit
from meetings import media, storage
from meetings.errors import StorageAway, UnacceptableRecording
from meetings.models import Job, Meeting, Recording, Series
from meetings.scratch import scratch, sweep
from meetings.services import jobs, probing
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
    recording, OtherWorkspace where the series is elsewhere; then nothing is kept.
    """
    series_services.check_home(series, workspace.pk)
    told = {
        "language": language,
        "participants": participants or [],
        "agenda": agenda or [],
        "vocabulary": vocabulary,
    }
    with on_disk(recording) as path:
        probe = _probe(path)
        digest = sha256_of(path)
    meeting = Meeting(
        workspace=workspace,
        created_by=by,
        title=title.strip() or Path(recording.name or "").stem[:255] or _("Meeting"),
        series=series,
        speakers_expected=speakers,
        **series_services.with_defaults(series, told),
    )
    if held_at:
        meeting.held_at = held_at
    name = Path(recording.name or "recording").name[:255]
    key = storage.original_key(meeting.pk, uuid.uuid4().hex, name)
    size = recording.size or 0
    try:
        storage.put_upload(key, recording)
        with transaction.atomic():
            meeting.save(force_insert=True)
            Recording.objects.create(
                meeting=meeting,
                key=key,
                filename=name,
                bytes=size,
                sha256=digest,
                container=probe.container,
                duration=probe.duration,
                tracks=[_track(track) for track in probe.tracks],
            )
            audit.record(Act.MEETING_CREATED, of=meeting, by=by, file=name, bytes=size)
            return jobs.start(meeting=meeting, by=by, options=options or {})
    except BaseException:
        with suppress(StorageAway):
            storage.delete_meeting(meeting.pk)
        raise


def delete(*, meeting: Meeting) -> None:
    """Delete a meeting, all that was derived from it, and its objects."""
    meeting_id = meeting.pk
    for job in meeting.jobs.filter(state__in=Job.ACTIVE):
        jobs.cancel(job=job)  # commits at once: its place goes to another, its worker lets go
    with transaction.atomic():
        audit.record(Act.MEETING_DELETED, of=meeting)
        meeting.delete()
        transaction.on_commit(lambda: storage.delete_meeting(meeting_id))


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
        return probing.probe(path)
    except media.UnreadableMedia as error:
        sentence = _(media.SENTENCES[error.reason]).format(**error.facts)
        raise UnacceptableRecording(sentence, code=error.code, retryable=error.retryable) from error


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _track(track: media.Track) -> dict[str, Any]:
    return {
        "index": track.index,
        "kind": track.kind,
        "codec": track.codec,
        "channels": track.channels,
        "sample_rate": track.sample_rate,
        "language": track.language,
        "title": track.title,
    }
