"""A whole installation that can be harmed: the Procfile's processes and their servers, for real.

Leases are short and the engines cheap (``tests.faults.engines``); all else is what people run.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg
import redis
from celery import Celery
from kombu.exceptions import OperationalError

from config.embedded import privileges
from config.embedded.servers import ENVIRONMENT, Postgres, Redis, free_ports, wait_until_ready
from config.embedded.supervision import read_procfile
from tests.faults.history import History
from tests.faults.processes import Keeper, Process
from tests.faults.rabbit import Rabbit

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT / "var" / "faults"
INJECTED = Path(__file__).with_name("injected")
OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "BROKER_URL", "SECRET_KEY", "DATA_DIR", "DEBUG")
LEASE = 8.0
"""Seconds; in production 90."""
REAPER = 2.0
"""Seconds between two looks for lost work; in production 20."""
ID = "Message-ID: "
STOPS = {"postgres": signal.SIGQUIT, "redis": signal.SIGKILL, "rabbitmq": signal.SIGTERM}


class House:
    """What runs, who may be harmed, and the history of what was accepted."""

    def __init__(self, folder: Path, *, broker: str = "redis", **settings: str) -> None:
        self.folder = folder
        self.port, for_postgres, for_redis, for_rabbit = free_ports(4)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711)  # as root, PostgreSQL is another user
        (folder / "log").mkdir(exist_ok=True)
        self.postgres = Postgres(folder / "postgres", for_postgres, secrets.token_hex(8))
        self.redis = Redis(folder / "redis", for_redis, secrets.token_hex(8))
        self.servers: list[Any] = [self.postgres, self.redis]
        self.rabbit: Rabbit | None = None
        if broker == "rabbitmq":
            self.rabbit = Rabbit(folder / "rabbitmq", for_rabbit, secrets.token_hex(8))
            self.servers.append(self.rabbit)
        self.broker = broker
        self.environment = self._environment(settings)
        self.celery = Celery("harness", broker=self.environment["BROKER_URL"], set_as_current=False)
        self.processes: dict[str, Process] = {}
        self.keeper = Keeper(self.processes)
        self.history = History(self)

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in OF_THE_TESTS}
        return (
            kept
            | {
                "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}",
                "PORT": str(self.port),
                "PUBLIC_URL": f"http://127.0.0.1:{self.port}/",
                "DATA_DIR": str(self.folder),
                "SECRET_KEY": secrets.token_urlsafe(48),
                "DATABASE_URL": self.postgres.url,
                "REDIS_URL": self.redis.url,
                "BROKER_URL": self.rabbit.url if self.rabbit else self.redis.broker_url,
                "RECOGNIZER": "tests.faults.engines.Scribe",
                "DIARIZER": "tests.faults.engines.Listener",
                "FAULTS_FOLDER": str(self.folder),
                "LEASE_SECONDS": str(LEASE),
                "LEASE_BEAT_SECONDS": "0.7",
                "REAPER_SECONDS": str(REAPER),
                "UNHEARD_SECONDS": "30",
                "WORKER_SOFT_SHUTDOWN_SECONDS": "0.5",
                "REMAP_SIGTERM": "SIGQUIT",
                "EMAIL_URL": f"filemail:///{self.folder}/mails",
                "LOG_FORMAT": "console",
                "NO_COLOR": "1",
            }
            | dict(settings)
        )

    def start(self, *, only: Collection[str] = (), **instead: str) -> None:
        """Servers, tables, a person, then the Procfile's processes; returns when all are ready.

        ``only``: not all of its processes but those; ``instead``: other commands, by process.
        """
        for server in self.servers:
            self._add_server(server)
        wait_until_ready(self.servers, self.folder / "log")
        self.manage("migrate", "--no-input", "--verbosity", "0")
        key = self.manage("create_api_key", "anna@example.com", "--create-user").strip()
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api/v1/",
            headers={"Authorization": f"Api-Key {key}"},
            timeout=60,
            trust_env=False,
        )
        for name, command in read_procfile(ROOT / "Procfile").items():
            if not only or name in only:
                self.add(name, instead.get(name, command))
        self.keeper.start()
        self.wait_ready()

    def _add_server(self, server: Any) -> None:
        def argv() -> list[str]:
            server.prepare()
            return list(server.argv)

        log = self.folder / "log" / f"{server.name}.log"
        kept = {k: v for k, v in os.environ.items() if k not in OF_THE_TESTS}
        process = Process(server.name, argv, environment=kept | ENVIRONMENT, cwd=Path("/"), log=log)
        self.processes[server.name] = process
        process.start()

    def add(self, name: str, command: str, **environment: str) -> Process:
        """Start a command of the Procfile, or one of the same kind, under ``name``."""

        def argv() -> list[str]:
            return [*privileges.tied(signal.SIGTERM), "sh", "-c", f"exec {command}"]

        made = self.environment | environment
        log = self.folder / "log" / f"{name}.log"
        process = Process(name, argv, environment=made, cwd=ROOT, log=log)
        self.processes[name] = process
        process.start()
        return process

    def remove(self, name: str) -> None:
        """End a process for good."""
        self.processes[name].stop()
        del self.processes[name]

    def workers(self) -> list[str]:
        return [name for name in self.processes if name.startswith(("worker-", "beat"))]

    def wait_ready(self, *, seconds: float = 90) -> None:
        """Return when pages are served and every worker answers a ping."""
        until = time.monotonic() + seconds
        while not self._web_is_ready():
            assert time.monotonic() < until, (self.folder / "log" / "web.log").read_text()[-3000:]
            time.sleep(0.3)
        wanted = len(self.workers())
        while (ready := self._ready_workers()) < wanted:
            assert time.monotonic() < until, f"{ready} of {wanted} workers are ready"
            time.sleep(0.3)

    def _web_is_ready(self) -> bool:
        with suppress(httpx.HTTPError):
            url = f"http://127.0.0.1:{self.port}/readyz"
            return httpx.get(url, timeout=10, trust_env=False).is_success
        return False

    def _ready_workers(self) -> int:
        """Workers that answer a ping."""
        away = (OSError, OperationalError, redis.RedisError)
        with suppress(*away), self.celery.connection(connect_timeout=2) as connection:
            return len(self.celery.control.ping(timeout=1, connection=connection) or [])
        return 0

    def stop(self) -> None:
        """End everything, workers before servers; what is left are the logs, in ``LOGS``."""
        self.keeper.stop()
        for name in [*self.workers(), "web"]:
            self.processes[name].held = True
            self.processes[name].send_all(signal.SIGCONT)
            self.processes[name].send_all(signal.SIGKILL)
        for server in reversed(self.servers):
            self.processes[server.name].stop(
                signal.SIGTERM if server is self.rabbit else signal.SIGINT
            )
        if self.rabbit:
            self.rabbit.forget()
        kept = LOGS / self.folder.name
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.folder / "log", kept)
        shutil.rmtree(self.folder, ignore_errors=True)

    def manage(self, *arguments: str) -> str:
        """Run manage.py against this house; what it said."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=self.environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    # What is so, asked of PostgreSQL itself

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The answer to a query."""
        return self.ask(query, values)

    def ask(self, query: str, values: Any = None) -> list[tuple[Any, ...]]:
        """The answer to a query with numbered or named values."""
        with psycopg.connect(self.postgres.url, autocommit=True, connect_timeout=5) as connection:
            found = connection.execute(query, values)
            return found.fetchall() if found.description else []

    @contextmanager
    def held(self, event: str) -> Iterator[Callable[[], None]]:
        """Nobody gets past an event, as ``INSERT ON reports_minutes``: a stage stays in it.

        Yields a function that returns once somebody waits there, in a transaction.
        """

        def somebody_waits() -> None:
            until = time.monotonic() + 30
            while not self.rows(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            ):
                assert time.monotonic() < until, f"nobody came to {event}"
                time.sleep(0.02)

        lock = zlib.crc32(event.encode())
        wait = f"faults_wait_{lock}"
        with psycopg.connect(self.postgres.url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [lock])
            connection.execute(
                f"""CREATE OR REPLACE FUNCTION {wait}() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_advisory_xact_lock_shared({lock}); RETURN NEW; END'"""
            )
            connection.execute(
                f"CREATE TRIGGER {wait} BEFORE {event} FOR EACH ROW EXECUTE FUNCTION {wait}()"
            )
            try:
                yield somebody_waits
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", [lock])
                connection.execute(f"DROP TRIGGER {wait} ON {event.rpartition(' ')[2]}")

    def begin(self) -> None:
        """Forget what was decoded; the history of jobs goes on."""
        (self.folder / "decoded").unlink(missing_ok=True)
        (self.folder / "antidote").unlink(missing_ok=True)

    def decoded(self) -> list[str]:
        """What the recognizer was asked since ``begin``, a word a window."""
        log = self.folder / "decoded"
        return log.read_text().split() if log.exists() else []

    def mails(self) -> list[str]:
        """The Message-ID of every mail that went out."""
        sent = (path.read_text() for path in (self.folder / "mails").glob("*"))
        return [line for text in sent for line in text.splitlines() if line.startswith(ID)]

    def attempts(self, meeting: str) -> dict[str, int]:
        """Attempts by stage; of a stage in shards, the most that a shard took."""
        return dict(
            self.rows(
                """SELECT s.name, s.attempt FROM meetings_stagerun s
                JOIN meetings_job j ON j.id = s.job_id
                WHERE j.meeting_id = %s AND s.shard IS NULL""",
                meeting,
            )
        )

    def state(self, meeting: str) -> str:
        """The state of the meeting's job."""
        return str(self.rows("SELECT state FROM meetings_job WHERE meeting_id = %s", meeting)[0][0])

    def objects(self) -> set[str]:
        """The keys of all stored objects."""
        folder = self.folder / "objects"
        return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    def send_again(self, *, times: int) -> None:
        """Have the chains of all jobs whose turn it is sent again by the reaper."""
        self.rows(
            """INSERT INTO meetings_outboxmessage (job_id, run, created_at)
            SELECT id, run, now() FROM meetings_job, generate_series(1, %s)
            WHERE state IN ('queued', 'running') AND admitted_at IS NOT NULL""",
            times,
        )

    # Harm

    @contextmanager
    def without(self, server: str, number: int | None = None) -> Iterator[None]:
        """A server ends at once, as by a power cut, and is away for the length of a block."""
        began = time.time()
        process = self.processes[server]
        with process.lock:
            process.held = True
            process.send_all(signal.SIGKILL if number is None else number)
            process.stop(STOPS[server])
        try:
            yield
        finally:
            process.start()
            with suppress(Exception):
                wait_until_ready([s for s in self.servers if s.name == server], self.folder / "log")
            self.history.note_outage(server, began, time.time())

    def wipe_broker(self) -> None:
        """The broker forgets everything."""
        if self.rabbit is None:
            client = redis.Redis.from_url(self.redis.broker_url)
            client.flushall()
            client.close()
            return
        process = self.processes["rabbitmq"]
        with process.lock:
            process.stop(signal.SIGTERM)
            shutil.rmtree(self.rabbit.directory / "mnesia")
            process.start()
        wait_until_ready([self.rabbit], self.folder / "log")

    @contextmanager
    def without_objects(self) -> Iterator[None]:
        """The store takes and gives nothing: a file stands where its folder was."""
        began = time.time()
        objects, away = self.folder / "objects", self.folder / "objects.away"
        objects.rename(away)
        objects.touch()
        try:
            yield
        finally:
            objects.unlink()
            away.rename(objects)
            self.history.note_outage("objects", began, time.time())
