"""How much memory the workers take, recording after recording: ``python -m tests.bench.memory``.

A whole installation with the real engines; each process's proportional set size, summed over a
worker's processes, is looked at every two seconds.
"""

import argparse
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import psutil

from tests.bench.recordings import write_long
from tests.faults import invariants
from tests.faults.house import ROOT, House

REAL = {
    "RECOGNIZER": "whisper",
    "DIARIZER": "pyannote",
    "MODEL_DIR": str(ROOT / "var" / "models"),
    "LEASE_SECONDS": "90",
    "LEASE_BEAT_SECONDS": "2.5",
}
PAUSE = 2.0


class Watch(threading.Thread):
    """Samples what each worker takes; ``peak`` and ``now`` in GiB by worker."""

    def __init__(self, house: House) -> None:
        super().__init__(daemon=True)
        self.house, self.over = house, threading.Event()
        self.now: dict[str, float] = {}
        self.peak: dict[str, float] = defaultdict(float)

    def run(self) -> None:
        while not self.over.wait(PAUSE):
            for name in self.house.workers():
                self.now[name] = self._taken(name)
                self.peak[name] = max(self.peak[name], self.now[name])

    def _taken(self, name: str) -> float:
        taken = 0
        for one in self.house.processes[name].all():
            with suppress(psutil.NoSuchProcess):
                taken += one.memory_full_info().pss
        return taken / 2**30


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--spoken", type=float, default=1.0, help="share of the time, 0…1")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--recognizer", default="whisper", help="or a dotted path")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "house", **REAL | {"RECOGNIZER": asked.recognizer})
        recording = write_long(
            Path(folder) / "long.flac", seconds=asked.minutes * 60, spoken=asked.spoken
        )
        try:
            house.start()
            measure(house, recording, asked)
        finally:
            house.stop()


def measure(house: House, recording: Path, asked: argparse.Namespace) -> None:
    """A line a recording: how long it took, what each worker took at most and afterwards."""
    watch = Watch(house)
    watch.start()
    for number in range(1, asked.times + 1):
        watch.peak.clear()
        began = time.monotonic()
        house.history.upload(recording)
        invariants.wait_for_the_end(house, seconds=24 * 3600)
        took = time.monotonic() - began
        time.sleep(2 * PAUSE)
        peaks = ", ".join(
            f"{name} {watch.peak[name]:.2f} then {watch.now[name]:.2f}" for name in house.workers()
        )
        print(f"{number}: {asked.minutes:g} min in {took / 60:.1f} min; GiB: {peaks}", flush=True)
    for state, jobs in house.rows("SELECT state, count(*) FROM meetings_job GROUP BY 1"):
        print(f"{jobs} {state}")
    watch.over.set()


if __name__ == "__main__":
    main()
