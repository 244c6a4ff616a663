"""What was accepted, what the pages answered, and what was away when."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.faults.house import House

GRACE = 3.0
"""Seconds after the end of an outage in which a page may still say 503."""


@dataclass
class History:
    """Kept by the harness, outside of what is harmed."""

    house: "House"
    accepted: list[str] = field(default_factory=list)
    """Ids of meetings whose upload was answered with 202."""
    refused: Counter[int] = field(default_factory=Counter)
    outages: list[tuple[str, float, float]] = field(default_factory=list)
    answers: list[tuple[float, float, str, int]] = field(default_factory=list)
    """When a page was asked and when it answered (time.time), which, and its status or 0."""

    def upload(self, path: Path, *, key: str = "", **fields: str) -> httpx.Response:
        """Send a recording; remember it if it was accepted."""
        headers = {"Idempotency-Key": key} if key else {}
        asked = time.time()
        with path.open("rb") as recording:
            answer = self.house.client.post(
                "meetings/",
                files={"recording": (path.name, recording)},
                data={"language": "ru"} | fields,
                headers=headers,
            )
        self.answers.append((asked, time.time(), "upload", answer.status_code))
        if answer.status_code == 202:
            self.accepted.append(answer.json()["id"])
        else:
            self.refused[answer.status_code] += 1
        return answer

    def upload_until_accepted(self, path: Path, *, key: str, seconds: float = 120) -> str:
        """Send a recording as often as a patient client does; the meeting's id."""
        until = time.monotonic() + seconds
        while True:
            try:
                answer = self.upload(path, key=key)
                if answer.status_code == 202:
                    return str(answer.json()["id"])
                said: Any = answer.text
            except httpx.HTTPError as error:
                said = error
            assert time.monotonic() < until, said
            time.sleep(1)

    def note_outage(self, what: str, began: float, ended: float) -> None:
        self.outages.append((what, began, ended))

    def bad_answers(self) -> list[tuple[float, float, str, int]]:
        """Answers above 499 that no outage excuses; 500 is never excused."""
        return [
            (asked, answered, page, status)
            for asked, answered, page, status in self.answers
            if status >= 500 and not (status == 503 and self._was_away(asked, answered))
        ]

    def _was_away(self, asked: float, answered: float) -> bool:
        return any(began <= answered and asked <= ended + GRACE for _, began, ended in self.outages)


class Prober(threading.Thread):
    """Somebody who looks at the pages all the time."""

    PAGES = ("/", "/sign-in/", "/api/v1/meetings/", "/healthz")

    def __init__(self, house: "House", every: float = 0.7) -> None:
        super().__init__(name="prober", daemon=True)
        self.house, self.every = house, every
        self.over = threading.Event()

    def run(self) -> None:
        headers = dict(self.house.client.headers)
        base = f"http://127.0.0.1:{self.house.port}"
        with httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False) as client:
            turn = 0
            while not self.over.wait(self.every):
                page = self.PAGES[turn % len(self.PAGES)]
                turn += 1
                asked = time.time()
                try:
                    status = client.get(page).status_code
                except httpx.HTTPError:
                    status = 0
                self.house.history.answers.append((asked, time.time(), page, status))

    def stop(self) -> None:
        self.over.set()
        self.join()
