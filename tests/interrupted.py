"""Uploads over lines that break, to a web process that dies: real ones, and what they cost."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

import httpx
import psutil
from django.conf import settings
from django.db import connection

from config.embedded.servers import free_port
from tests import s3_server
from tests.faults.proxy import CHUNK, Proxy
from tests.upload_client import PartsClient, sha256_of

AWAY = 0.7
"""Seconds for which a line is broken."""


class Web:
    """The web process, on the tests' database, and the most memory that it had."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.port, self.folder, self.peak = free_port(), folder, 0
        self.environment = {**os.environ, **_of_the_tests(folder), **more}
        self.command = [
            *(sys.executable, "-m", "uvicorn", "config.asgi:application", "--no-access-log"),
            *("--port", str(self.port), "--log-level", "warning"),
        ]

    def start(self) -> None:
        """Returns when it answers."""
        with (self.folder / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log
            )
        until = time.monotonic() + 90
        while True:
            with suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", trust_env=False).is_success:
                    return
            assert time.monotonic() < until, (self.folder / "web.log").read_text()[-3000:]
            time.sleep(0.2)

    def kill(self) -> None:
        """As by a power cut."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def watch(self, over: threading.Event) -> None:
        """Remember the peak of its memory, in bytes."""
        while not over.wait(0.2):
            with suppress(psutil.NoSuchProcess):
                self.peak = max(self.peak, memory_of(self))


def memory_of(web: Web) -> int:
    """What the web process holds now, in bytes."""
    return int(psutil.Process(web.process.pid).memory_info().rss)


def _of_the_tests(folder: Path) -> dict[str, str]:
    told = connection.settings_dict
    address = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    return {
        "DATABASE_URL": f"postgres://{address}/{told['NAME']}",
        "DATA_DIR": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "API_RATE_KEY": "0",
    }


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Web]:
    """A web process for the length of a block, watched."""
    web, over = Web(folder, **more), threading.Event()
    web.start()
    watcher = threading.Thread(target=web.watch, args=(over,))
    watcher.start()
    try:
        yield web
    finally:
        over.set()
        watcher.join()
        web.kill()


class Folder:
    """Parts go to the web process, which keeps them."""

    settings: ClassVar[dict[str, str]] = {}
    passes_web = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def line_of_parts(self, line: Proxy) -> Proxy:
        """The one that parts take, of a client that talks to the web process through ``line``."""
        return line

    def sent_twice(self, sender: PartsClient) -> int:
        """How many parts were: while a line is away, one may be tried often."""
        return sum(times > 1 for times in sender.sent.values())

    def through_web(self, line: Proxy) -> int:
        """Bytes that came to the web process, through ``line`` or from the store."""
        return line.there

    def sha256(self, key: str) -> str:
        """Of what lies there."""
        return sha256_of(self.folder / "objects" / key)


class Bucket:
    """Parts go to S3; what goes there and what the web process asks of it have lines apart."""

    passes_web = False

    def __init__(self, s3: s3_server.S3Server) -> None:
        port = int(s3.endpoint.rpartition(":")[2])
        self.s3, self.of_parts, self.of_web = s3, Proxy(port), Proxy(port)
        self.settings = {
            "AWS_S3_BUCKET": s3_server.BUCKET,
            "AWS_S3_ENDPOINT_URL": f"http://127.0.0.1:{self.of_web.port}",
            "AWS_S3_PUBLIC_URL": f"http://127.0.0.1:{self.of_parts.port}",
            "AWS_S3_ACCESS_KEY_ID": s3_server.ACCESS,
            "AWS_S3_SECRET_ACCESS_KEY": s3_server.SECRET,
        }

    def line_of_parts(self, _line: Proxy) -> Proxy:
        """As of a folder."""
        return self.of_parts

    def sent_twice(self, sender: PartsClient) -> int:
        """As of a folder. Each try has a connection; one to a line that is away carries nothing."""
        return sum(carried > CHUNK for carried in self.of_parts.carried) - len(sender.sent)

    def through_web(self, line: Proxy) -> int:
        """As of a folder; between it and S3 in both directions."""
        return line.there + self.of_web.there + self.of_web.back

    def sha256(self, key: str) -> str:
        """As of a folder."""
        body = self.s3.client().get_object(Bucket=s3_server.BUCKET, Key=key)["Body"]
        digest = hashlib.sha256()
        for chunk in body.iter_chunks(1024**2):
            digest.update(chunk)
        return digest.hexdigest()


def recording(path: Path, megabytes: int) -> Path:
    """A WAV file of noise, no megabyte like another."""
    noise = os.urandom(1024 * 1024)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        for number in range(megabytes):
            file.writeframesraw(number.to_bytes(8, "big") + noise[8:])
    return path


def client(line: Proxy, key: str, path: Path) -> PartsClient:
    """One that talks through ``line``."""
    api = httpx.Client(
        base_url=f"http://127.0.0.1:{line.port}/api/v1/",
        headers={"Authorization": f"Api-Key {key}"},
        timeout=120,
        trust_env=False,
    )
    return PartsClient(api, path)


def send_with_cuts(sender: PartsClient, line: Proxy, web: Web, *, cuts: int = 5) -> dict:
    """Send; meanwhile the line breaks ``cuts`` times, and in the middle the web process dies."""
    size = sender.path.stat().st_size
    harm = threading.Thread(target=_harm, args=(sender, line, web, size, cuts), daemon=True)
    harm.start()
    done = sender.send()
    harm.join(1)
    assert not harm.is_alive(), "the line was not cut as often as it should have been"
    return done


def _harm(sender: PartsClient, line: Proxy, web: Web, size: int, cuts: int) -> None:
    for number in range(1, cuts + 1):
        while sender.bytes_sent < size * number / (cuts + 1):
            time.sleep(0.002)
        line.mode = "cut"
        if number == cuts // 2 + 1:
            web.kill()
            web.start()
        time.sleep(AWAY)
        line.mode = "pass"
