"""Objects that arrive in parts: into one file beside the others in a folder, or by S3's multipart.

In a folder every part is written at its place, under a lock of the file; a file that is whole is
renamed, never copied. On S3 clients send the parts to the store itself, to signed addresses.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BufferedIOBase, BufferedRandom
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.storage import default_storage
from storages.backends.s3 import S3Storage

from meetings import storage
from meetings.storage import CHUNK, asked

FOLDER = "uploads"
"""Where files lie until they are whole."""

MOST_PARTS = 10_000
"""That an object of S3 may have."""

SIGNED_SECONDS = 3600
"""How long an address for a part is good."""

GONE = ("NoSuchUpload", "NoSuchKey", "404")
"""What S3 calls something that is not there."""


@dataclass(frozen=True)
class Part:
    """A part that is there; ``etag`` is the store's name for its content."""

    number: int
    bytes: int
    etag: str


def part_bytes_of(size: int) -> int:
    """The size of the parts of a file of ``size`` bytes, but the last."""
    return max(settings.UPLOAD_PART_BYTES, -(-size // MOST_PARTS))


# In a folder


def begin_file(name: str) -> None:
    """An empty file for the parts of the upload ``name``."""
    path = _path(name)
    with asked():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)


@contextmanager
def held(name: str) -> Iterator[BufferedRandom]:
    """The file of the upload, for nobody else meanwhile; FileNotFoundError once it is gone."""
    path = _path(name)
    with asked():
        file = path.open("r+b")
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not os.path.samestat(path.stat(), os.fstat(file.fileno())):
            raise FileNotFoundError(path)  # it was renamed while others held it
        yield file


def write_part(file: BufferedRandom, start: int, source: Any, size: int) -> str:
    """Write ``size`` bytes of ``source`` at ``start``, safely on disk; their SHA-256.

    EOFError where there are fewer.
    """
    digest, left = hashlib.sha256(), size
    with asked():
        file.seek(start)
    while left:
        chunk = source.read(min(CHUNK, left))
        if not chunk:
            raise EOFError
        left -= len(chunk)
        digest.update(chunk)
        with asked():
            file.write(chunk)
    with asked():
        file.flush()
        os.fdatasync(file.fileno())
    return digest.hexdigest()


def sha256_of(file: BufferedIOBase) -> str:
    """The hexadecimal SHA-256 of all of it."""
    with asked():
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_in_place(name: str, key: str) -> None:
    """Give the whole file its key; it is there for good when this returns."""
    target = Path(default_storage.path(key))
    with asked():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _path(name).replace(target)
        for folder in (target.parent, target.parent.parent):
            _sync(folder)


def drop_file(name: str) -> None:
    """Delete the file of an upload; gone is no error."""
    with asked():
        _path(name).unlink(missing_ok=True)


def files() -> Iterator[tuple[str, datetime]]:
    """The names of uploads whose files are there, and when they were last written."""
    with suppress(FileNotFoundError):
        for path in Path(default_storage.path(FOLDER)).iterdir():
            with suppress(FileNotFoundError):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _path(name: str) -> Path:
    return Path(default_storage.path(f"{FOLDER}/{name}"))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# On S3


def begin_on_s3(key: str) -> str:
    """S3's name for a new multipart upload to ``key``."""
    with asked():
        begun = _client().create_multipart_upload(**_object(key))
    return str(begun["UploadId"])


def signed_url(key: str, multipart: str, number: int, size: int) -> str:
    """The address to which a client PUTs part ``number``, of exactly ``size`` bytes."""
    told = _object(key) | {"UploadId": multipart, "PartNumber": number, "ContentLength": size}
    signer = _connected(settings.AWS_S3_PUBLIC_URL, settings.AWS_S3_ACCESS_KEY_ID)
    url = signer.generate_presigned_url("upload_part", Params=told, ExpiresIn=SIGNED_SECONDS)
    return str(url)


def arrived(key: str, multipart: str) -> list[Part]:
    """The parts that S3 has; none where it knows nothing of the upload any more."""
    pages = _client().get_paginator("list_parts").paginate(**_object(key), UploadId=multipart)
    with asked(), _unless_gone():
        return [
            Part(found["PartNumber"], found["Size"], found["ETag"])
            for page in pages
            for found in page.get("Parts", [])
        ]
    return []


def assemble(key: str, multipart: str, parts: list[Part]) -> None:
    """Make the object of its parts; one that was made before is no error."""
    told = [{"PartNumber": part.number, "ETag": part.etag} for part in parts]
    with asked(), _unless_gone():
        _client().complete_multipart_upload(
            **_object(key), UploadId=multipart, MultipartUpload={"Parts": told}
        )


def abort(key: str, multipart: str) -> None:
    """Have S3 forget the parts; gone is no error."""
    with asked(), _unless_gone():
        _client().abort_multipart_upload(**_object(key), UploadId=multipart)


def abort_begun_before(moment: datetime, *, but: set[str]) -> int:
    """Have S3 forget multipart uploads of meetings that are that old; how many there were."""
    bucket = settings.AWS_STORAGE_BUCKET_NAME
    listing = _client().get_paginator("list_multipart_uploads")
    pages = listing.paginate(Bucket=bucket, Prefix=storage.MEETINGS)
    with asked():
        begun = [found for page in pages for found in page.get("Uploads", [])]
    old = [one for one in begun if one["Initiated"] < moment and one["UploadId"] not in but]
    for one in old:
        abort(one["Key"], one["UploadId"])
    return len(old)


@contextmanager
def _unless_gone() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in GONE:
            raise


def _client() -> Any:
    return _connected(settings.AWS_S3_ENDPOINT_URL, settings.AWS_S3_ACCESS_KEY_ID)


def _object(key: str) -> dict[str, Any]:
    return {"Bucket": settings.AWS_STORAGE_BUCKET_NAME, "Key": key}


@lru_cache(maxsize=4)
def _connected(endpoint: str | None, _account: str) -> Any:
    """A client that threads may share; it asks for no checksums that senders would have to make."""
    config = settings.AWS_S3_CLIENT_CONFIG.merge(
        Config(request_checksum_calculation="when_required")
    )
    return S3Storage(endpoint_url=endpoint, client_config=config).connection.meta.client
