"""The sandbox holds whatever runs in it."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from meetings.media.sandbox import MOST_OUTPUT, STDERR_TAIL, CannotStart, Limits, run

LIMITS = Limits(cpu=5, memory=1 << 30, file_size=1 << 20)


@pytest.fixture
def python(tmp_path):
    """Runs a piece of Python in the sandbox, over a file with the text ``given``."""
    (tmp_path / "given").write_text("given")

    def call(code, *, limits=LIMITS, timeout=20.0, **options):
        command = [sys.executable, "-c", code]
        return run(command, given=tmp_path / "given", limits=limits, timeout=timeout, **options)

    return call


def gone(pid: int) -> bool:
    """Whether a process has ended (or waits to be buried) within two seconds."""
    for _ in range(40):
        try:
            with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_the_file_is_standard_input_and_the_environment_is_empty(python, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    ended = python("import os, sys; print(sys.stdin.read(), dict(os.environ).get('DATABASE_URL'))")
    assert ended.stdout == b"given None\n"
    assert (ended.returncode, ended.timed_out) == (0, False)


def test_no_other_descriptor_is_inherited(python, tmp_path):
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        ended = python("import os; print(len(os.listdir('/proc/self/fd')))")
    assert int(ended.stdout) == 4  # the three standard ones and the listing's own


def test_a_deadline_ends_the_program_and_its_children(python):
    began = time.monotonic()
    ended = python(
        "import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']);"
        "print(p.pid, flush=True); time.sleep(60)",
        timeout=10,
    )
    assert ended.timed_out
    assert time.monotonic() - began < 14.5
    assert gone(int(ended.stdout))


def test_a_child_left_behind_is_ended_too(python):
    ended = python(
        "import subprocess, sys; p = subprocess.Popen(['sleep', '60'],"
        "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(p.pid)"
    )
    assert ended.returncode == 0
    assert gone(int(ended.stdout))


def test_a_program_that_closes_its_outputs_still_meets_the_deadline(python):
    ended = python("import os, time; os.close(1); os.close(2); time.sleep(60)", timeout=1.5)
    assert ended.timed_out
    assert ended.returncode == -signal.SIGKILL


def test_processor_time_is_limited(python):
    ended = python("while True: pass", limits=Limits(cpu=1, memory=1 << 30, file_size=0))
    assert ended.returncode in {-signal.SIGXCPU, -signal.SIGKILL}
    assert not ended.timed_out


def test_memory_is_limited(python):
    ended = python("x = bytearray(2 << 30)")
    assert "MemoryError" in ended.stderr


def test_files_are_limited(python, tmp_path):
    ended = python(f"open({str(tmp_path / 'big')!r}, 'wb').write(bytes(3 << 20))")
    assert ended.returncode != 0
    assert (tmp_path / "big").stat().st_size <= 1 << 20


def test_output_is_bounded_and_the_last_messages_are_kept(python):
    ended = python(
        f"import sys; sys.stdout.write('x' * {3 * MOST_OUTPUT});"
        "sys.stderr.write('first' + 'y' * 99999 + 'last')"
    )
    assert len(ended.stdout) == MOST_OUTPUT
    assert len(ended.stderr) == STDERR_TAIL
    assert ended.stderr.endswith("last")


def test_whoever_stops_listening_ends_the_program(python):
    seen = []

    def stop(chunk):
        seen.append(int(chunk))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        python("import os, time; print(os.getpid(), flush=True); time.sleep(60)", on_output=stop)
    assert gone(seen[0])


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        run(["true"], given=tmp_path / "none", limits=LIMITS, timeout=1)


def test_a_program_that_is_not_there_is_not_the_file_s_fault():
    with pytest.raises(CannotStart, match="/no/ffmpeg"):
        run(["/no/ffmpeg"], given=Path(__file__), limits=LIMITS, timeout=9)


@pytest.mark.parametrize(
    "way",
    [
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "os.system(f'{sys.executable} -c \"import socket; socket.socket()\"') and 1 / 0",
    ],
)
def test_nobody_is_talked_to(python, way):
    ended = python(f"import os, socket, sys; print('began', flush=True); {way}; print('went on')")
    assert ended.stdout == b"began\n"
    assert ended.returncode != 0
