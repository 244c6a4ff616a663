"""How soon lost work goes on with the settings that people run."""

import time
from contextlib import ExitStack

import pytest

from tests.faults import invariants, nemesis
from tests.faults.house import House
from tests.faults.test_workers import HELD, ONCE, wait_until_running

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("installation")]
IN_PRODUCTION = {"LEASE_SECONDS": "90", "REAPER_SECONDS": "20", "LEASE_BEAT_SECONDS": "2.5"}
SOON = 120.0
"""Seconds from the loss of a worker until its work is taken up, with nobody's help."""
STAGES = ("report", "align", "transcribe", "convert")


@pytest.fixture
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house-of-production"), **IN_PRODUCTION)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def test_the_settings_are_those_of_production(settings):
    assert {
        "LEASE_SECONDS": f"{settings.LEASE_SECONDS:g}",
        "REAPER_SECONDS": f"{settings.CELERY_BEAT_SCHEDULE['reap']['schedule']:g}",
        "LEASE_BEAT_SECONDS": f"{settings.LEASE_BEAT_SECONDS:g}",
    } == IN_PRODUCTION


def test_after_the_loss_of_all_workers_every_stage_goes_on_soon(house, talk):
    meetings = {}
    with ExitStack() as holds:
        for stage in STAGES:
            if stage in HELD:
                holds.enter_context(house.held(HELD[stage]))
            meetings[stage] = house.history.upload(talk).json()["id"]
            wait_until_running(house, meetings[stage], stage, seconds=90)
        for worker in ("worker-llm", "worker-cpu", "worker-gpu"):
            nemesis.kill_worker(house, worker)
        killed = time.monotonic()
    waited = {}
    while len(waited) < len(STAGES):
        for stage in STAGES:
            if stage not in waited and house.attempts(meetings[stage])[stage] > 1:
                waited[stage] = time.monotonic() - killed
        assert time.monotonic() - killed < SOON, waited
        time.sleep(0.2)
    invariants.wait_for_the_end(house, seconds=120)
    for stage in STAGES:
        assert house.state(meetings[stage]) == "succeeded"
        assert house.attempts(meetings[stage]) == ONCE | {stage: 2}
    print(f"taken up after {waited}")  # noqa: T201
    assert invariants.violations(house) == {}
