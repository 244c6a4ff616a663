"""Objects of the store as HTTP responses: whole or in ranges (RFC 9110), never held in memory."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from storages.backends.s3 import S3Storage

from accounts.errors import ProtokolError
from meetings import storage

CHUNK = 256 * 1024
"""Bytes that are read at once."""


class RangeNotSatisfiable(ProtokolError):  # noqa: N818
    """The range begins behind the object's end."""

    code = "range_not_satisfiable"
    status = 416

    def __init__(self, size: int) -> None:
        super().__init__(_("The range lies outside the object."))
        self.headers = {"Content-Range": f"bytes */{size}"}


@dataclass(frozen=True)
class ObjectFile:
    """An object and how it is given out; a ``filename`` makes it a download."""

    key: str
    content_type: str
    filename: str = ""

    @property
    def disposition(self) -> str:
        """The ``Content-Disposition``; inline without a file name."""
        return content_disposition_header(bool(self.filename), self.filename) or "inline"

    @property
    def etag(self) -> str:
        """Of the key: what lies under a key never changes."""
        return f'"{hashlib.sha256(self.key.encode()).hexdigest()[:32]}"'


def object_response(request: HttpRequest, file: ObjectFile) -> HttpResponseBase:
    """200, 206 or 304 with the object from a folder; on S3, 302 to a signed address.

    RangeNotSatisfiable where the range asked for lies outside; Http404 where the object is gone.
    """
    if not storage.is_folder():
        return HttpResponseRedirect(signed_url(file), headers={"Cache-Control": "no-store"})
    if request.headers.get("If-None-Match") == file.etag:
        return HttpResponseNotModified(headers={"ETag": file.etag})
    try:
        size = default_storage.size(file.key)
    except FileNotFoundError as error:
        raise Http404 from error
    wanted = _range(request, file.etag, size)
    start, stop = wanted or (0, size)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=3600",
        "Content-Disposition": file.disposition,
        "Content-Length": str(stop - start),
        "Content-Type": file.content_type,
        "ETag": file.etag,
        "X-Content-Type-Options": "nosniff",
    }
    if wanted:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    status = 206 if wanted else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    body = _chunks(default_storage.open(file.key), start, stop)
    return StreamingHttpResponse(body, status=status, headers=headers)


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    if request.headers.get("If-Range", etag) != etag:
        return None
    return byte_range(request.headers.get("Range", ""), size)


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last, of a ``Range`` header over ``size`` bytes.

    None where the whole is meant: no header, not understood, or several ranges (RFC 9110 14.2 lets
    a server answer those with everything). RangeNotSatisfiable where none of the bytes exist.
    """
    match = re.fullmatch(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", header, re.I | re.A)
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return None
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= stop:
        raise RangeNotSatisfiable(size)
    return start, stop


async def _chunks(source: BinaryIO | Any, start: int, stop: int) -> AsyncIterator[bytes]:
    """The bytes of ``source`` between two positions, read beside the event loop."""
    try:
        await asyncio.to_thread(source.seek, start)
        left = stop - start
        while left > 0:
            chunk = await asyncio.to_thread(source.read, min(CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
    finally:
        source.close()


def signed_url(file: ObjectFile) -> str:
    """An address good for ``AWS_S3_ADDRESS_SECONDS``; what S3 began to send then, it finishes."""
    parameters = {
        "ResponseContentType": file.content_type,
        "ResponseContentDisposition": file.disposition,
    }
    store, seconds = _public_store(settings.AWS_S3_PUBLIC_URL), settings.AWS_S3_ADDRESS_SECONDS
    return str(store.url(file.key, parameters=parameters, expire=seconds))


@lru_cache(maxsize=4)
def _public_store(endpoint: str | None) -> S3Storage:
    return S3Storage(endpoint_url=endpoint)
