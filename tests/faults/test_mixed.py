"""The nemesis: many jobs, many faults of all kinds at once; what came of it goes to docs."""

import os
import threading
import time

import pytest

from tests.faults import invariants, report
from tests.faults.history import Prober
from tests.faults.house import House
from tests.faults.nemesis import Nemesis

JOBS = int(os.environ.get("FAULTS_JOBS", "110"))
FAULTS = int(os.environ.get("FAULTS_FAULTS", "110"))
SEED = int(os.environ.get("FAULTS_SEED", "20260"))
SETTINGS = {
    "FAULTS_WINDOW_SECONDS": "0.1",
    "UNHEARD_SECONDS": "240",  # longer than most jobs wait in their queue, as in production
}


@pytest.mark.faults
@pytest.mark.timeout(7200)
def test_whatever_dies_every_accepted_job_ends_and_nothing_is_doubled(tmp_path_factory, talk):
    broker = os.environ.get("FAULTS_BROKER", "redis")
    house = House(tmp_path_factory.mktemp("mixed"), broker=broker, **SETTINGS)
    try:
        house.start()
        outcome = run(house, talk)
    finally:
        house.stop()
    report.write(outcome)
    assert outcome.violations == {}
    assert outcome.harness_errors == []
    assert outcome.jobs >= JOBS and sum(outcome.faults.values()) >= FAULTS


def run(house: House, talk) -> report.Outcome:
    began = time.monotonic()
    prober = Prober(house)
    nemesis = Nemesis(house, seed=SEED, most=FAULTS, pause=2.5)
    client = threading.Thread(target=send_all, args=(house, talk, nemesis), daemon=True)
    for thread in (prober, nemesis, client):
        thread.start()
    client.join()
    nemesis.join()
    harmed = time.monotonic() - began
    house.wait_ready(seconds=180)
    after = invariants.wait_for_the_end(house, seconds=1800)
    prober.stop()
    return report.Outcome(
        broker=house.broker,
        seed=SEED,
        jobs=len(set(house.history.accepted)),
        faults=dict(nemesis.done),
        seconds=harmed,
        seconds_after=after,
        ends=dict(house.rows("SELECT state, count(*) FROM meetings_job GROUP BY 1")),
        errors=dict(
            house.rows(
                """SELECT error->>'code', count(*) FROM meetings_stagerun
                WHERE state = 'dead' GROUP BY 1"""
            )
        ),
        attempts=house.rows("SELECT count(*) FROM meetings_attempt")[0][0],
        wasted=invariants.wasted(house),
        decoded=len(house.decoded()),
        windows=house.rows("SELECT count(*) FROM transcription_window")[0][0],
        orphans=invariants.orphans(house),
        answers=len(house.history.answers),
        refused=dict(house.history.refused),
        checks=[*invariants.CHECKS, *invariants.FURTHER],
        violations=invariants.violations(house),
        harness_errors=nemesis.errors,
    )


def send_all(house: House, talk, nemesis: Nemesis) -> None:
    """Uploads spread over the time of the nemesis; a refused one is sent again with its key."""
    for number in range(JOBS):
        house.history.upload_until_accepted(talk, key=f"talk-{number}", seconds=300)
        while nemesis.is_alive() and number > JOBS * (sum(nemesis.done.values()) + 8) / FAULTS:
            time.sleep(0.2)
