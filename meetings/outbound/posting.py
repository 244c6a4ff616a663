"""One POST to an address that somebody entered, within a time, and the head of what it answers."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

import httpx2

from meetings.outbound.answers import Answer
from meetings.outbound.transport import Forbidden, http_client

HEAD_MOST = 2048
"""Bytes of an answer that are read; the rest is left unread."""

HEAD_SECONDS = 2.0
SAID_MOST = 300


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, seconds: float, public_only: bool
) -> Answer:
    """The answer to ``body`` at ``url``, all in all within ``seconds``; never raises for it."""
    begun = time.monotonic()
    try:
        status, head = asyncio.run(_bounded(url, body, headers, seconds, public_only))
        answer = Answer(status=status, head=head)
    except Forbidden as error:
        answer = _failed(error.reason, error)
    except (TimeoutError, httpx2.TimeoutException) as error:
        answer = _failed("timeout", error)
    except (httpx2.ConnectError, OSError) as error:
        answer = _failed("unreachable", error)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        answer = _failed("not_http", error)
    return replace(answer, seconds=round(time.monotonic() - begun, 3))


async def _bounded(
    url: str, body: bytes, headers: Mapping[str, str], seconds: float, public_only: bool
) -> tuple[int, str]:
    async with (
        asyncio.timeout(seconds),
        http_client(public_only=public_only, seconds=seconds) as http,
        http.stream("POST", url, content=body, headers=dict(headers)) as response,
    ):
        return response.status_code, await _head(response)


async def _head(response: httpx2.Response) -> str:
    """The beginning of the body; what breaks off after the status is no less an answer."""
    read = b""
    with suppress(httpx2.HTTPError, TimeoutError):
        async with asyncio.timeout(HEAD_SECONDS):
            async for chunk in response.aiter_raw():
                read += chunk
                if len(read) >= HEAD_MOST:
                    break
    return read[:HEAD_MOST].decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _failed(code: str, error: BaseException) -> Answer:
    return Answer(error=code, said=f"{type(error).__name__}: {error}".rstrip(": ")[:SAID_MOST])
