"""A process that forks from a fork server is as good, and as confined, as one that is started."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from meetings import media
from meetings.media import fork_server, sandbox
from meetings.media.probe import CHILD
from tests.meetings.media_files import tone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="descriptors are sent on Linux")


@pytest.fixture(autouse=True)
def servers(monkeypatch):
    """New ones, all ended afterwards."""
    made = fork_server.Servers()
    monkeypatch.setattr(fork_server, "_servers", made)
    yield made
    assert made.free == fork_server.MOST
    for server in made.idle:
        server.close()


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def waiting_for(condition):
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def examined(path, timeout=20.0):
    return fork_server.examine(path, 64, timeout)


def started(path):
    return sandbox.run([*CHILD, "64"], given=path, limits=fork_server.LIMITS, timeout=20)


@pytest.mark.parametrize("kind", ["sound", "text", "empty", "cut"])
def test_it_tells_what_a_started_process_tells(kind, tmp_path):
    whole = tone(tmp_path / "tone.wav").read_bytes()
    bytes_of = {"sound": whole, "text": b"hello", "empty": b"", "cut": whole[: len(whole) // 2]}
    path = tmp_path / "given"
    path.write_bytes(bytes_of[kind])
    ours, theirs = examined(path), started(path)
    assert ours == theirs
    assert ours.returncode == 0 and ours.stdout


def test_the_server_is_kept_and_looks_at_no_file_itself(tmp_path, servers):
    path = tone(tmp_path / "tone.wav")
    for _ in range(3):
        assert examined(path).returncode == 0
    (server,) = servers.idle
    held = [str(fd.readlink()) for fd in Path(f"/proc/{server.process.pid}/fd").iterdir()]
    assert sorted(held)[:3] == ["/dev/null"] * 3 and len(held) == 4  # and its line
    assert not children_of(server.process.pid)
    assert Path(f"/proc/{server.process.pid}/environ").read_bytes() in (
        b"",
        b"LC_CTYPE=C.UTF-8\0",
    )  # PEP 538


def test_it_is_confined(tmp_path, servers):
    examined(tone(tmp_path / "tone.wav"))
    (server,) = servers.idle
    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    for line in ("Max cpu time              30", "Max file size             0", "1073741824"):
        assert line in limits
    assert "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status


def test_what_does_not_end_is_ended_with_its_server(tmp_path, servers):
    path = tone(tmp_path / "tone.wav")
    examined(path)
    process = servers.idle[0].process
    os.kill(process.pid, signal.SIGSTOP)
    assert examined(path, timeout=0.5).timed_out
    assert process.returncode == -signal.SIGKILL and not servers.idle
    with pytest.raises(media.UnreadableMedia, match="examined in the time"):
        stopped = servers.take()
        os.kill(stopped.process.pid, signal.SIGSTOP)
        servers.give_back(stopped)
        media.probe(path, timeout=0.5, at_once=True)


def test_a_server_that_died_is_replaced(tmp_path, servers):
    path = tone(tmp_path / "tone.wav")
    examined(path)
    os.kill(servers.idle[0].process.pid, signal.SIGKILL)
    assert media.probe(path, at_once=True).duration == pytest.approx(3, abs=0.1)
    assert not servers.idle
    assert examined(path).returncode == 0


def test_where_all_are_busy_a_process_is_started(tmp_path, servers, monkeypatch):
    path = tone(tmp_path / "tone.wav")
    taken = [servers.take() for _ in range(fork_server.MOST)]
    assert examined(path) is None
    assert media.probe(path, at_once=True).tracks
    for server in taken:
        servers.give_back(server)
    assert examined(path).returncode == 0


def test_many_at_once_are_told_apart(tmp_path):
    paths = [tone(tmp_path / f"{n}.wav", seconds=n) for n in (1, 2, 3)]
    told = {}

    def ask(n):
        told[n] = media.probe(paths[n % 3], at_once=True).duration

    threads = [threading.Thread(target=ask, args=[n]) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {n: pytest.approx(n % 3 + 1, abs=0.05) for n in range(12)}


def test_a_file_that_is_not_there_costs_no_server(tmp_path, servers):
    examined(tone(tmp_path / "tone.wav"))
    with pytest.raises(FileNotFoundError):
        examined(tmp_path / "none.wav")
    assert len(servers.idle) == 1


def test_a_forked_process_does_not_use_its_parents(tmp_path, servers):
    path = tone(tmp_path / "tone.wav")
    examined(path)
    child = os.fork()
    if not child:
        os._exit(len(fork_server._servers.idle))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert examined(path).returncode == 0


def test_it_ends_with_who_started_it():
    code = (
        "from pathlib import Path; from meetings.media import fork_server as f; import os, signal;"
        "s = f.ForkServer(); print(s.process.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    told = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    server = Path(f"/proc/{told.stdout.strip()}")
    assert waiting_for(lambda: not server.exists() or " Z " in (server / "stat").read_text())
