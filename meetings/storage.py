"""Objects by key, in a folder or on S3, through Django's default storage."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from meetings.errors import StorageAway


def original_key(meeting_id: Any, upload: str, filename: str) -> str:
    """Where an upload goes; of its name only a harmless ending is used."""
    suffix = PurePosixPath(filename).suffix.lower()
    safe = suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 8 else ""
    return f"meetings/{meeting_id}/original-{upload}{safe}"


def output_key(meeting_id: Any, stage: str, token: str, name: str) -> str:
    """Where an attempt's output goes; the token makes it the attempt's own."""
    return f"meetings/{meeting_id}/{stage}-{token}/{name}"


@contextmanager
def _asked() -> Iterator[None]:
    """What is asked of the store raises StorageAway where it does not answer."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, BotoCoreError, ClientError) as error:
        raise StorageAway from error


def put_file(key: str, path: Path) -> None:
    """Store the file at ``path`` under ``key``, streamed."""
    with path.open("rb") as source, _asked():
        default_storage.save(key, File(source, name=path.name))


def put_upload(key: str, upload: UploadedFile) -> None:
    """Store an upload under ``key``; in a folder the temporary file is moved, not copied."""
    with _asked():
        default_storage.save(key, upload)


def put_json(key: str, value: Any) -> None:
    """Store a value as JSON under ``key``."""
    written = json.dumps(value, separators=(",", ":")).encode()
    with _asked():
        default_storage.save(key, ContentFile(written))


def put_bytes(key: str, value: bytes) -> None:
    """Store a small value under ``key``."""
    with _asked():
        default_storage.save(key, ContentFile(value))


def get_bytes(key: str) -> bytes:
    """The value stored under ``key``."""
    with _asked(), default_storage.open(key) as source:
        value: bytes = source.read()
    return value


def delete(keys: Iterable[str]) -> None:
    """Delete objects; missing ones are no error."""
    with _asked():
        for key in keys:
            default_storage.delete(key)


def get_json(key: str) -> Any:
    """The value stored under ``key``."""
    with _asked(), default_storage.open(key) as source:
        return json.load(source)


@contextmanager
def local_copy(key: str) -> Iterator[Path]:
    """A path at which the object can be read: the object itself in a folder, a copy from S3."""
    if is_folder():
        yield Path(default_storage.path(key))
        return
    with tempfile.TemporaryDirectory(dir=settings.TEMP_DIR) as folder:
        path = Path(folder) / "object"
        with _asked(), default_storage.open(key) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
        yield path


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder for an attempt's temporary files, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=settings.TEMP_DIR, prefix="stage-") as folder:
        yield Path(folder)


def is_folder() -> bool:
    """Whether objects lie in a folder of this machine."""
    return not settings.AWS_STORAGE_BUCKET_NAME


def delete_meeting(meeting_id: Any) -> None:
    """Delete every object of a meeting; missing ones are no error."""
    with _asked():
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
