"""Objects by key, in a folder or on S3, through Django's default storage."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from meetings.errors import StorageAway
from meetings.scratch import scratch

Check = Callable[[], None]
CHUNK = 1024 * 1024

MEETINGS = "meetings/"
"""What the keys of meetings begin with; the meeting's id follows."""


@dataclass(frozen=True)
class StoredObject:
    """An object of the store: its key, its size, and when it was last written."""

    key: str
    bytes: int
    modified_at: datetime


def original_key(meeting_id: Any, upload: str, filename: str) -> str:
    """Where an upload goes; of its name only a harmless ending is used."""
    suffix = PurePosixPath(filename).suffix.lower()
    safe = suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 8 else ""
    return f"meetings/{meeting_id}/original-{upload}{safe}"


def attachment_key(meeting_id: Any, upload: str) -> str:
    """Where an attachment goes; nothing of its name is used."""
    return f"meetings/{meeting_id}/attachment-{upload}"


def output_key(meeting_id: Any, stage: str, token: str, name: str) -> str:
    """Where an attempt's output goes; the token makes it the attempt's own."""
    return f"meetings/{meeting_id}/{stage}-{token}/{name}"


@contextmanager
def asked() -> Iterator[None]:
    """What is asked of the store raises StorageAway where it does not answer."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, BotoCoreError, ClientError) as error:
        raise StorageAway from error


def put_file(key: str, path: Path, *, check: Check = lambda: None) -> None:
    """Store the file at ``path`` under ``key``, streamed; ``check`` may raise to stop it."""
    with path.open("rb") as source, asked():
        default_storage.save(key, _Checked(source, path.name, check))


class _Checked(File):
    """A file whose reader is asked before every chunk whether it is still wanted."""

    def __init__(self, source: BinaryIO, name: str, check: Check) -> None:
        super().__init__(source, name=name)
        self._source, self._check = source, check

    def read(self, *size: int) -> bytes:
        """The next bytes; S3's client calls it from threads of its own."""
        self._check()
        return self._source.read(*size)


def put_upload(key: str, upload: UploadedFile) -> None:
    """Store an upload under ``key``; in a folder the temporary file is moved, not copied."""
    with asked():
        default_storage.save(key, upload)


def put_json(key: str, value: Any) -> None:
    """Store a value as JSON under ``key``."""
    written = json.dumps(value, separators=(",", ":")).encode()
    with asked():
        default_storage.save(key, ContentFile(written))


def put_bytes(key: str, value: bytes) -> None:
    """Store a small value under ``key``."""
    with asked():
        default_storage.save(key, ContentFile(value))


def get_bytes(key: str) -> bytes:
    """The value stored under ``key``."""
    with asked(), default_storage.open(key) as source:
        value: bytes = source.read()
    return value


def get_range(key: str, start: int, length: int) -> bytes:
    """Some bytes of an object, without fetching the others; fewer where it ends before."""
    if not length:
        return b""
    if is_folder():
        with asked(), Path(default_storage.path(key)).open("rb") as source:
            source.seek(start)
            return source.read(length)
    found = default_storage.bucket.Object(key)  # type: ignore[attr-defined]
    with asked():
        part: bytes = found.get(Range=f"bytes={start}-{start + length - 1}")["Body"].read()
    return part


def size(key: str) -> int:
    """The size of an object in bytes; FileNotFoundError where there is none."""
    with asked():
        return int(default_storage.size(key))


def delete(keys: Iterable[str]) -> None:
    """Delete objects; missing ones are no error."""
    with asked():
        for key in keys:
            default_storage.delete(key)


def get_json(key: str) -> Any:
    """The value stored under ``key``."""
    with asked(), default_storage.open(key) as source:
        return json.load(source)


@contextmanager
def local_copy(key: str, *, check: Check = lambda: None) -> Iterator[Path]:
    """A path at which the object can be read: the object itself in a folder, a copy from S3.

    The copy is streamed: memory holds a chunk of it. ``check`` is called between them and may raise
    to stop it.
    """
    if is_folder():
        yield Path(default_storage.path(key))
        return
    with scratch() as folder:
        path = folder / "object"
        with path.open("wb") as target:
            for chunk in _read(_opened(key)):
                check()
                target.write(chunk)
        yield path


