"""A client that sends a file in parts and goes on where it was, as people's programs should."""

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx

PAUSE = 0.2
"""Seconds before it is tried again."""


@dataclass
class PartsClient:
    """Sends ``path`` to ``api`` and survives everything but a refusal.

    ``sent`` counts how often each part was begun to be sent; ``bytes_sent`` what left this side,
    broken-off parts included, with what was written to a line before it was known to be away.
    """

    api: httpx.Client
    path: Path
    patience: float = 120
    sent: dict[int, int] = field(default_factory=dict)
    bytes_sent: int = 0
    tries: int = 0
    upload: str = ""

    def send(self) -> dict:
        """The upload, complete."""
        until = time.monotonic() + self.patience
        while True:
            try:
                return self._go_on()
            except (httpx.TransportError, Later) as error:
                self.tries += 1
                assert time.monotonic() < until, repr(error)
                time.sleep(PAUSE)

    def _go_on(self) -> dict:
        """Begin, or ask what has arrived; send the others; say that it is all."""
        if not self.upload:
            size = self.path.stat().st_size
            told = {"filename": self.path.name, "size": size, "sha256": sha256_of(self.path)}
            self.upload = self._ask("POST", "uploads/", json=told)["id"]
        known = self._ask("GET", f"uploads/{self.upload}/parts/")
        if known["state"] != "open":
            return known
        there = {part["number"] for part in known["arrived"]}
        for number in range(1, known["parts"] + 1):
            if number not in there:
                self._send_part(number, known["part_size"])
        return self._ask("POST", f"uploads/{self.upload}/complete/")

    def _send_part(self, number: int, part_size: int) -> None:
        how = self._ask("POST", f"uploads/{self.upload}/parts/{number}/")
        with self.path.open("rb") as file:
            file.seek((number - 1) * part_size)
            content = file.read(how["size"])
        self.sent[number] = self.sent.get(number, 0) + 1
        headers = how["headers"] | {"Content-Length": str(len(content))}
        if urlsplit(how["url"]).path.startswith("/api/"):  # else the store's: no credentials
            path = urlsplit(how["url"]).path.removeprefix("/api/v1/")
            answer = self.api.put(path, content=self._counted(content), headers=headers)
        else:
            with httpx.Client(timeout=60, trust_env=False) as store:
                answer = store.put(how["url"], content=self._counted(content), headers=headers)
        checked(answer)

    def _counted(self, content: bytes):
        for start in range(0, len(content), 65_536):
            chunk = content[start : start + 65_536]
            yield chunk
            self.bytes_sent += len(chunk)

    def _ask(self, method: str, path: str, **more) -> dict:
        return checked(self.api.request(method, path, **more)).json()


class Later(Exception):  # noqa: N818
    """The server asks to be asked again."""


def checked(answer: httpx.Response) -> httpx.Response:
    """The answer, if it is one."""
    if answer.status_code in (429, 500, 502, 503):
        raise Later(answer.text)
    assert answer.is_success, answer.text
    return answer


def sha256_of(path: Path) -> str:
    """The hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
