"""HTTP to addresses that people entered: no redirects, no proxies, no way into private networks.

A name is resolved once, here, and the connection goes to the address that was judged: a name that
resolves differently the next moment gains nothing.
"""

import asyncio
import socket
from collections.abc import Callable

import httpx2

from meetings.outbound.addresses import is_public


class Forbidden(Exception):  # noqa: N818
    """The server's address is of a private network, which the operator does not allow."""

    reason = "address_forbidden"


Around = Callable[[httpx2.AsyncBaseTransport], httpx2.AsyncBaseTransport]


def http_client(
    *, public_only: bool, seconds: float, around: Around | None = None
) -> httpx2.AsyncClient:
    """A client that waits ``seconds`` for each step; proxies of the environment are not used.

    ``around`` puts a transport of the caller's around the one here.
    """
    transport: httpx2.AsyncBaseTransport = httpx2.AsyncHTTPTransport(retries=0)
    if public_only:
        transport = Judged(transport)
    return httpx2.AsyncClient(
        transport=around(transport) if around else transport,
        timeout=httpx2.Timeout(seconds),
        headers={"Accept-Encoding": "identity", "User-Agent": "Protokol"},
        follow_redirects=False,
        trust_env=False,
    )


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
