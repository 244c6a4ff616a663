"""Runs a program over a foreign file: the file is its standard input and all that it is given.

No environment, no shell, its own process group, limits on processor time, memory, file sizes and
open files, a deadline on the clock, a bounded output. Nothing outlives the call, nor its parent.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from meetings.media.confine import CANNOT_START

CONFINE = Path(__file__).with_name("confine.py")
ROOT = Path(__file__).parents[2]  # where ``python -m`` finds the project
MOST_OUTPUT = 1 << 20  # bytes of standard output that are kept
BREATH = 1.0  # seconds between looks at whether the work is still wanted
STDERR_TAIL = 8 << 10  # bytes of the last messages that are kept


@dataclass(frozen=True)
class Limits:
    """What a program may use: seconds of processor time, bytes, open files."""

    cpu: int
    memory: int
    file_size: int
    open_files: int = 64

    def spell(self) -> str:
        """The limits as confine.py reads them."""
        return (
            f"RLIMIT_CPU={self.cpu},RLIMIT_AS={self.memory},RLIMIT_FSIZE={self.file_size},"
            f"RLIMIT_NOFILE={self.open_files},RLIMIT_CORE=0"
        )


class CannotStart(RuntimeError):  # noqa: N818
    """The program is not there or the limits are refused: an installation's fault, no file's."""


@dataclass(frozen=True)
class Finished:
    """How a program ended; ``returncode`` is negative when a signal ended it."""

    returncode: int
    stdout: bytes
    stderr: str
    timed_out: bool


def run(
    command: Sequence[str | Path],
    *,
    given: Path,
    limits: Limits,
    timeout: float,
    on_output: Callable[[bytes], None] = lambda chunk: None,
    on_wait: Callable[[], None] = lambda: None,
) -> Finished:
    """Runs ``command`` with ``given`` open for reading as its standard input.

    ``on_output`` sees standard output as it comes, ``on_wait`` is called every second that nothing
    comes; both may raise to stop the work. Whatever happens, the program and all that it started
    are gone when this returns. ``timeout`` in seconds. Raises OSError when ``given`` cannot be
    opened, CannotStart when the program cannot.
    """
    confined = [sys.executable, "-I", "-S", CONFINE, limits.spell(), *command]
    with (
        given.open("rb") as file,
        subprocess.Popen(
            [str(part) for part in confined],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={},
            cwd=ROOT,
            start_new_session=True,
        ) as process,
    ):
        try:
            ended = _finished(process, time.monotonic() + timeout, on_output, on_wait)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if ended.returncode == CANNOT_START:
        raise CannotStart(ended.stderr)
    return ended


def read_both(
    stdout_fd: int,
    stderr_fd: int,
    deadline: float,
    on_output: Callable[[bytes], None] = lambda chunk: None,
    on_wait: Callable[[], None] = lambda: None,
) -> tuple[bytes, str, bool]:
    """Both outputs to their end or the deadline (monotonic), and whether that passed."""
    stdout, stderr = bytearray(), bytearray()
    timed_out = False
    with selectors.DefaultSelector() as selector:
        for pipe in (stdout_fd, stderr_fd):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map() and not timed_out:
            ready = selector.select(timeout=max(0, min(BREATH, deadline - time.monotonic())))
            if not ready:
                on_wait()
            for key, _ in ready:
                chunk = os.read(key.fd, 1 << 16)
                if not chunk:
                    selector.unregister(key.fd)
                elif key.fd == stderr_fd:
                    stderr = (stderr + chunk)[-STDERR_TAIL:]
                else:
                    on_output(chunk)
                    stdout += chunk[: MOST_OUTPUT - len(stdout)]
            timed_out = time.monotonic() >= deadline
    return bytes(stdout), stderr.decode(errors="replace"), timed_out


def _finished(
    process: subprocess.Popen[bytes],
    deadline: float,
    on_output: Callable[[bytes], None],
    on_wait: Callable[[], None],
) -> Finished:
    pipes = _set(process.stdout).fileno(), _set(process.stderr).fileno()
    stdout, stderr, timed_out = read_both(*pipes, deadline, on_output, on_wait)
    timed_out = timed_out or not _ends(process, deadline)
    if timed_out:
        os.killpg(process.pid, signal.SIGKILL)
    return Finished(process.wait(), stdout, stderr, timed_out)


def _ends(process: subprocess.Popen[bytes], deadline: float) -> bool:
    """Whether a program that has closed its outputs ends by itself before the deadline."""
    try:
        process.wait(timeout=max(1.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _set(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
