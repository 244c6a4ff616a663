"""``make screenshots``: the pictures of docs/guide, of a real instance that works on the samples.

A fresh instance is started in var/screenshots, both samples are uploaded and worked on with the
real models, and each page is pictured in its language. ``--keep`` takes the instance as the last
run left it, and pictures anew what does not need a running job.
"""

import argparse
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from config.embedded.instance import Instance
from config.embedded.servers import free_port
from tests.guide.tour import STOPS, Stop

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "guide" / "img"
DATA = ROOT / "var" / "screenshots"
PASSWORD = "a password for pictures alone"  # of people who live as long as the pictures take
SIZE = ViewportSize(width=1280, height=800)
STARTS, WORKS = 300, 3600
"""Seconds that the instance may take to start, and a job to end, on a slow machine."""


@dataclass
class Secretary:
    """Who tells the tour: a language, a sample, and what became of it."""

    language: str
    locale: str
    name: str
    email: str
    sample: Path
    team: str
    word: str
    """What is looked for in what was said."""
    question: str
    key: str = ""
    places: dict[str, str] = field(default_factory=dict)
    """Ids by name, for the addresses of the stops."""

    @property
    def facts(self) -> dict[str, Any]:
        """What is known of the meeting."""
        told: dict[str, Any] = json.loads(self.sample.with_suffix(".facts.json").read_text())
        return told


SECRETARIES = (
    Secretary(
        *("ru", "ru-RU", "Марина Соколова", "marina@example.com"),
        *(ROOT / "samples" / "meeting_ru.ogg", "Северный ветер", "курьер"),
        question="Сколько потратим на рекламу?",
    ),
    Secretary(
        *("en", "en-GB", "Daniel Reed", "daniel@example.com"),
        *(ROOT / "samples" / "meeting_en.mp4", "Harbor Museum", "language"),
        question="When is the release?",
    ),
)


class House:
    """A running instance, and its API for one secretary."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.url = f"http://127.0.0.1:{environment['PORT']}"

    def invite(self, who: Secretary) -> None:
        """Make their account and a key."""
        password = ("--password", PASSWORD)
        made = subprocess.run(
            [*_embedded("manage"), "create_api_key", who.email, "--create-user", *password],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        who.key = made.stdout.strip().splitlines()[-1]
        self.ask(who, "PATCH", "me/", json={"name": who.name, "language": who.language})

    def ask(self, who: Secretary, method: str, path: str, **sent: Any) -> Any:
        """What the API answers."""
        headers = {"Authorization": f"Api-Key {who.key}", "Accept-Language": who.language}
        answer = httpx.request(
            method,
            f"{self.url}/api/v1/{path}",
            headers=headers,
            timeout=120,
            trust_env=False,
            **sent,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def upload(self, who: Secretary) -> None:
        """Send the sample, unless it is there."""
        there = self.ask(who, "GET", "meetings/")["results"]
        if not there:
            facts = who.facts
            about = {
                "title": facts["title"],
                "held_at": f"{facts['date']}T10:00:00Z",
                "language": who.language,
                "agenda": "\n".join(facts["agenda"]),
            }
            with who.sample.open("rb") as sound:
                there = [self.ask(who, "POST", "meetings/", data=about, files={"recording": sound})]
        who.places["meeting"] = there[0]["id"]

    def wait(self, who: Secretary) -> None:
        """Until the meeting's job has ended well."""
        deadline = time.monotonic() + WORKS
        while (state := self.state(who)) != "succeeded":
            if state in ("failed", "cancelled") or time.monotonic() > deadline:
                raise SystemExit(f"the job of {who.sample.name} is {state}")
            time.sleep(2)

    def state(self, who: Secretary) -> str:
        """Of the meeting's job."""
        meeting = self.ask(who, "GET", f"meetings/{who.places['meeting']}/")
        return str(meeting["job"]["state"])

    def name_speakers(self, who: Secretary) -> None:
        """By who speaks first, second, …: as the sample's list of turns tells them."""
        told = {one["speaker"]: one["name"] for one in who.facts["participants"]}
        turns = who.sample.with_suffix(".rttm").read_text().splitlines()
        names = list(dict.fromkeys(told[turn.split()[7]] for turn in turns))
        transcript = self.ask(who, "GET", f"meetings/{who.places['meeting']}/transcript/")
        ids = {speaker["label"]: speaker["id"] for speaker in transcript["speakers"]}
        heard = dict.fromkeys(segment["speaker"] for segment in transcript["segments"])
        for label, name in zip(filter(None, heard), names, strict=False):
            self.ask(who, "PATCH", f"speakers/{ids[label]}/", json={"name": name})

    def make_team(self, who: Secretary, other: Secretary) -> None:
        """A workspace with a member, and an invitation that waits."""
        found = self.ask(who, "GET", "workspaces/")
        spaces = found["results"] if isinstance(found, dict) else found
        team = next((one for one in spaces if one["name"] == who.team), None)
        if team is None:
            team = self.ask(who, "POST", "workspaces/", json={"name": who.team})
            member = {"email": other.email, "role": "editor"}
            self.ask(who, "POST", f"workspaces/{team['id']}/members/", json=member)
        who.places["team"] = team["id"]
        who.places["own"] = next(one["id"] for one in spaces if one["personal"])


