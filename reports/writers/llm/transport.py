"""HTTP to a provider: bounded answers, and no way into private networks if so asked."""

from collections.abc import AsyncIterator

import httpx2

from meetings.outbound import transport
from meetings.outbound.transport import Forbidden
from reports.writers.llm.provider import Provider

__all__ = ["ANSWER_MOST", "Bounded", "Endless", "Forbidden", "http_client"]

ANSWER_MOST = 512 * 1024
"""Bytes of an answer that are read."""


class Endless(Exception):  # noqa: N818
    """The server sends more than an answer can be."""

    reason = "endless"


def http_client(provider: Provider, *, connect: float) -> httpx2.AsyncClient:
    """A client for ``provider`` alone."""
    return transport.http_client(public_only=provider.public_only, seconds=connect, around=Bounded)


class Bounded(httpx2.AsyncBaseTransport):
    """Reads no more than ``ANSWER_MOST`` of an answer, and none that is packed."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the transport inside; reading it may raise Endless."""
        response = await self._inner.handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            await response.aclose()
            raise Endless("The answer is packed, though it was asked for as it is.")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream)
        return response

    async def aclose(self) -> None:
        """Close the transport inside."""
        await self._inner.aclose()


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._inner:
            read += len(chunk)
            if read > ANSWER_MOST:
                raise Endless(f"The answer is longer than {ANSWER_MOST} bytes.")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
