"""The private servers, for real."""

import os
import shutil
import signal
import subprocess
import threading
import time

import psutil
import psycopg
import pytest
import redis

from config.embedded import privileges
from config.embedded.binaries import PostgresBinaries
from config.embedded.servers import Postgres, Redis, free_port, port_is_free, started

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("servers")
    for parent in (folder, folder.parent, folder.parent.parent):
        if parent.name.startswith(("pytest-", "servers")):
            parent.chmod(0o711)
    return folder


def _servers(root):
    return Postgres(root / "postgres", free_port(), "a1"), Redis(root / "redis", free_port(), "b2")


def test_postgres_has_russian_letters_vectors_and_asks_for_the_password(root):
    postgres, _ = _servers(root)
    with started([postgres], root / "log"), psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE EXTENSION vector")
        assert connection.execute("SELECT lower('ПРОТОКОЛ Ё')").fetchone() == ("протокол ё",)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(postgres.url.replace(":a1@", ":wrong@"))
    assert port_is_free(postgres.port)


def test_redis_keeps_its_data_evicts_nothing_and_asks_for_the_password(root):
    _, server = _servers(root)
    with started([server], root / "log"):
        client = redis.Redis.from_url(server.broker_url)
        client.set("kept", "yes")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("appendfsync") == {"appendfsync": "everysec"}
        with pytest.raises(redis.AuthenticationError):
            redis.Redis.from_url(server.url.replace(":b2@", ":wrong@")).ping()
    again = Redis(root / "redis", free_port(), "b2")
    with started([again], root / "log"):
        assert redis.Redis.from_url(again.broker_url).get("kept") == b"yes"


def test_servers_left_by_a_crash_are_stopped_and_their_data_is_there(root):
    postgres, server = _servers(root)
    postgres.prepare()
    server.prepare()
    # Started outside `started`: nobody stops them, as after a kill -9.
    orphans = [
        subprocess.Popen(s.argv, env=os.environ | {"LC_ALL": "C"}, start_new_session=True)
        for s in (postgres, server)
    ]
    _wait(postgres.answers)
    _wait(server.answers)
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    again = Postgres(root / "postgres", free_port(), "a1"), Redis(root / "redis", free_port(), "b2")
    reapers = _reap_in_background(orphans)
    with started(again, root / "log"), psycopg.connect(again[0].url) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)
    for reaper in reapers:
        reaper.join(30)


def test_a_killed_postgres_starts_again_past_its_stale_pid_file(root):
    postgres, _ = _servers(root)
    with started([postgres], root / "log"):
        pid_file = root / "postgres" / "postmaster.pid"
        pid = int(pid_file.read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        _wait(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    # Pids come round again: this one is now somebody else's.
    lines = pid_file.read_text().split("\n")
    pid_file.write_text("\n".join([str(os.getppid()), *lines[1:]]))
    again = Postgres(root / "postgres", free_port(), "a1")
    with started([again], root / "log"):
        assert again.answers()


def test_a_cluster_whose_making_was_cut_short_is_made_anew(root):
    (root / "postgres.new" / "base").mkdir(parents=True)
    (root / "postgres.new" / "PG_VERSION").write_text("18\n")
    postgres, _ = _servers(root)
    with started([postgres], root / "log"):
        assert postgres.answers()
    assert not (root / "postgres.new").exists()


@pytest.mark.skipif(not privileges.is_root(), reason="only root hands its servers to another user")
def test_root_can_serve_from_a_folder_that_only_root_may_enter(root):
    (root / "private").mkdir(mode=0o700)
    postgres = Postgres(root / "private" / "postgres", free_port(), "a1")
    package = postgres.binaries.folder.parents[1]
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, root / "private" / part.name, copy_function=_link)
    folder = root / "private" / package.name / "pginstall" / "bin"
    postgres.binaries = PostgresBinaries(folder, postgres.binaries.major)
    with started([postgres], root / "log"):
        assert postgres.answers()


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _wait(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _reap_in_background(processes):
    """Zombies of ours would look alive to whoever waits for them: collect them as init would."""
    threads = [threading.Thread(target=process.wait) for process in processes]
    for thread in threads:
        thread.start()
    return threads
