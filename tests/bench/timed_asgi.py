"""The application with the time that the server took for each answer, in ``Server-Timing``.

``app`` is from the arrival of a request to the beginning of its answer, ``answer`` from the arrival
of the last byte of its body; both in milliseconds, waiting within the process included.
"""

import time
from typing import Any

from config.asgi import application as product


async def application(scope: Any, receive: Any, send: Any) -> None:
    """The product; HTTP is timed."""
    if scope["type"] != "http":
        await product(scope, receive, send)
        return
    began = whole = time.perf_counter()

    async def received() -> Any:
        nonlocal whole
        message = await receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            whole = time.perf_counter()
        return message

    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            now = time.perf_counter()
            told = f"app;dur={(now - began) * 1000:.2f}, answer;dur={(now - whole) * 1000:.2f}"
            message["headers"] = [*message.get("headers", ()), (b"server-timing", told.encode())]
        await send(message)

    await product(scope, received, sent)
