"""Processes that the harness starts, keeps up as a supervisor would, and does harm to."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

STARTER = ThreadPoolExecutor(1, thread_name_prefix="starter")
"""One thread starts them all: what is tied to its parent ends with the thread that started it."""

RESTART_AFTER = 1.0
"""Seconds between the death of a process and its successor's start."""


class Process:
    """A command that is started again when it ends, unless it is held down."""

    def __init__(
        self,
        name: str,
        argv: Callable[[], Sequence[str]],
        *,
        environment: Mapping[str, str],
        cwd: Path,
        log: Path,
    ) -> None:
        self.name, self.argv, self.environment, self.cwd = name, argv, dict(environment), cwd
        self.log = log
        self.held = True
        self.popen: subprocess.Popen[bytes] | None = None
        self.lock = threading.RLock()

    def start(self) -> None:
        """Start it, and keep it up from now on."""
        with self.lock:
            self.held = False
            if self.popen is None or self.popen.poll() is not None:
                self.popen = STARTER.submit(self._spawn).result()

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.argv(),
                env=self.environment,
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def send(self, number: int) -> None:
        """Send a signal to the main process alone."""
        with suppress(ProcessLookupError):
            if self.popen:
                self.popen.send_signal(number)

    def send_all(self, number: int) -> None:
        """Send a signal to the process and all its descendants."""
        for process in self.all():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def stop(self, number: int = signal.SIGTERM, *, seconds: float = 30) -> float:
        """Hold it down; how many seconds it took to end after the signal."""
        with self.lock:
            self.held = True
            began = time.monotonic()
            self.send(number)
            if self.popen:
                try:
                    self.popen.wait(seconds)
                except subprocess.TimeoutExpired:
                    self.send_all(signal.SIGKILL)
                    self.popen.wait()
                with suppress(ProcessLookupError):
                    os.killpg(self.popen.pid, signal.SIGKILL)
            return time.monotonic() - began

    def is_up(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def children(self) -> list[psutil.Process]:
        """All descendants: a worker's pool, among others."""
        with suppress(psutil.NoSuchProcess):
            return [c for main in self._main() for c in main.children(recursive=True)]
        return []

    def all(self) -> list[psutil.Process]:
        """Itself and its descendants."""
        return [*self._main(), *self.children()]

    def _main(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            return [psutil.Process(self.popen.pid)] if self.popen and self.is_up() else []
        return []

    @contextmanager
    def down(self, number: int = signal.SIGTERM) -> Iterator[None]:
        """Ended by the signal for the length of a block."""
        self.stop(number)
        try:
            yield
        finally:
            self.start()


class Keeper:
    """Starts again what has died, as the supervisor of an installation does."""

    def __init__(self, processes: Mapping[str, Process]) -> None:
        self._processes = processes
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _keep(self) -> None:
        died: dict[str, float] = {}
        while not self._over.wait(0.2):
            for name, process in list(self._processes.items()):
                if process.held or process.is_up():
                    died.pop(name, None)
                elif time.monotonic() - died.setdefault(name, time.monotonic()) > RESTART_AFTER:
                    self._restart(process)
                    died.pop(name, None)

    @staticmethod
    def _restart(process: Process) -> None:
        with process.lock:
            if not process.held and not process.is_up():
                process.start()
