"""Servers, stores and disks that go away, forget or are full."""

import shutil
import signal
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from tests.faults.house import INJECTED
from tests.faults.test_workers import ONCE, end, wait_until_running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]


def test_a_broker_that_is_killed_comes_back_with_its_messages(house, talk):
    meetings = [house.history.upload(talk).json()["id"] for _ in range(3)]
    wait_until_running(house, meetings[0], "transcribe", windows=1)
    with house.without(house.broker):
        time.sleep(2)
    house.wait_ready()
    end(house, seconds=60)
    assert [house.state(meeting) for meeting in meetings] == ["succeeded"] * 3


def test_a_broker_that_was_wiped_is_noticed(house, talk):
    meetings = [house.history.upload(talk).json()["id"] for _ in range(3)]
    wait_until_running(house, meetings[0], "transcribe", windows=1)
    house.wipe_broker()
    end(house, seconds=60)
    assert [house.state(meeting) for meeting in meetings] == ["succeeded"] * 3


def test_without_postgresql_pages_say_503_and_nothing_is_half_done(house, talk):
    meetings = [house.history.upload(talk).json()["id"] for _ in range(2)]
    wait_until_running(house, meetings[0], "transcribe", windows=2)
    base = f"http://127.0.0.1:{house.port}"
    with house.without("postgres", signal.SIGQUIT), talk.open("rb") as recording:
        asked = [
            httpx.get(f"{base}/sign-in/", cookies={"protokol_session": "x" * 32}, trust_env=False),
            house.client.get("meetings/"),
            house.client.post("meetings/", files={"recording": ("talk.wav", recording)}),
        ]
        assert httpx.get(f"{base}/healthz", trust_env=False).status_code == 200
        time.sleep(4)
    for answer in asked[1:]:
        assert answer.status_code == 503, answer.text
        assert answer.headers["Retry-After"]
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.json()["code"] == "unavailable"
    assert asked[0].status_code in (200, 503)
    end(house)
    assert [house.state(meeting) for meeting in meetings] == ["succeeded"] * 2


def test_while_the_store_is_away_uploads_wait_and_stages_try_again(house, talk):
    running = house.history.upload(talk).json()["id"]
    wait_until_running(house, running, "convert")
    before = house.rows("SELECT count(*) FROM meetings_recording")
    with house.without_objects():
        refused = house.history.upload(talk, key="later")
        assert refused.status_code == 503, refused.text
        assert refused.headers["Retry-After"] and refused.json()["code"] == "storage_away"
        assert house.rows("SELECT count(*) FROM meetings_recording") == before
        time.sleep(6)
        assert house.state(running) == "running"
    later = house.history.upload_until_accepted(talk, key="later")
    end(house)
    assert [house.state(meeting) for meeting in (running, later)] == ["succeeded"] * 2


def test_messages_that_come_three_times_change_nothing(house, talk):
    before = everything(house)
    house.history.upload(talk)
    end(house)
    once = everything(house)
    names = [*house.workers(), "web"]
    restart(house, names, {"PYTHONPATH": str(INJECTED), "FAULTS_ECHO": "3"})
    try:
        meeting = house.history.upload(talk).json()["id"]
        end(house)
        assert house.attempts(meeting) == ONCE
        thrice = everything(house)
        assert {t: thrice[t] - once[t] for t in once} == {t: once[t] - before[t] for t in once}
    finally:
        restart(house, names, {})


def everything(house):
    tables = [f"transcription_{name}" for name in ("segment", "window", "turn", "transcript")]
    counted = [*tables, "reports_minutes", "meetings_attempt"]
    return {table: house.rows(f"SELECT count(*) FROM {table}")[0][0] for table in counted}


def restart(house, names, environment):
    for name in names:
        process = house.processes[name]
        process.stop()
        process.environment = house.environment | environment
        process.start()
    house.wait_ready()


def may_mount():
    mount = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(mount, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="user namespaces with mounts are forbidden here")
def test_a_full_disk_is_waited_for_and_left_clean(house, talk, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    command = "celery -A config worker -n cpu@%h -Q cpu -c 2 --pool prefork"
    mounted = (
        f"unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=3m none {small}"
        f" && head -c 2900000 /dev/zero > {small}/filler && exec {command}'"
    )
    house.remove("worker-cpu")
    house.add("worker-cpu", mounted, TEMP_DIR=str(small))
    try:
        house.wait_ready()
        inside = Path(f"/proc/{house.processes['worker-cpu'].popen.pid}/root{small}")
        meeting = house.history.upload(talk).json()["id"]
        until = time.monotonic() + 60
        while not (failed := failures(house, meeting)):
            assert time.monotonic() < until, "the full disk was not noticed"
            time.sleep(0.1)
        assert set(failed) == {"disk_full"}
        wait_until_failed(house, meeting)
        assert [path.name for path in inside.iterdir()] == ["filler"]
        (inside / "filler").unlink()
        end(house)
        assert house.state(meeting) == "succeeded"
    finally:
        house.remove("worker-cpu")
        house.add("worker-cpu", command)


def failures(house, meeting):
    rows = house.rows(
        """SELECT a.error->>'code' FROM meetings_attempt a JOIN meetings_stagerun s
        ON s.id = a.stage_id JOIN meetings_job j ON j.id = s.job_id
        WHERE j.meeting_id = %s AND a.outcome = 'failed'""",
        meeting,
    )
    return [code for (code,) in rows]


def wait_until_failed(house, meeting):
    query = """SELECT 1 FROM meetings_stagerun s JOIN meetings_job j ON j.id = s.job_id
        WHERE j.meeting_id = %s AND s.state = 'failed'"""
    while not house.rows(query, meeting):
        time.sleep(0.02)
