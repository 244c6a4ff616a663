"""Language models that are dead or slow: every job succeeds, and its minutes say why."""

import time

import pytest

from tests.faults.test_servers import restart
from tests.faults.test_workers import end
from tests.reports.writers.llm.fake_server import fake_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]


def test_a_dead_and_a_slow_language_model_cost_no_minutes(house, talk):
    with fake_server(lambda asked: time.sleep(30)) as slow:
        servers = {"unreachable": "http://127.0.0.1:9/v1", "slow": slow.url}
        try:
            for reason, url in servers.items():
                limits = {"LLM_SECONDS": "60", "LLM_CALL_SECONDS": "1"}
                restart(house, ["worker-llm"], {"LLM_URL": url, **limits})
                meeting = house.history.upload(talk).json()["id"]
                end(house)
                assert house.state(meeting) == "succeeded"
                ((writer, notes),) = house.rows(
                    "SELECT writer, notes FROM reports_minutes WHERE meeting_id = %s", meeting
                )
                assert writer == "extractive"
                assert f"written_without:compatible:{reason}" in notes
        finally:
            restart(house, ["worker-llm"], {})
