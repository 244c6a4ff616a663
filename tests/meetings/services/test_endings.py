from meetings.errors import StageError, StorageAway
from meetings.models import Attempt, Job, StageRun
from meetings.services import claims, endings


def claim(job, name="convert"):
    return claims.claim(job_id=str(job.pk), run=job.run, name=name)


def test_a_retryable_error_is_tried_again_later_and_kept_in_the_history(job):
    again_in = endings.fail(claim(job), StageError("away", code="storage_away", retryable=True))
    assert again_in is not None and 0 < again_in <= 60
    stage = job.stages.get(name="convert")
    assert stage.state == StageRun.State.FAILED
    assert stage.shown_error == {"code": "storage_away", "detail": "away", "retryable": True}
    attempt = Attempt.objects.get(stage=stage)
    assert attempt.outcome == Attempt.Outcome.FAILED
    assert "StageError" in attempt.traceback


def test_a_permanent_error_ends_the_job_at_once(job):
    assert endings.fail(claim(job), StageError("no sound", code="no_audio")) is None
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.stages.get(name="convert").state == StageRun.State.DEAD


def test_the_last_attempt_is_the_last(job):
    for _ in range(2):
        assert endings.fail(claim(job), RuntimeError("why?")) is not None
    assert endings.fail(claim(job), RuntimeError("why?")) is None
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_a_store_that_is_away_for_minutes_costs_a_stage_no_attempt(job):
    pauses = []
    while (again_in := endings.fail(claim(job), StorageAway())) is not None:
        pauses.append(again_in)
    assert len(pauses) == endings.MOST_ATTEMPTS + 2 - 1
    assert all(0 < pause <= 60 for pause in pauses)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_a_dead_stage_that_is_not_required_does_not_end_the_job(job):
    endings.finish(claim(job), lambda: None)
    assert endings.fail(claim(job, "diarize"), StageError("no weights")) is None
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_the_last_stage_ends_the_job_even_where_diarization_failed(job):
    endings.finish(claim(job), lambda: None)
    endings.fail(claim(job, "diarize"), StageError("no weights"))
    for name in ("transcribe", "align", "report"):
        endings.finish(claim(job, name), lambda: None)
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED
    assert job.finished_at is not None


def test_errors_say_what_they_are():
    assert endings.describe(MemoryError())["code"] == "out_of_memory"
    assert endings.describe(RuntimeError("CUDA out of memory"))["code"] == "out_of_memory"
    assert endings.describe(OSError())["retryable"] is True
    assert endings.describe(ValueError("bug"))["code"] == "unexpected"
