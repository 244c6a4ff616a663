"""A pytest plugin: private PostgreSQL and Redis for one test run, named before settings are read.

Loaded by ``-p tests.servers``. A DATABASE_URL in the environment is used as it is; then
REDIS_URL and BROKER_URL must be there too. Workers of pytest-xdist inherit the controller's
servers and take Redis databases and a data directory of their own.
"""

import atexit
import os
import re
import secrets
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.embedded.servers import Postgres, Redis, free_ports, started

_running = ExitStack()


def _settings_of(root: Path, postgres: Postgres, redis: Redis) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "BROKER_URL": redis.broker_url,
        "DATA_DIR": str(root / "data"),
        "SECRET_KEY": secrets.token_urlsafe(48),
        "EMAIL_URL": "memorymail://",
        "DEBUG": "0",
    }


def _take_own_share(worker: str) -> None:
    """Databases 2n and 2n+1 of Redis, a data directory apart: workers must not meet."""
    number = int(re.sub(r"\D", "", worker)) + 1
    for offset, name in enumerate(("REDIS_URL", "BROKER_URL")):
        os.environ[name] = re.sub(r"/\d+$", f"/{2 * number + offset}", os.environ[name])
    os.environ["DATA_DIR"] = str(Path(os.environ["DATA_DIR"], worker))


def _choose() -> tuple[Path, Postgres, Redis]:
    root = Path(tempfile.gettempdir(), f"protokol-tests-{secrets.token_hex(8)}")
    ports = free_ports(2)
    postgres = Postgres(root / "postgres", ports[0], secrets.token_hex(8), durable=False)
    return root, postgres, Redis(root / "redis", ports[1], secrets.token_hex(8), durable=False)


os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the instance's processes have it

_own = None
if "PYTEST_XDIST_WORKER" in os.environ:
    _take_own_share(os.environ["PYTEST_XDIST_WORKER"])
elif "DATABASE_URL" not in os.environ:
    _own = _choose()
    atexit.register(shutil.rmtree, _own[0], ignore_errors=True)
    os.environ.update(_settings_of(*_own))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the servers; let tests talk to this machine only."""
    config.option.allow_hosts = config.option.allow_hosts or "127.0.0.1,::1"
    config.option.allow_unix_socket = True
    if _own:
        root, postgres, redis = _own
        root.mkdir(exist_ok=True)
        root.chmod(0o711)  # as root, PostgreSQL is another user
        _running.enter_context(started([postgres, redis], root / "log"))


def pytest_unconfigure() -> None:
    """Stop what was started and leave nothing behind."""
    _running.close()