@contextmanager
def writing(key: str) -> Iterator[Any]:
    """Something with ``write`` whose bytes are the object ``key`` at the end; none if it raises.

    S3 takes it in parts while it is written: neither memory nor this disk holds the whole.
    """
    if not is_folder():
        with asked():
            target = default_storage.open(key, "wb")
            try:
                yield target
            except BaseException:
                target._is_dirty = False  # type: ignore[attr-defined]  # closing aborts it
                raise
            finally:
                target.close()
        return
    path = Path(default_storage.path(key))
    with asked():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:
                yield file
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)


def chunks_of(key: str) -> Iterator[bytes] | None:
    """The object's bytes, a mebibyte at a time; None where there is no such object."""
    try:
        return _read(_opened(key))
    except FileNotFoundError:
        return None


def _opened(key: str) -> Any:
    """The object, open for reading; FileNotFoundError, StorageAway."""
    with asked():
        if is_folder():
            return default_storage.open(key)
        try:
            return default_storage.bucket.Object(key).get()["Body"]  # type: ignore[attr-defined]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(key) from error
            raise


def _read(source: Any) -> Iterator[bytes]:
    """Its bytes, a chunk at a time; closed at the end."""
    with asked(), closing(source):
        while chunk := source.read(CHUNK):
            yield chunk


def is_folder() -> bool:
    """Whether objects lie in a folder of this machine."""
    return not settings.AWS_STORAGE_BUCKET_NAME


def prefix_of(meeting_id: Any) -> str:
    """What the keys of a meeting begin with."""
    return f"{MEETINGS}{meeting_id}/"


def objects_of_meetings() -> Iterator[StoredObject]:
    """Every object under ``meetings/``, by listing, without a request for each."""
    return _listed(MEETINGS)


def objects_under(prefix: str) -> Iterator[StoredObject]:
    """Every object whose key begins with ``prefix``, which ends in ``/``."""
    with asked():
        yield from _listed(prefix)


def _listed(prefix: str) -> Iterator[StoredObject]:
    if not is_folder():
        bucket: Any = default_storage.bucket  # type: ignore[attr-defined]
        for entry in bucket.objects.filter(Prefix=prefix):
            yield StoredObject(entry.key, entry.size, entry.last_modified)
        return
    root = Path(default_storage.path(""))
    for folder, _folders, names in os.walk(root / prefix, onerror=_unless_missing):
        for name in names:
            path = Path(folder, name)
            with suppress(FileNotFoundError):
                found = path.stat()
                written = datetime.fromtimestamp(found.st_mtime, UTC)
                yield StoredObject(path.relative_to(root).as_posix(), found.st_size, written)


def _unless_missing(error: OSError) -> None:
    """What cannot be listed is no empty folder."""
    if not isinstance(error, FileNotFoundError):
        raise error


def delete_for_good(key: str) -> None:
    """As ``delete_object``; StorageAway where the store does not answer."""
    with asked():
        delete_object(key)


def delete_object(key: str) -> None:
    """Delete an object and, in a folder, the folders that it leaves empty; gone is no error."""
    default_storage.delete(key)
    if not is_folder():
        return
    for parent in list(PurePosixPath(key).parents)[:-2]:  # up to the meeting's own
        with suppress(OSError):
            Path(default_storage.path(str(parent))).rmdir()


def delete_meeting(meeting_id: Any) -> None:
    """Delete every object of a meeting; missing ones are no error."""
    with asked():
        _delete_tree(f"meetings/{meeting_id}")


def _delete_tree(prefix: str) -> None:
    try:
        folders, files = default_storage.listdir(prefix)
    except FileNotFoundError:
        return
    for name in files:
        default_storage.delete(f"{prefix}/{name}")
    for name in folders:
        _delete_tree(f"{prefix}/{name}")
    if is_folder():
        default_storage.delete(prefix)
