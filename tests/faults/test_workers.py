"""Workers that die, sleep, are replaced or have the wrong time."""

import signal
import time

import pytest

from tests.faults import invariants, nemesis
from tests.faults.conftest import WINDOWS
from tests.faults.house import INJECTED, LEASE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]
ONCE = {"convert": 1, "diarize": 1, "transcribe": 1, "align": 1, "report": 1}
HELD = {
    "align": "UPDATE OF complete ON transcription_transcript",
    "report": "INSERT ON reports_minutes",
}
"""What a stage that is too quick to be hit is held before."""


def wait_until_running(house, meeting, stage, *, windows=0, seconds=60):
    until = time.monotonic() + seconds
    query = """SELECT 1 FROM meetings_stagerun s JOIN meetings_job j ON j.id = s.job_id
        WHERE j.meeting_id = %s AND s.name = %s AND s.state = 'running'"""
    while not house.rows(query, meeting, stage) or len(house.decoded()) < windows:
        assert time.monotonic() < until, f"{stage} did not begin"
        time.sleep(0.02)


def end(house, seconds=90):
    return invariants.wait_for_the_end(house, seconds=seconds)


@pytest.mark.parametrize("stage", ["convert", "diarize", "transcribe", "align"])
def test_a_killed_pool_child_costs_its_stage_one_attempt(house, talk, stage):
    meeting = house.history.upload(talk).json()["id"]
    worker = "worker-gpu" if stage in ("diarize", "transcribe") else "worker-cpu"
    if stage in HELD:
        with house.held(HELD[stage]):
            wait_until_running(house, meeting, stage)
            nemesis.kill_child(house, worker)
    else:
        wait_until_running(house, meeting, stage, windows=3 if stage == "transcribe" else 0)
        nemesis.kill_child(house, worker)
    assert end(house) < LEASE + 30
    assert house.state(meeting) == "succeeded"
    assert house.attempts(meeting) == ONCE | {stage: 2}
    assert len(house.decoded()) <= WINDOWS + 1


@pytest.mark.parametrize(
    ("stage", "worker"), [("transcribe", "worker-gpu"), ("report", "worker-llm")]
)
def test_a_killed_worker_costs_its_stage_one_attempt(house, talk, stage, worker):
    meeting = house.history.upload(talk).json()["id"]
    if stage in HELD:
        with house.held(HELD[stage]):
            wait_until_running(house, meeting, stage)
            nemesis.kill_worker(house, worker)
    else:
        wait_until_running(house, meeting, stage, windows=3)
        nemesis.kill_worker(house, worker)
    assert end(house) < LEASE + 30
    assert house.state(meeting) == "succeeded"
    assert house.attempts(meeting) == ONCE | {stage: 2}
    assert len(house.decoded()) <= WINDOWS + 1


@pytest.mark.parametrize("in_transaction", [False, True])
def test_a_worker_that_slept_past_its_lease_writes_nothing(house, talk, in_transaction):
    meeting = house.history.upload(talk).json()["id"]
    sleeper = house.processes["worker-gpu"]
    wait_until_running(house, meeting, "transcribe", windows=2)
    if in_transaction:
        with house.held("UPDATE ON transcription_window") as somebody_waits:
            somebody_waits()
            sleeper.send_all(signal.SIGSTOP)
    else:
        sleeper.send_all(signal.SIGSTOP)
    command = "celery -A config worker -n gpu2@%h -Q gpu -c 1 --pool prefork"
    house.add("worker-gpu-2", command)
    try:
        end(house)
        assert house.state(meeting) == "succeeded"
        sleeper.send_all(signal.SIGCONT)
        time.sleep(2)  # what it would write, it writes now
        assert house.attempts(meeting) == ONCE | {"transcribe": 2}
        assert len(house.decoded()) <= WINDOWS + 2
    finally:
        sleeper.send_all(signal.SIGCONT)
        house.remove("worker-gpu-2")


def test_a_recording_that_kills_its_worker_is_given_up_and_can_be_tried_again(house, talk, poison):
    bad = house.history.upload(poison).json()["id"]
    good = house.history.upload(talk).json()["id"]
    end(house)
    assert (house.state(bad), house.state(good)) == ("failed", "succeeded")
    assert house.attempts(bad)["transcribe"] == 3
    assert house.attempts(good) == ONCE
    [(error,)] = house.rows(
        """SELECT s.error FROM meetings_stagerun s JOIN meetings_job j ON j.id = s.job_id
        WHERE j.meeting_id = %s AND s.state = 'dead'""",
        bad,
    )
    assert error["code"] == "worker_lost"

    (house.folder / "antidote").touch()
    job = house.client.get(f"meetings/{bad}/").json()["job"]["id"]
    house.client.post(f"jobs/{job}/retry/").raise_for_status()
    end(house)
    assert house.state(bad) == "succeeded"
    assert house.attempts(bad) == ONCE | {"transcribe": 4}


def test_leases_do_not_heed_the_clock_of_a_worker(house, talk):
    command = "celery -A config worker -n gpu@%h -Q gpu -c 1 --pool prefork"
    house.remove("worker-gpu")
    injected = {"PYTHONPATH": str(INJECTED), "FAULTS_CLOCK": "7200"}
    house.add("worker-gpu", command, **injected)
    try:
        meeting = house.history.upload(talk).json()["id"]
        wait_until_running(house, meeting, "transcribe", windows=2)
        nemesis.kill_child(house, "worker-gpu")
        assert end(house) < LEASE + 30
        assert house.attempts(meeting) == ONCE | {"transcribe": 2}
        [(late,)] = house.rows(
            "SELECT count(*) FROM meetings_attempt WHERE started_at > now() + interval '1 hour'"
        )
        assert late == 0
    finally:
        house.remove("worker-gpu")
        house.add("worker-gpu", command)


def test_a_deploy_loses_no_job_and_no_time(house, talk):
    meetings = [house.history.upload(talk).json()["id"] for _ in range(3)]
    wait_until_running(house, meetings[0], "transcribe", windows=2)
    names = house.workers()
    for name in names:
        house.processes[name].held = True
        house.processes[name].send(signal.SIGTERM)
    took = max(house.processes[name].stop() for name in names)
    assert took < 10
    house.rows("ALTER TABLE meetings_job ADD COLUMN added_by_a_migration int")
    house.manage("migrate", "--no-input", "--verbosity", "0")
    held = house.rows("SELECT name FROM meetings_stagerun WHERE state = 'running'")
    assert held == [], "a stopped worker lets go of what it held"
    for name in names:
        house.processes[name].start()
    house.wait_ready()
    end(house)
    assert [house.state(meeting) for meeting in meetings] == ["succeeded"] * 3
    lost = house.rows(
        """SELECT s.name, a.error->>'code' FROM meetings_attempt a
        JOIN meetings_stagerun s ON s.id = a.stage_id JOIN meetings_job j ON j.id = s.job_id
        WHERE a.outcome = 'lost' AND j.meeting_id = %s""",
        meetings[0],
    )
    assert lost == [("transcribe", "worker_stopped")]
    [(left,)] = house.rows(
        """SELECT s.attempts_left FROM meetings_stagerun s JOIN meetings_job j ON j.id = s.job_id
        JOIN meetings_attempt a ON a.stage_id = s.id
        WHERE j.meeting_id = %s AND a.outcome = 'lost'""",
        meetings[0],
    )
    assert left == 2, "a deploy costs no attempt"
    house.rows("ALTER TABLE meetings_job DROP COLUMN added_by_a_migration")
