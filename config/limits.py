"""What is too large is refused before it is read."""

import json
import re
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from config.problems import CONTENT_TYPE, Problem
from meetings.multipart import part_bytes_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]


PART = re.compile(r"/api/v1/uploads/[^/]+/parts/[^/]+/data/")
"""Where parts of files are sent to."""

TOO_LARGE = Problem(413, "too_large", "The request is larger than this instance accepts.")
LENGTH_REQUIRED = Problem(411, "length_required", "Send a part with its Content-Length.")


class TooLarge(Exception):  # noqa: N818  (it never leaves this module)
    """A body without a length went on beyond its limit."""


class BodyLimit:
    """ASGI: 413 as a problem document where a body is, or grows, larger than it may be.

    Forms with files may have ``UPLOAD_MAX_BYTES``, parts of files what parts have, and must say it;
    every other body is read into memory and may have ``DATA_UPLOAD_MAX_MEMORY_SIZE``.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it is small enough, and count what comes."""
        headers = dict(scope["headers"])
        is_part = scope["method"] == "PUT" and bool(PART.fullmatch(scope["path"]))
        limit = part_limit() if is_part else limit_of(headers.get(b"content-type", b""))
        if is_part and b"content-length" not in headers:
            await _refuse(send, LENGTH_REQUIRED)
            return
        if _declared(headers) > limit:
            await _refuse(send)
            return
        try:
            await self.app(scope, _counted(receive, limit), send)
        except TooLarge:
            await _refuse(send)


def part_limit() -> int:
    """Bytes that a part of a file may have: of the largest file at most."""
    return part_bytes_of(settings.UPLOAD_MAX_BYTES)


def limit_of(content_type: bytes) -> int:
    """Bytes that a body of this type may have."""
    if content_type.strip().lower().startswith(b"multipart/form-data"):
        return int(settings.UPLOAD_MAX_BYTES)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _declared(headers: dict[bytes, bytes]) -> int:
    length = headers.get(b"content-length", b"0").strip()
    return int(length) if length.isdigit() else 0


def _counted(receive: Receive, limit: int) -> Receive:
    """``receive`` that raises TooLarge once more than ``limit`` bytes have come."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge
        return message

    return counting


async def _refuse(send: Send, problem: Problem = TOO_LARGE) -> None:
    """The problem, and the connection ends: the rest of the body is not wanted."""
    body = json.dumps(problem.document(uuid.uuid4().hex)).encode()
    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
