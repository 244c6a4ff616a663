import pytest
from django.db import OperationalError

from meetings.models import StageRun
from meetings.services import claims, endings, runs

pytestmark = pytest.mark.django_db(transaction=True)


def run(job, name="convert"):
    return runs.run_stage(job_id=str(job.pk), run=job.run, name=name)


def away(*args, **kwargs):
    raise OperationalError("server closed the connection unexpectedly")


def test_a_link_comes_back_where_there_is_no_database(job, monkeypatch):
    monkeypatch.setattr(claims, "claim", away)
    verdict = run(job)
    assert not verdict.goes_on and verdict.again_in > 0


def test_a_link_comes_back_where_the_database_went_while_it_worked(job, monkeypatch):
    monkeypatch.setattr(endings, "fail", away)
    verdict = run(job)  # the recording lies nowhere
    assert not verdict.goes_on and verdict.again_in > 0
    assert job.stages.get(name="convert").state == StageRun.State.RUNNING


def test_errors_of_the_program_are_kept_and_tried_again(job):
    verdict = run(job)
    assert verdict.again_in is not None
    assert job.stages.get(name="convert").state == StageRun.State.FAILED


@pytest.mark.parametrize("name", ["diarize", "report"])
def test_a_link_that_comes_early_stops(job, name):
    assert run(job, name) == runs.STOP
