"""An S3 that is away, answers 500 or is slow."""

import time

import pytest

from tests import s3_server
from tests.faults import invariants
from tests.faults.house import House
from tests.faults.proxy import Proxy
from tests.faults.test_workers import ONCE, end, wait_until_running

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("installation")]
AWAY = 120.0
"""Seconds."""


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        proxy = Proxy(int(server.endpoint.rpartition(":")[2]))
        proxy.s3 = server.client()
        yield proxy
        proxy.close()


@pytest.fixture(scope="module")
def house(line, tmp_path_factory):
    made = House(
        tmp_path_factory.mktemp("house-s3"),
        AWS_S3_BUCKET=s3_server.BUCKET,
        AWS_S3_ENDPOINT_URL=f"http://127.0.0.1:{line.port}",
        AWS_S3_ACCESS_KEY_ID=s3_server.ACCESS,
        AWS_S3_SECRET_ACCESS_KEY=s3_server.SECRET,
    )
    made.objects = lambda: stored(line.s3)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def stored(s3):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=s3_server.BUCKET)
    return {found["Key"] for page in pages for found in page.get("Contents", [])}


@pytest.mark.parametrize(("mode", "seconds"), [("cut", AWAY), ("fail", 20.0)])
def test_an_s3_that_is_away_or_fails_loses_nothing(house, talk, line, mode, seconds):
    house.begin()
    running = house.history.upload(talk).json()["id"]
    wait_until_running(house, running, "convert")
    began = time.time()
    before = house.rows("SELECT count(*) FROM meetings_recording")
    line.mode = mode
    refused = house.history.upload(talk, key=mode)
    assert refused.status_code == 503, refused.text
    assert refused.headers["Retry-After"] and refused.json()["code"] == "storage_away"
    assert house.rows("SELECT count(*) FROM meetings_recording") == before
    time.sleep(max(0.0, seconds - (time.time() - began)))
    assert house.state(running) == "running"
    line.mode = "pass"
    house.history.note_outage("objects", began, time.time())
    later = house.history.upload_until_accepted(talk, key=mode)
    end(house, seconds=120)
    assert [house.state(meeting) for meeting in (running, later)] == ["succeeded"] * 2
    assert invariants.violations(house) == {}
    house.manage("collect_garbage")


def test_a_slow_s3_only_takes_longer(house, talk, line):
    house.begin()
    line.mode = "slow"
    meeting = house.history.upload(talk).json()["id"]
    end(house, seconds=180)
    line.mode = "pass"
    assert house.state(meeting) == "succeeded"
    assert house.attempts(meeting) == ONCE
    assert invariants.violations(house) == {}
