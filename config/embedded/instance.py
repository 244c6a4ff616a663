"""One installation under one data directory: its lock, its secrets, its servers, its addresses.

``secrets.json`` outlives a run: the database was made with its password. ``running.json`` is
there while the instance runs and tells other commands where its servers listen.
"""

import fcntl
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from config.embedded.errors import StartError
from config.embedded.servers import Postgres, Redis, Server, free_ports

ROOT = Path(__file__).resolve().parents[2]


class Instance:
    """What stands in a data directory; private servers only where ``given`` names none."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = {name: value for name, value in given.items() if value}
        self.data_dir = Path(given.get("DATA_DIR") or ROOT / "var").resolve()
        self.port = int(given.get("PORT") or 8000)
        self.logs = self.data_dir / "log"
        self.url = f"http://127.0.0.1:{self.port}/"
        self._running = self.data_dir / "running.json"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the data directory for the block; StartError at once if another process does."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StartError(self._already_running()) from None
            try:
                yield
            finally:
                self._running.unlink(missing_ok=True)

    def is_running(self) -> bool:
        """Whether another process holds the data directory now."""
        if not (self.data_dir / "lock").exists():
            return False
        with (self.data_dir / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def servers(self) -> tuple[list[Server], dict[str, str]]:
        """Return the private servers that are needed, and the variables that name all servers."""
        kept = self.secrets()
        servers: list[Server] = []
        for_postgres, for_redis = free_ports(2)
        named = {
            k: self.given[k]
            for k in ("DATABASE_URL", "REDIS_URL", "BROKER_URL")
            if self.given.get(k)
        }
        if not {"DATABASE_URL", "DATABASE_URL_FILE"} & self.given.keys():
            postgres = Postgres(self.data_dir / "postgres", for_postgres, kept["postgres"])
            servers.append(postgres)
            named["DATABASE_URL"] = postgres.url
        if not {"REDIS_URL", "BROKER_URL"} <= named.keys():
            redis = Redis(self.data_dir / "redis", for_redis, kept["redis"])
            servers.append(redis)
            named = {"REDIS_URL": redis.url, "BROKER_URL": redis.broker_url} | named
        if not {"SECRET_KEY", "SECRET_KEY_FILE"} & self.given.keys():
            named["SECRET_KEY"] = kept["secret_key"]
        return servers, named

    def environment(self, named: Mapping[str, str]) -> dict[str, str]:
        """Return the whole environment of the instance's processes."""
        defaults = {
            "PUBLIC_URL": self.url,
            "LOG_FORMAT": "console",
            "NO_COLOR": "1",
            # Threads of a model that share the cores with others must sleep, not spin, while they
            # wait for each other: five times slower otherwise (docs/adr/0008).
            "OMP_WAIT_POLICY": "PASSIVE",
            "REMAP_SIGTERM": "SIGQUIT",  # Celery: stop within its soft shutdown time
        }
        path = f"{Path(sys.executable).parent}:{self.given.get('PATH', os.defpath)}"
        fixed = {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PATH": path}
        return defaults | self.given | fixed | dict(named)

    def publish(self, named: Mapping[str, str]) -> None:
        """Tell other commands where the servers of this run listen."""
        _write(self._running, {"pid": str(os.getpid()), "PORT": str(self.port)} | dict(named))

    def published(self, *, seconds: float = 300) -> dict[str, str]:
        """Return what the running instance tells, waiting for it while it is still starting."""
        deadline = time.monotonic() + seconds
        while not self._running.exists():
            if time.monotonic() > deadline or not self.is_running():
                raise StartError(f"the instance in {self.data_dir} did not finish its start")
            time.sleep(0.1)
        told = _read(self._running)
        return {k: v for k, v in told.items() if k.isupper()}

    def _already_running(self) -> str:
        told = _read(self._running) if self._running.exists() else {}
        where = f" at http://127.0.0.1:{told['PORT']}/ (process {told['pid']})" if told else ""
        return (
            f"Protokol already runs in {self.data_dir}{where}; "
            "stop it first, or give another DATA_DIR and PORT"
        )

    def secrets(self) -> dict[str, str]:
        """Return the passwords and keys of this data directory, made once."""
        path = self.data_dir / "secrets.json"
        sizes = {"postgres": 16, "redis": 16, "secret_key": 48, "demo": 6}
        kept = _read(path) if path.exists() else {}
        missing = {name: secrets.token_hex(n) for name, n in sizes.items() if name not in kept}
        if missing:
            _write(path, kept | missing)
        return kept | missing


def _write(path: Path, content: Mapping[str, str]) -> None:
    """Replace a file readable by its owner alone, whole or not at all."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(json.dumps(content, indent=2))
    new.rename(path)


def _read(path: Path) -> dict[str, str]:
    return cast(dict[str, str], json.loads(path.read_text()))
