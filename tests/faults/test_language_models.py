"""Language models that are slow or dead: every job succeeds, and its minutes say why."""

import time

import pytest

from tests.faults.test_servers import restart
from tests.faults.test_workers import end
from tests.reports.writers.llm.fake_server import fake_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]


def test_a_slow_and_a_dead_language_model_cost_no_minutes(house, talk):
    try:
        with fake_server(lambda asked: time.sleep(30)) as slow:
            limits = {"LLM_SECONDS": "60", "LLM_CALL_SECONDS": "1"}
            restart(house, ["worker-llm"], {"LLM_URL": slow.url, **limits})
            assert first_note_of_a_new_meeting(house, talk) == "written_without:compatible:slow"
        assert first_note_of_a_new_meeting(house, talk) == "written_without:compatible:unreachable"
    finally:
        restart(house, ["worker-llm"], {})


def first_note_of_a_new_meeting(house, talk):
    meeting = house.history.upload(talk).json()["id"]
    end(house)
    assert house.state(meeting) == "succeeded"
    ((writer, notes),) = house.rows(
        "SELECT writer, notes FROM reports_minutes WHERE meeting_id = %s", meeting
    )
    assert writer == "extractive"
    return notes[0]
