"""Examines files in processes that fork from one which has libav loaded.

Starting Python and libav takes a quarter of a second, a fork some milliseconds; who uploads waits
for that. A fork server never looks at a file: it is confined as its children are, has no
environment, and each child ends with the one file that it was given.
"""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from meetings.media import sandbox

CHILD = (sys.executable, "-B", "-E", "-s", "-m", "meetings.media.fork_server_child")
LIMITS = sandbox.Limits(cpu=30, memory=1 << 30, file_size=0)
MOST = 2
"""Fork servers that are kept, each for one file at a time."""


class Gone(Exception):  # noqa: N818
    """The fork server has ended."""


class ForkServer:
    """One of them, with the line over which it gets descriptors and tells exit statuses."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair()
        confined = [sys.executable, "-I", "-S", sandbox.CONFINE, LIMITS.spell(), *CHILD]
        with theirs:
            self.process = subprocess.Popen(
                [*map(str, confined), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={},
                cwd=sandbox.ROOT,
                start_new_session=True,
            )

    def examine(self, given: Path, most_tracks: int, timeout: float) -> sandbox.Finished:
        """As ``sandbox.run`` of probe_child; Gone where the server, not the file, is to blame."""
        deadline = time.monotonic() + timeout
        outputs = self._begin(given, most_tracks)
        try:
            stdout, stderr, timed_out = sandbox.read_both(*outputs, deadline)
        finally:
            for pipe in outputs:
                os.close(pipe)
        if timed_out:
            raise TimeoutError
        self.line.settimeout(max(1.0, deadline - time.monotonic()))
        try:
            status = self.line.recv(4)
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise
            raise Gone from error
        if len(status) < 4:
            raise Gone
        return sandbox.Finished(struct.unpack("i", status)[0], stdout, stderr, timed_out=False)

    def close(self) -> None:
        """End it with all that it started."""
        self.line.close()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _begin(self, given: Path, most_tracks: int) -> tuple[int, int]:
        """Hand the file over; where its process writes: standard output, standard error."""
        (stdout, out), (stderr, err) = os.pipe(), os.pipe()
        try:
            with given.open("rb") as file:
                told = [file.fileno(), out, err]
                socket.send_fds(self.line, [struct.pack("i", most_tracks)], told)
        except BaseException as error:
            os.close(stdout)
            os.close(stderr)
            if isinstance(error, ConnectionError):
                raise Gone from error
            raise
        finally:
            os.close(out)
            os.close(err)
        return stdout, stderr


class Servers:
    """Those that this process keeps: taken, and given back when the file was examined."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.idle: list[ForkServer] = []
        self.free = MOST
        """How many more may be in use at once."""

    def take(self) -> ForkServer | None:
        """One that nobody uses, started if need be; None where all are busy."""
        with self.lock:
            if not self.free:
                return None
            self.free -= 1
            if self.idle:
                return self.idle.pop()
        try:
            return ForkServer()
        except BaseException:
            self.give_back(None)
            raise

    def give_back(self, server: ForkServer | None) -> None:
        """``server`` as it is, or nothing where it had to be ended."""
        with self.lock:
            self.free += 1
            if server:
                self.idle.append(server)


_servers = Servers()


def examine(given: Path, most_tracks: int, timeout: float) -> sandbox.Finished | None:
    """What ``sandbox.run`` of probe_child would tell; ``timeout`` in seconds.

    None where all servers are busy, one has ended, or this is no Linux: then that has to be run.
    OSError where ``given`` cannot be opened.
    """
    if sys.platform != "linux":
        return None
    servers = _servers
    server = servers.take()
    if server is None:
        return None
    kept: ForkServer | None = None
    try:
        finished = server.examine(given, most_tracks, timeout)
        kept = server
        return finished
    except Gone:
        return None
    except TimeoutError:
        return sandbox.Finished(-signal.SIGKILL, b"", "", timed_out=True)
    except FileNotFoundError:
        kept = server
        raise
    finally:
        if kept is None:
            server.close()
        servers.give_back(kept)


def _forget() -> None:
    """A forked process has none: those lines are its parent's."""
    global _servers
    for server in _servers.idle:
        server.line.close()
        server.process.returncode = 0  # not this process's to wait for
    _servers = Servers()


os.register_at_fork(after_in_child=_forget)
