"""A client of sockets for tests, straight onto the ASGI application."""

import json
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client

from accounts.models import User
from config.asgi import application

PATIENCE = 30.0
"""Seconds in which what must come comes, on a busy machine."""


class Socket:
    """An open socket; ``code`` is why the server closed it."""

    def __init__(self, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        parts = urlsplit(path)
        scope = {
            "type": "websocket",
            "path": parts.path,
            "query_string": parts.query.encode(),
            "headers": headers,
            "subprotocols": [],
        }
        self.wire = ApplicationCommunicator(application, scope)

    async def hear(self, timeout: float = PATIENCE) -> Any:
        """The next message, decoded."""
        message = await self.wire.receive_output(timeout)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def hears_nothing(self, timeout: float = 0.3) -> bool:
        """Whether nothing comes for a while."""
        return await self.wire.receive_nothing(timeout)

    async def say(self, text: str) -> None:
        """Send a text."""
        await self.wire.send_input({"type": "websocket.receive", "text": text})

    async def close_code(self, timeout: float = PATIENCE) -> int:
        """The code with which the server closes."""
        message = await self.wire.receive_output(timeout)
        assert message["type"] == "websocket.close", message
        return int(message["code"])

    async def leave(self) -> None:
        """Close from this side and wait for the server to be done."""
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait(PATIENCE)


async def opened(path: str, person: User | None = None, origin: str = "") -> Socket | None:
    """A socket of ``person``'s session; None where the handshake is refused."""
    headers = [await sync_to_async(_cookie_of)(person)] if person else []
    headers += [(b"origin", origin.encode())] if origin else []
    socket = Socket(path, headers)
    await socket.wire.send_input({"type": "websocket.connect"})
    answer = await socket.wire.receive_output(PATIENCE)
    return socket if answer["type"] == "websocket.accept" else None


def _cookie_of(person: User) -> tuple[bytes, bytes]:
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())
