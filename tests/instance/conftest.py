"""A whole installation, started as a user starts it, in a data directory of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from config.embedded.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "SECRET_KEY", "DATA_DIR", "DEBUG")


def command_line(process: psutil.Process) -> str:
    """Empty for a process that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


class Installation:
    """What runs, and a client with the key of a person in it."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        kept = {k: v for k, v in os.environ.items() if k not in OF_THE_TESTS}
        self.environment = kept | {
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "MODEL_DIR": str(ROOT / "var" / "models"),
        }
        self.environment |= settings

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.embedded", "run"], env=self.environment, cwd=ROOT
        )
        until = time.monotonic() + 120
        while not (self.data_dir / "running.json").exists():
            assert self.process.poll() is None, "the installation did not start"
            assert time.monotonic() < until, "the installation is not ready after two minutes"
            time.sleep(0.2)
        self.client = self.client_of("anna@example.com")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=90)

    def client_of(self, email: str) -> httpx.Client:
        command = [sys.executable, "-m", "config.embedded", "manage", "create_api_key", email]
        made = subprocess.run(
            [*command, "--create-user"],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api/v1/",
            headers={"Authorization": f"Api-Key {made.stdout.strip()}"},
            timeout=120,
            trust_env=False,
        )

    def upload(self, path: Path, **fields: str) -> httpx.Response:
        with path.open("rb") as recording:
            return self.client.post(
                "meetings/", files={"recording": (path.name, recording)}, data=fields
            )

    def job_of(self, accepted: httpx.Response) -> dict:
        answer = self.client.get(accepted.headers["Location"])
        answer.raise_for_status()
        return answer.json()

    def wait(self, accepted: httpx.Response, *, seconds: float = 900) -> dict:
        """The job when it has ended."""
        assert accepted.status_code == 202, accepted.text
        until = time.monotonic() + seconds
        while (job := self.job_of(accepted))["state"] in ("queued", "running"):
            assert time.monotonic() < until, json.dumps(job, indent=1)
            time.sleep(0.5)
        return job

    def get(self, accepted: httpx.Response, what: str) -> dict:
        answer = self.client.get(f"meetings/{accepted.json()['id']}/{what}/")
        answer.raise_for_status()
        return answer.json()

    def objects(self) -> list[Path]:
        return [path for path in (self.data_dir / "objects").rglob("*") if path.is_file()]

    def processes(self, *words: str) -> list[psutil.Process]:
        """Processes of this installation whose command line has all ``words``."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [p for p in children if all(word in command_line(p) for word in words)]


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """Shared by the tests; leases and reaper are quick, so that faults are mended within a test."""
    data_dir = tmp_path_factory.mktemp("installation")
    running = Installation(data_dir, LEASE_SECONDS="6", LEASE_BEAT_SECONDS="1", REAPER_SECONDS="2")
    running.start()
    yield running
    code = running.stop()
    left = [p for p in psutil.process_iter(["cmdline"]) if str(data_dir) in str(p.info["cmdline"])]
    shutil.rmtree(data_dir, ignore_errors=True)
    assert code == 0, "the installation did not stop in order"
    assert left == [], "processes were left behind"
