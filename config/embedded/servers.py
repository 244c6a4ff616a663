"""The private PostgreSQL and Redis: how each is laid out on disk, started, asked and stopped.

Both listen on the loopback interface only, behind a password, and run in the foreground of
whoever starts them: the supervisor, or ``started`` for a command or a test run.
"""

import itertools
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import redis

from config.embedded import binaries, privileges
from config.embedded.errors import StartError

HOST = "127.0.0.1"
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC"}  # an inherited locale may not exist on this machine


class Server(Protocol):
    """A private server in its own directory."""

    name: str
    directory: Path

    def prepare(self) -> None:
        """Lay out the directory if it is new; stop what an earlier crash left running in it."""

    @property
    def argv(self) -> list[str]:
        """The command that serves in the foreground until SIGINT."""

    def answers(self) -> bool:
        """Whether the server takes commands now."""


class Postgres:
    """A PostgreSQL cluster of its own in ``directory``; its database and owner are ``protokol``."""

    name = "postgres"

    def __init__(self, directory: Path, port: int, password: str, *, durable: bool = True) -> None:
        self.directory, self.port, self.password, self.durable = directory, port, password, durable
        begun = directory / "PG_VERSION"
        self.binaries = binaries.postgres(int(begun.read_text()) if begun.exists() else None)
        self.url = f"postgres://protokol:{password}@{HOST}:{port}/protokol"

    def prepare(self) -> None:
        """Make the cluster whole or not at all; end a server that a crash left behind."""
        privileges.stop_leftover(self.directory, self.directory / "postmaster.pid")
        if not (self.directory / "PG_VERSION").exists():
            unfinished = self.directory.with_name(self.directory.name + ".new")
            privileges.remove(unfinished)
            unfinished.mkdir(parents=True, mode=0o700)
            self._initialise(unfinished)
            unfinished.rename(self.directory)

    def _initialise(self, directory: Path) -> None:
        prefix = privileges.step_down(directory, self.binaries.folder / "initdb")
        privileges.hand_over(directory)
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run(
            [*prefix, str(self.binaries.folder / "initdb"), "-D", str(directory)]
            + ["-U", "protokol", "--encoding=UTF8", "--auth=trust", "--no-sync"]
            + (["--locale=C", *provider] if self.binaries.major >= 17 else ["--locale=C.UTF-8"])
        )
        self._run(
            [*prefix, str(self.binaries.folder / "postgres"), "--single", "-D", str(directory)],
            f"ALTER USER protokol PASSWORD '{self.password}';\nCREATE DATABASE protokol;\n",
        )
        (directory / "pg_hba.conf").write_text(f"host all all {HOST}/32 scram-sha-256\n")

    def _run(self, argv: Sequence[str], text: str | None = None) -> None:
        done = subprocess.run(
            argv, input=text, env=os.environ | ENVIRONMENT, capture_output=True, text=True, cwd="/"
        )
        if done.returncode:
            raise StartError(f"{Path(argv[-1]).name}: {done.stderr.strip() or done.stdout.strip()}")

    @property
    def argv(self) -> list[str]:
        """The postmaster in the foreground; SIGINT is its fast shutdown."""
        options = {
            "listen_addresses": HOST,
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "fsync": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "log_min_messages": "warning" if self.durable else "panic",
        }
        postgres = self.binaries.folder / "postgres"
        return [
            *privileges.step_down(self.directory, postgres, signal.SIGINT),
            *(str(postgres), "-D", str(self.directory)),
            *(part for key, value in options.items() for part in ("-c", f"{key}={value}")),
        ]

    def answers(self) -> bool:
        """Whether a connection can be opened."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


class Redis:
    """A Valkey or Redis of its own: database 0 for cache and channels, 1 for the broker."""

    name = "redis"

    def __init__(self, directory: Path, port: int, password: str, *, durable: bool = True) -> None:
        self.directory, self.port, self.password, self.durable = directory, port, password, durable
        self.url = f"redis://:{password}@{HOST}:{port}/0"
        self.broker_url = f"redis://:{password}@{HOST}:{port}/1"

    def prepare(self) -> None:
        """Write the configuration; the binary that began the directory goes on with it."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        privileges.stop_leftover(self.directory, self.directory / "server.pid")
        begun = self.directory / "binary"
        binary = binaries.redis(Path(begun.read_text()) if begun.exists() else None)
        begun.write_text(str(binary))
        settings = {
            "bind": HOST,
            "port": self.port,
            "dir": f'"{self.directory}"',
            "pidfile": f'"{self.directory / "server.pid"}"',
            "requirepass": self.password,
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        configuration = self.directory / "server.conf"
        configuration.touch(mode=0o600)
        configuration.write_text("".join(f"{key} {value}\n" for key, value in settings.items()))

    @property
    def argv(self) -> list[str]:
        """The server in the foreground."""
        binary = (self.directory / "binary").read_text()
        return [*privileges.tied(signal.SIGINT), binary, str(self.directory / "server.conf")]

    def answers(self) -> bool:
        """Whether it answers a ping, that is, has finished reading its append-only file."""
        client = redis.Redis.from_url(self.url, socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


def free_port() -> int:
    """Return a loopback port nobody listens on, below those the kernel hands out to clients."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Return ``count`` of them, no two the same; StartError where there are not as many."""
    ports = filter(port_is_free, random.sample(range(15_000, 32_000), 200))
    found = list(itertools.islice(ports, count))
    if len(found) < count:
        raise StartError("no free port between 15000 and 32000")
    return found


def port_is_free(port: int) -> bool:
    """Whether a server could bind the port on the loopback interface now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def wait_until_ready(
    servers: Sequence[Server],
    logs: Path,
    *,
    seconds: float = 60,
    while_true: Callable[[], bool] = lambda: True,
) -> None:
    """Return once every server answers; StartError with the end of its log if one does not.

    The wait ends early when ``while_true`` does: whoever runs the servers has gone.
    """
    deadline = time.monotonic() + seconds
    for server in servers:
        while not server.answers():
            if time.monotonic() > deadline or not while_true():
                log = logs / f"{server.name}.log"
                said = log.read_text(errors="replace")[-1500:] if log.exists() else ""
                raise StartError(f"{server.name} did not start within {seconds:.0f} s\n{said}")
            time.sleep(0.05)


@contextmanager
def started(servers: Sequence[Server], logs: Path) -> Iterator[None]:
    """Run the servers as children for the length of a block; they stop with it, or with us."""
    logs.mkdir(parents=True, exist_ok=True)
    running: list[subprocess.Popen[bytes]] = []
    try:
        for server in servers:
            server.prepare()
            with (logs / f"{server.name}.log").open("ab") as log:
                running.append(
                    subprocess.Popen(
                        server.argv,
                        env=os.environ | ENVIRONMENT,
                        cwd="/",
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
        wait_until_ready(servers, logs)
        yield
    finally:
        for process in running:
            process.send_signal(signal.SIGINT)
        for process in running:
            _reap(process)


def _reap(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
