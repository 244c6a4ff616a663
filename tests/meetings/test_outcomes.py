"""What people are told about a job that ended."""

import pytest
from django.utils import translation

from meetings import outcomes
from meetings.media.errors import SENTENCES
from tests.factories import JobFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def job_that_failed(stage, code="unexpected", sentence="Bad.", retryable=False, **states):
    job = JobFactory(state="failed", stages={stage: "dead", **states})
    error = {"code": code, "sentence": sentence, "facts": {}, "retryable": retryable}
    job.stages.filter(name=stage).update(error=error)
    return job


def test_a_failure_names_its_stage_and_its_reason():
    told = outcomes.outcome_of(job_that_failed("convert", sentence="There is no sound."))
    assert told.happened == "“Convert” failed: There is no sound."


def test_what_is_done_is_said_to_be_kept():
    done = dict.fromkeys(("convert", "diarize", "transcribe", "align"), "succeeded")
    kept = outcomes.outcome_of(job_that_failed("report", **done)).kept
    assert kept == (
        "The file as it was sent is kept.",
        "The recording can be played.",
        "Who spoke when is kept.",
        "The transcript with its speakers is kept.",
    )


def test_what_an_earlier_job_had_done_is_kept_as_well():
    done = dict.fromkeys(("convert", "diarize"), "skipped")
    assert len(outcomes.outcome_of(job_that_failed("transcribe", **done)).kept) == 3


def test_text_that_is_partly_written_down_is_said_to_be_kept():
    job = job_that_failed("transcribe", convert="succeeded", diarize="succeeded")
    job.stages.filter(name="transcribe").update(progress=0.42)
    assert "written down so far" in outcomes.outcome_of(job).kept[-1]


@pytest.mark.parametrize("code", sorted({reason.partition(":")[0] for reason in SENTENCES}))
def test_another_file_is_asked_for_where_this_one_is_at_fault(code):
    at_fault = code not in ("probe_timeout", "decode_timeout", "disk_full", "out_of_memory")
    advice = outcomes.outcome_of(job_that_failed("convert", code=code)).advice
    assert ("replace" in advice) == at_fault
    assert {"retry", "operator"} <= set(advice)


def test_a_cancelled_job_can_be_tried_again_and_is_nobodys_fault():
    told = outcomes.outcome_of(JobFactory(state="cancelled", stages={"convert": "succeeded"}))
    assert (told.happened, told.advice) == ("Processing was cancelled.", ("retry",))


def test_a_stage_that_is_not_required_leaves_a_gap_that_is_told():
    job = JobFactory(done=True, stages={"diarize": "dead"})
    error = {"code": "worker_lost", "sentence": "The worker died.", "retryable": True}
    job.stages.filter(name="diarize").update(error=error)
    [gap] = outcomes.gaps_of(job)
    assert (gap.stage, gap.reason) == ("diarize", "The worker died.")
    assert "single speaker" in gap.sentence
    assert outcomes.gaps_of(JobFactory(done=True)) == ()


def test_everything_is_said_in_russian_to_russians():
    job = job_that_failed("report", convert="succeeded", transcribe="succeeded")
    with translation.override("ru"):
        told = outcomes.outcome_of(job)
        assert "Расшифровка сохранена." in told.kept
        assert all("а" <= text.lower()[1] <= "я" or text[0] == "«" for text in told.kept)
        assert told.happened.startswith("Шаг «Протокол» не получился: ")
