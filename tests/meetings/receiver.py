"""A program of somebody else's that webhooks are sent to: a real server on this machine."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Where it listens, what came, and how it answers."""

    url: str
    behave: Behaviour
    asked: list[Asked] = field(default_factory=list)


def answer(status: int = 204, body: bytes = b"", **headers: str) -> Behaviour:
    """An answer with ``status``; names of headers have ``_`` for ``-``."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body without end, as fast as it is taken."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A body that comes byte by byte."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def slow(seconds: float) -> Behaviour:
    """Takes the request and says nothing for so long."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        answer()(handler)

    return behave


def no_http(handler: BaseHTTPRequestHandler) -> None:
    """Bytes that are no answer."""
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")


@contextmanager
def receiving(behave: Behaviour | None = None) -> Iterator[Receiver]:
    """A receiver that listens until the block ends; 204 unless told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            made.asked.append(Asked(self.path, dict(self.headers.items()), body))
            try:
                made.behave(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *told: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Receiver(f"http://127.0.0.1:{server.server_port}/hook", behave or answer())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
