"""One GPU worker of one thread against two: ``python -m tests.bench.workers``."""

import argparse
import os
import tempfile
from pathlib import Path

from tests.bench.memory import REAL
from tests.bench.recordings import write_long
from tests.faults import invariants
from tests.faults.house import House

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "TORCH_NUM_THREADS"), "1")
STAGE = """SELECT extract(epoch FROM s.finished_at - s.started_at) FROM meetings_stagerun s
    JOIN meetings_job j ON j.id = s.job_id
    WHERE j.meeting_id = %s AND s.name = %s AND s.shard IS NULL"""


WARM_UP = 120
"""Seconds of a first recording, in which every worker loads its models."""


def seconds_of(
    workers: int, recordings: list[Path], folder: Path, stages: list[str]
) -> list[float]:
    """Seconds that each stage of the last recording took with so many workers."""
    os.environ |= ONE_THREAD
    house = House(folder, **REAL | {"GPU_WORKERS": str(workers)})
    try:
        house.start()
        for recording in recordings:
            meeting = house.history.upload(recording).json()["id"]
            invariants.wait_for_the_end(house, seconds=3600)
        return [float(house.rows(STAGE, meeting, stage)[0][0]) for stage in stages]
    finally:
        house.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=6)
    asked = parser.parse_args()
    stages = ["diarize", "transcribe"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        lengths = {"first": WARM_UP, "long": asked.minutes * 60}
        recordings = [
            write_long(Path(folder) / f"{name}.flac", seconds=seconds)
            for name, seconds in lengths.items()
        ]
        one, two = (
            seconds_of(workers, recordings, Path(folder) / f"of-{workers}", stages)
            for workers in (1, 2)
        )
    for stage, alone, together in zip(stages, one, two, strict=True):
        print(f"{stage}: {alone:.1f} s alone, {together:.1f} s with two: {together / alone:.2f}")


if __name__ == "__main__":
    main()
