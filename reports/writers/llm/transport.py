"""HTTP to a provider: bounded answers, no redirects, and no way into private networks if so asked.

A name is resolved once, here, and the connection goes to the address that was judged: a name that
resolves differently the next moment gains nothing.
"""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx2

from reports.writers.llm.addresses import is_public
from reports.writers.llm.provider import Provider

ANSWER_MOST = 512 * 1024
"""Bytes of an answer that are read."""


class Endless(Exception):  # noqa: N818
    """The server sends more than an answer can be."""

    reason = "endless"


class Forbidden(Exception):  # noqa: N818
    """The server's address is of a private network, which the operator does not allow."""

    reason = "address_forbidden"


def http_client(provider: Provider, *, connect: float) -> httpx2.AsyncClient:
    """A client for ``provider`` alone; proxies that the environment names are not used."""
    transport: httpx2.AsyncBaseTransport = httpx2.AsyncHTTPTransport(retries=0)
    if provider.public_only:
        transport = Judged(transport)
    return httpx2.AsyncClient(
        transport=Bounded(transport),
        timeout=httpx2.Timeout(connect),
        headers={"Accept-Encoding": "identity", "User-Agent": "Protokol"},
        follow_redirects=False,
        trust_env=False,
    )


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


class Judged(httpx2.AsyncBaseTransport):
    """Connects to addresses of the public internet only."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer from the judged address; Forbidden where there is none."""
        host = request.url.host
        address = await public_address(host, request.url.port or 443)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)  # the Host header stays
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the transport inside."""
        await self._inner.aclose()


async def public_address(host: str, port: int) -> str:
    """An address of ``host``, all of whose addresses are public; else Forbidden."""
    try:
        loop = asyncio.get_running_loop()
        told = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx2.ConnectError(f"The name {host} is unknown: {error}") from error
    addresses = [str(entry[4][0]) for entry in told]
    if not addresses or not all(map(is_public, addresses)):
        raise Forbidden(f"{host} is an address of a private network.")
    return addresses[0]
