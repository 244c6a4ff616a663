"""Who does harm: faults of all kinds in an order that a seed decides."""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from tests.faults.house import LEASE

if TYPE_CHECKING:
    from tests.faults.house import House

WORKERS = ("worker-cpu", "worker-gpu", "worker-llm")
POOLS = ("worker-cpu", "worker-gpu")


def kill_child(house: "House", name: str) -> None:
    """kill -9 of a process of a worker's pool, as the kernel does when memory runs out."""
    main = house.processes[name]
    children = [c for c in main.children() if _parent(c) == (main.popen and main.popen.pid)]
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()


def _parent(process: psutil.Process) -> int | None:
    with suppress(psutil.NoSuchProcess):
        return process.ppid()
    return None


def kill_worker(house: "House", name: str) -> None:
    """kill -9 of a whole worker."""
    house.processes[name].send_all(signal.SIGKILL)


def stop_worker(house: "House", name: str) -> None:
    """A deploy's TERM."""
    house.processes[name].send(signal.SIGTERM)


def freeze_worker(house: "House", name: str) -> None:
    """A worker sleeps for longer than its lease, then goes on as if nothing had happened."""
    process = house.processes[name]
    process.send_all(signal.SIGSTOP)
    time.sleep(LEASE + 1)
    process.send_all(signal.SIGCONT)


class Nemesis(threading.Thread):
    """Does ``most`` faults, one after another, with pauses; ``done`` counts them by kind."""

    def __init__(self, house: "House", *, seed: int, most: int, pause: float) -> None:
        super().__init__(name="nemesis", daemon=True)
        self.house, self.most, self.pause = house, most, pause
        self.random = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.errors: list[str] = []
        self.over = threading.Event()
        self.kinds: dict[str, tuple[int, Callable[[], None]]] = {
            "kill -9 of a pool child": (30, lambda: kill_child(house, self._one_of(POOLS))),
            "kill -9 of a worker": (20, lambda: kill_worker(house, self._one_of(WORKERS))),
            "kill -9 of the reaper": (5, lambda: kill_worker(house, "beat")),
            "TERM of a worker": (15, lambda: stop_worker(house, self._one_of(WORKERS))),
            "SIGSTOP past the lease": (4, lambda: freeze_worker(house, self._one_of(WORKERS))),
            "broker killed": (6, self._break_broker),
            "broker wiped": (5, house.wipe_broker),
            "PostgreSQL stopped at once": (5, self._break_postgres),
            "store away": (5, self._break_store),
            "all chains sent again": (10, self._send_again),
        }

    def _one_of(self, names: tuple[str, ...]) -> str:
        return self.random.choice(names)

    def _break_broker(self) -> None:
        with self.house.without("rabbitmq" if self.house.rabbit else "redis"):
            time.sleep(self.random.uniform(0.5, 3))

    def _break_postgres(self) -> None:
        with self.house.without("postgres", signal.SIGQUIT):
            time.sleep(self.random.uniform(1, 6))

    def _break_store(self) -> None:
        with self.house.without_objects():
            time.sleep(self.random.uniform(1, 5))

    def _send_again(self) -> None:
        self.house.send_again(times=3)

    def run(self) -> None:
        names = [*self.kinds]
        # Every kind at least twice, then by weight.
        order = names * 2
        weights = [self.kinds[name][0] for name in names]
        order += self.random.choices(names, weights, k=max(0, self.most - len(order)))
        self.random.shuffle(order)
        for name in order[: self.most]:
            if self.over.wait(self.random.uniform(0.3, 1.7) * self.pause):
                return
            try:
                self.kinds[name][1]()
            except Exception as error:  # noqa: BLE001  (the harness must know, and go on)
                self.errors.append(f"{name}: {error!r}")
            self.done[name] += 1