def _embedded(command: str) -> list[str]:
    return [sys.executable, "-m", "config.embedded", command]


@contextmanager
def running() -> Iterator[House]:
    """The instance that runs in DATA, or one that is started there for the block."""
    weights = {"MODEL_DIR": str(ROOT / "var" / "models")}
    environment = {**os.environ, **weights, "DATA_DIR": str(DATA), "PORT": str(free_port())}
    there = Instance(environment)
    if there.is_running():
        yield House(environment | there.published())
        return
    process = subprocess.Popen(_embedded("run"), env=environment, cwd=ROOT)
    try:
        house = House(environment)
        deadline = time.monotonic() + STARTS
        while not _is_ready(house.url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the instance does not start")
            time.sleep(1)
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def picture(page: Page, who: Secretary, name: str, *, high: int = SIZE["height"]) -> None:
    """Keep the upper ``high`` pixels of what the page shows, small."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image = shown.crop((0, 0, shown.width, high))
    path = PICTURES / f"{who.language}-{name}.webp"
    image.save(path, "WEBP", quality=72, method=6)
    sys.stderr.write(f"{path.name} {path.stat().st_size // 1024} KiB\n")


def visit(page: Page, house: House, who: Secretary, stop: Stop) -> None:
    """Go to a stop, do what is done there, and picture it."""
    page.goto(house.url + stop.address.format(word=who.word, question=who.question, **who.places))
    page.wait_for_load_state("load")
    page.wait_for_timeout(1500)  # fonts, the waveform, the socket
    stop.act(page, str(who.sample))
    page.wait_for_timeout(500)
    picture(page, who, stop.name, high=stop.high)


def door(page: Page, house: House, who: Secretary) -> None:
    """The sign-in, pictured and passed."""
    page.goto(f"{house.url}/sign-in/")
    page.locator("[name=username]").fill(who.email)
    picture(page, who, "sign-in", high=600)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".door__form button[type=submit]").click()
    expect(page.locator("h1")).to_be_visible()


def begin(page: Page, house: House, who: Secretary, *, is_fresh: bool) -> None:
    """Sign in and send the sample; picture how it is worked on, where it is."""
    page.set_default_timeout(WORKS * 1000)
    door(page, house, who)
    house.upload(who)
    if not is_fresh:
        return
    page.goto(f"{house.url}/meetings/{who.places['meeting']}/")
    page.locator("#transcript .segment").nth(5).wait_for()
    picture(page, who, "running")
    page.goto(f"{house.url}/")
    page.wait_for_timeout(1500)
    picture(page, who, "meetings", high=300)


def tour(page: Page, house: House, who: Secretary) -> None:
    """All pictures of what was made of the sample."""
    house.wait(who)
    house.name_speakers(who)
    for stop in STOPS:
        visit(page, house, who, stop)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="take the last run's instance")
    is_fresh = not parser.parse_args().keep
    if is_fresh:
        shutil.rmtree(DATA, ignore_errors=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with running() as house, sync_playwright() as driver:
        for who in SECRETARIES:
            house.invite(who)
        for who, other in zip(SECRETARIES, reversed(SECRETARIES), strict=True):
            house.make_team(who, other)
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages = [
            browser.new_context(viewport=SIZE, locale=who.locale, color_scheme="light").new_page()
            for who in SECRETARIES
        ]
        for page, who in zip(pages, SECRETARIES, strict=True):
            begin(page, house, who, is_fresh=is_fresh)
        for page, who in zip(pages, SECRETARIES, strict=True):
            tour(page, house, who)
        browser.close()


if __name__ == "__main__":
    main()
