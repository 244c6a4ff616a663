"""The page of a five-hour meeting in a browser: ``python -m tests.bench.page``.

A whole installation without workers, Debian's Chromium, and what the browser's tracing says of its
main thread: how long each task took, and how much of that it was running (on a busy machine it
waits for its turn). ``--write`` puts the tables into docs/performance.md.
"""

import argparse
import json
import os
import platform
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import django

from tests.faults.house import ROOT, House

DOC = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: page -->\n", "<!-- end: page -->\n"
FRAME = 50.0
"""Milliseconds that a frame may take."""
WATCH = """
const look = () => {
  const isThere = document.querySelector(".segments[data-windowed] .segment__text");
  if (isThere && !document.getElementById("find").hidden) window.usableAt = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
USABLE = """() => new Promise((done) => {
  const look = () => window.usableAt ? done() : setTimeout(look, 20);
  look();
})"""
FRAMES = """() => {
  window.frames_ = [];
  let last = 0;
  const note = (now) => {
    if (last) window.frames_.push(now - last);
    last = now;
    window.framing = requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""
WEIGHT = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].map((entry) => [
    new URL(entry.name).pathname, entry.initiatorType, entry.transferSize,
    entry.encodedBodySize])"""
Session = dict[str, str]
"""A cookie, by its name and value."""
MEDIA = re.compile(r"/(media|peaks)/$")


@dataclass(frozen=True)
class Scrolled:
    """Milliseconds: frames as the page saw them, tasks of its main thread, their running time."""

    frames: list[float]
    tasks: list[float]
    running: list[float]


class Patient(House):
    """One that may take long to start, on a machine that does other things."""

    def wait_ready(self, *, seconds: float = 900) -> None:
        """As it is, later."""
        super().wait_ready(seconds=seconds)


def fill(house: House) -> tuple[str, Session]:
    """A meeting of five hours in the house's database: its id, and a session of its owner."""
    os.environ |= house.environment
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.conf import settings  # noqa: PLC0415  (needs the settings)
    from django.test import Client  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from tests.bench.long_meeting import long_meeting  # noqa: PLC0415

    person = User.objects.get(email="anna@example.com")
    transcript = long_meeting(owner=person)
    house.rows("ANALYZE")
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return str(transcript.meeting_id), {"name": name, "value": client.cookies[name].value}


def opened(chromium: Any, house: House, session: Session) -> Any:
    """A page of a browser that knows nothing yet but who is signed in."""
    address = f"http://127.0.0.1:{house.port}"
    context = chromium.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    context.add_cookies([session | {"url": address}])
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(120_000)
    return page


def opening(
    chromium: Any, house: House, session: Session, path: str, *, times: int
) -> list[tuple[float, float]]:
    """Milliseconds from asking for the page to its first words, and until it can be worked in."""
    found = []
    for _ in range(times):
        page = opened(chromium, house, session)
        page.goto(path)
        wait_until_usable(page)
        paint = 'performance.getEntriesByName("first-contentful-paint")[0].startTime'
        found.append((page.evaluate(paint), page.evaluate("window.usableAt")))
        page.context.close()
    return found


def wait_until_usable(page: Any) -> None:
    """Waits until the page can be worked in."""
    page.locator(".segments[data-windowed]").wait_for()
    page.evaluate(USABLE)


def weight(page: Any) -> Counter[str]:
    """Bytes that came, headers included, by kind; the recording and its waveform left out."""
    kinds: Counter[str] = Counter()
    for path, initiator, transferred, _body in page.evaluate(WEIGHT):
        if MEDIA.search(path):
            continue
        kind = Path(path).suffix.lstrip(".") or initiator
        kinds[{"navigation": "html", "fetch": "outline"}.get(kind, kind)] += transferred
    return kinds


def script_and_style(chromium: Any, house: House, session: Session, path: str) -> int:
    """Compressed bytes of the scripts and styles that a page loads at first."""
    page = opened(chromium, house, session)
    page.goto(path, wait_until="load")
    came = sum(body for name, _, _, body in page.evaluate(WEIGHT) if name.endswith((".js", ".css")))
    page.context.close()
    return came


def scrolled(chromium: Any, page: Any, how: str) -> Scrolled:
    """What the browser did while the transcript was scrolled from its top to its end."""
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(1500)
    categories = ["devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"]
    chromium.start_tracing(page=page, categories=[*categories, "toplevel"])
    page.evaluate(FRAMES)
    {"wheel": _by_wheel, "dragging": _by_dragging}[how](page)
    page.evaluate("cancelAnimationFrame(window.framing)")
    frames = page.evaluate("window.frames_")
    tasks = list(_tasks(json.loads(chromium.stop_tracing())["traceEvents"]))
    return Scrolled(frames, [task[0] for task in tasks], [task[1] for task in tasks])


def _by_wheel(page: Any) -> None:
    session = page.context.new_cdp_session(page)
    high = page.evaluate("document.documentElement.scrollHeight")
    gesture = {"x": 400, "y": 600, "speed": 9000, "gestureSourceType": "mouse"}
    session.send("Input.synthesizeScrollGesture", gesture | {"yDistance": -high})
    session.detach()


def _by_dragging(page: Any) -> None:
    page.mouse.move(1434, 20)
    page.mouse.down()
    for n in range(240):
        page.mouse.move(1434, 20 + n * 860 / 240)
        page.wait_for_timeout(16)
    page.mouse.up()
    page.wait_for_timeout(1000)


def _tasks(events: list[dict[str, Any]]) -> Iterator[tuple[float, float]]:
    """Tasks of the page's main thread: how long each took and ran, milliseconds."""
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    for event in events:
        if event["name"] != "RunTask" or (event["pid"], event["tid"]) not in mains:
            continue
        yield event.get("dur", 0) / 1000, event.get("tdur", event.get("dur", 0)) / 1000


def _row(name: str, value: str, bound: str) -> str:
    return f"| {name} | {value} | {bound} |\n"


def _scrolled_rows(how: str, found: Scrolled) -> Iterator[str]:
    late = sum(frame > FRAME for frame in found.frames)
    share = 100 * late / len(found.frames)
    value = f"{max(found.frames):.0f} ms; {late} of {len(found.frames)} ({share:.1f} %) over 50 ms"
    yield _row(f"longest frame, {how}", value, "50 ms")
    value = f"{max(found.tasks):.0f} ms, of which running at most {max(found.running):.0f} ms"
    yield _row(f"longest task of the main thread, {how}", value, "50 ms")


def measured(chromium: Any, house: House, opened_times: int) -> Iterator[str]:
    """Rows of the table."""
    meeting, session = fill(house)
    path = f"/meetings/{meeting}/#transcript"
    opening(chromium, house, session, path, times=1)  # the server has everything loaded after that
    times = opening(chromium, house, session, path, times=opened_times)
    first, usable = (median(time[n] for time in times) for n in (0, 1))
    worst = max(time[1] for time in times)
    yield _row("first words in sight", f"{first / 1000:.2f} s", "")
    value = f"{usable / 1000:.2f} s, at worst of {len(times)} {worst / 1000:.2f} s"
    yield _row("all of it in reach, tools and search working", value, "2 s")
    page = opened(chromium, house, session)
    page.goto(path)
    wait_until_usable(page)
    page.wait_for_load_state("networkidle")
    kinds = weight(page)
    parts = ", ".join(f"{kind} {n / 1000:.0f}" for kind, n in kinds.most_common())
    value = f"{kinds.total() / 1000:.0f} KB ({parts})"
    yield _row("weight before media, with headers and fonts", value, "300 KB")
    for how in ("wheel", "dragging"):
        yield from _scrolled_rows(f"by {how}", scrolled(chromium, page, how))
    rows = page.locator("#transcript .segment").count()
    yield _row("rows that stand in the page at the end", f"{rows}", "")
    page.context.close()
    pages = {"meetings": "/", "new meeting": "/meetings/new/", "meeting": path}
    pages |= {"action items": "/action-items/", "a template": "/templates/new/?from=lecture"}
    for name, address in pages.items():
        came = script_and_style(chromium, house, session, address)
        yield _row(f"script and style at first, {name}", f"{came / 1000:.0f} KB", "150 KB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--times", type=int, default=5, help="how often it is opened")
    asked = parser.parse_args()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (of development alone)

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop lives in this thread
    began = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        Path(folder).chmod(0o711)
        house = Patient(Path(folder) / "page", LOG_LEVEL="WARNING")
        try:
            house.start(only={"web"})
            chromium = driver.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox"],
                ignore_default_args=["--hide-scrollbars"],
            )
            rows = ["| | measured | bound |\n|---|---|---|\n"]
            print(rows[0], end="")
            for row in measured(chromium, house, asked.times):
                print(row, end="", flush=True)
                rows.append(row)
            chromium.close()
        finally:
            house.stop()
    loads = f"load {began:.1f} at the beginning, {os.getloadavg()[0]:.1f} at the end"
    rows.append(f"\n{date.today()}, {os.cpu_count()} cores, {platform.machine()}; {loads}.\n")
    print(rows[-1])
    if asked.write:
        write("".join(rows))


def write(table: str) -> None:
    """Put the table between its marks."""
    text = DOC.read_text()
    head, rest = text.split(BEGIN)
    DOC.write_text(head + BEGIN + table + END + rest.split(END)[1])


if __name__ == "__main__":
    main()
