"""A house for the tests of this folder, and a recording of eight windows."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.faults import invariants
from tests.faults.engines import SILENCE, TURN
from tests.faults.house import ROOT, House

WINDOWS = 8
SECONDS = WINDOWS * (TURN + SILENCE) + 0.5


@pytest.fixture(scope="session")
def talk(tmp_path_factory) -> Path:
    """A cut of the Russian sample."""
    samples, rate = soundfile.read(ROOT / "samples" / "meeting_ru.ogg", stop=int(SECONDS * 48_000))
    path = tmp_path_factory.mktemp("recordings") / "talk.wav"
    soundfile.write(path, samples[: int(SECONDS * rate)], rate, subtype="PCM_16")
    return path


@pytest.fixture(scope="session")
def poison(tmp_path_factory) -> Path:
    """A recording whose loudness kills the process that writes it down."""
    square = np.where(np.arange(8 * 16_000) // 20 % 2, 0.95, -0.95)
    path = tmp_path_factory.mktemp("recordings") / "poison.wav"
    soundfile.write(path, square, 16_000, subtype="PCM_16")
    return path


@pytest.fixture(scope="session")
def house_of_all(tmp_path_factory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house"), broker=os.environ.get("FAULTS_BROKER", "redis"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def house(house_of_all) -> Iterator[House]:
    """Shared, but for what a test accepted and saw; whatever was done to it, all must hold."""
    house_of_all.begin()
    yield house_of_all
    house_of_all.wait_ready()
    invariants.wait_for_the_end(house_of_all, seconds=120)
    assert invariants.violations(house_of_all) == {}
