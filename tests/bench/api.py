"""The API under readers and uploads: ``python -m tests.bench.api``.

A whole installation without workers, and a person with ten thousand meetings. Times are the
server's own (``tests.bench.timed_asgi``), from a request's arrival to its answer; beside each
stands its ratio to ``/healthz`` under the same load, for machines differ. The web has a process a
core and keeps its connections, as one would set it up for many readers.
"""

import argparse
import asyncio
import os
import re
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import django
import httpx

from tests.faults.house import ROOT, House

READERS = 20
UPLOADS = 50
SECONDS = 20.0
RATES = ("API_RATE_PERSON", "API_RATE_KEY", "API_RATE_ADDRESS")
PAUSE = 1.0
"""Seconds that a reader looks at a page before the next."""
CHUNKS = 20
"""Pieces in which an upload arrives."""
TIMING = re.compile(r"app;dur=([\d.]+), answer;dur=([\d.]+)")
SAMPLE = ROOT / "samples" / "meeting_ru.ogg"
WEB = (
    "uvicorn tests.bench.timed_asgi:application --host ${{HOST:-127.0.0.1}} --port $PORT "
    "--no-access-log --workers {processes}"
)


@dataclass(frozen=True)
class Timing:
    """Milliseconds: all of a request, and from the last byte of its body to its answer."""

    app: float
    answer: float


def timing_of(answer: httpx.Response) -> Timing:
    """What the server said; AssertionError where the request failed."""
    assert answer.is_success, (answer.status_code, answer.text[:500])
    found = TIMING.search(answer.headers["Server-Timing"])
    assert found
    return Timing(float(found[1]), float(found[2]))


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


async def read(
    client: httpx.AsyncClient, path: str, *, pause: float, seconds: float
) -> list[float]:
    """Server times of ``READERS`` who read a path, each the next after ``pause`` seconds."""
    until = time.monotonic() + seconds
    times: list[float] = []

    async def reader(number: int) -> None:
        await asyncio.sleep(pause * number / READERS)
        while time.monotonic() < until:
            began = time.monotonic()
            times.append(timing_of(await client.get(path)).app)
            await asyncio.sleep(max(0.0, pause - (time.monotonic() - began)))

    await asyncio.gather(*(reader(number) for number in range(READERS)))
    return times


async def submit(client: httpx.AsyncClient, *, lasting: float) -> list[Timing]:
    """Server times of ``UPLOADS`` recordings that arrive at once, each within ``lasting`` s."""
    recording, tail = SAMPLE.read_bytes(), b"\r\n--bench--\r\n"
    head = (
        b'--bench\r\nContent-Disposition: form-data; name="recording"; filename="bench.ogg"\r\n'
        b"Content-Type: audio/ogg\r\n\r\n"
    )
    body = head + recording + tail
    size = -(-len(body) // CHUNKS)

    async def pieces(late: float) -> AsyncIterator[bytes]:
        await asyncio.sleep(late)
        for first in range(0, len(body), size):
            yield body[first : first + size]
            await asyncio.sleep(lasting / CHUNKS)

    async def one(number: int) -> Timing:
        headers = {
            "Content-Type": "multipart/form-data; boundary=bench",
            "Content-Length": str(len(body)),
        }
        late = lasting * number / UPLOADS
        answer = await client.post("/api/v1/meetings/", content=pieces(late), headers=headers)
        return timing_of(answer)

    return list(await asyncio.gather(*(one(number) for number in range(UPLOADS))))


async def measure(client: httpx.AsyncClient, detail: str, seconds: float) -> None:
    """Print the rows."""
    paths = {
        "healthz": "/healthz",
        "list": "/api/v1/meetings/",
        "list, 200 a page": "/api/v1/meetings/?page_size=200",
        "titles": "/api/v1/meetings/?q=планёрка",
        "detail": detail,
    }
    print(f"| {READERS} readers | | requests/s | median ms | p95 ms | p95 / healthz |")
    print("|---|---|---|---|---|---|")
    for how, pause in (("a page a second each", PAUSE), ("without a pause", 0.0)):
        reference = 0.0
        for name, path in paths.items():
            await read(client, path, pause=pause, seconds=2)
            times = await read(client, path, pause=pause, seconds=seconds)
            reference = reference or p95(times)
            rate = len(times) / seconds
            print(
                f"| {name} | {how} | {rate:.0f} | {median(times):.1f} | {p95(times):.1f} "
                f"| {p95(times) / reference:.1f} |",
                flush=True,
            )
    await measure_uploads(client)


async def measure_uploads(client: httpx.AsyncClient) -> None:
    """Print the rows of uploads: from the last byte to the 202."""
    print(f"\n| {UPLOADS} uploads at once | median ms | p95 ms |\n|---|---|---|")
    await submit(client, lasting=5)
    for lasting in (60.0, 0.0):
        times = [timing.answer for timing in await submit(client, lasting=lasting)]
        how = f"over {lasting:.0f} s lines" if lasting else "all sent in the same moment"
        print(f"| 202 after the last byte, {how} | {median(times):.0f} | {p95(times):.0f} |")


def fill(house: House, meetings: int) -> str:
    """The person's meetings in the house's database; the path of one."""
    os.environ |= house.environment
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from accounts.models import User  # noqa: PLC0415  (needs the settings)
    from tests.many import many_meetings  # noqa: PLC0415

    person = User.objects.get(email="anna@example.com")
    home = person.workspaces.get(personal=True)
    made = many_meetings(workspace=home, count=meetings, by=person)
    house.rows("ANALYZE")
    return f"/api/v1/meetings/{made[meetings // 2].pk}/"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--meetings", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--processes", type=int, default=2, help="of the web")
    parser.add_argument("--without-pool", action="store_true", help="a connection a request")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        house = House(
            Path(folder) / "api",
            LEASE_SECONDS="90",
            LOG_LEVEL="WARNING",
            DATABASE_POOL="false" if asked.without_pool else "true",
            **dict.fromkeys(RATES, "0"),
        )
        try:
            house.start(only={"web"}, web=WEB.format(processes=asked.processes))
            detail = fill(house, asked.meetings)
            asyncio.run(_measured(house, detail, asked.seconds))
        finally:
            house.stop()


async def _measured(house: House, detail: str, seconds: float) -> None:
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{house.port}",
        headers=dict(house.client.headers),
        timeout=300,
        trust_env=False,
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=100),
    ) as client:
        await measure(client, detail, seconds)


if __name__ == "__main__":
    main()
