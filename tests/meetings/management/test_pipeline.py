import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from meetings.management.commands import pipeline
from meetings.models import Operation
from meetings.services import queues
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch):
    monkeypatch.setattr(queues, "depths", lambda names: dict.fromkeys(names, 7))
    monkeypatch.setattr(queues, "answering", lambda: ["cpu@one"])


@pytest.fixture
def dead():
    return JobFactory.create(state="failed", stages={"convert": "dead"})


def command(*arguments):
    out = StringIO()
    call_command("pipeline", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_status_tells_queues_workers_and_dead_letters(dead):
    said = command("status")
    assert f"{dead.pk}  convert" in said
    assert "cpu@one" in said
    assert any(line.split()[:2] == ["gpu", "7"] for line in said.splitlines())


def test_status_as_json_has_the_same(dead):
    command("replay", dead.pk)
    JobFactory.create(state="failed", stages={"transcribe": "dead"})
    said = json.loads(command("status", "--json"))
    assert [letter["stage"] for letter in said["dead"]] == ["transcribe"]
    assert {queue["name"]: queue["depth"] for queue in said["queues"]}["llm"] == 7
    assert said["operations"][0]["job"] == str(dead.pk)


def test_replay_of_a_job_is_done_and_written_down_with_the_account(dead):
    [outcome] = json.loads(command("replay", dead.pk, "--json"))
    assert outcome["done"]
    dead.refresh_from_db()
    assert (dead.state, dead.run) == ("queued", 2)
    row = Operation.objects.get()
    assert (row.source, row.operator) == ("terminal", pipeline.account())


def test_replay_all_takes_the_dead_letters_of_a_stage(dead):
    other = JobFactory.create(state="failed", stages={"transcribe": "dead"})
    command("replay", "--all", "--stage", "transcribe")
    dead.refresh_from_db()
    other.refresh_from_db()
    assert (dead.state, other.state) == ("failed", "queued")


def test_release_of_a_running_stage_shuts_its_worker_out():
    job = JobFactory.create(
        state="running", admitted_at=datetime.now(UTC), stages={"convert": "running"}
    )
    assert "sent again" in command("release", job.pk)
    assert job.stages.get(name="convert").token is None


def test_a_refusal_is_told_and_ends_in_failure(dead):
    done = JobFactory.create(done=True)
    with pytest.raises(CommandError, match="1 of 2 refused"):
        command("replay", dead.pk, done.pk)
    dead.refresh_from_db()
    assert dead.state == "queued"


@pytest.mark.parametrize(
    "arguments", [["replay"], ["release", "00000000-0000-0000-0000-000000000000"], ["release", "x"]]
)
def test_what_names_no_job_is_refused(arguments):
    with pytest.raises(CommandError):
        command(*arguments)


@pytest.mark.parametrize(
    ("seconds", "said"), [(5, "5 s"), (125, "2 min"), (7_300, "2 h"), (200_000, "2 d")]
)
def test_ages_are_told_in_one_unit(seconds, said):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert pipeline.age(now, now - timedelta(seconds=seconds)) == said
