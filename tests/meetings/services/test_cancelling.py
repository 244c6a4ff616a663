"""Real work under a real claim stops within seconds of a cancel."""

import threading
import time

import pytest
from django.db import connection

from meetings import storage
from meetings.errors import Superseded
from meetings.media import sandbox
from meetings.models import Attempt, Job, StageRun
from meetings.services import claims, jobs, runs
from tests.meetings.media_files import tone

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 5.0  # docs/api.md promises them


def cancelled_after(job, seconds):
    """Cancels from another thread, as a page does; says when."""
    moment = []

    def cancel():
        try:
            moment.append(time.monotonic())
            jobs.cancel(job=job)
        finally:
            connection.close()

    timer = threading.Timer(seconds, cancel)
    timer.start()
    return timer, moment


def stored(job, path):
    storage.put_file(job.meeting.recording.key, path)


@pytest.mark.slow
def test_a_conversion_stops_and_leaves_nothing_behind(job, tmp_path, settings):
    settings.TEMP_DIR = tmp_path / "tmp"
    settings.TEMP_DIR.mkdir()
    stored(job, tone(tmp_path / "long.wav", "-c:a pcm_s16le -ar 8000", seconds=3600))
    timer, moment = cancelled_after(job, 1.5)
    verdict = runs.run_stage(job_id=str(job.pk), run=1, name="convert")
    ended = time.monotonic()
    timer.join()
    assert ended - moment[0] < SECONDS
    assert not verdict.goes_on
    assert list(settings.TEMP_DIR.iterdir()) == []
    assert Attempt.objects.get().outcome == Attempt.Outcome.CANCELLED
    stage = job.stages.get(name="convert")
    assert (stage.state, stage.token) == (StageRun.State.PENDING, None)
    assert Job.objects.get().state == Job.State.CANCELLED


def test_a_program_that_says_nothing_is_stopped_too(job, tmp_path):
    given = tmp_path / "given"
    given.write_bytes(b"x")
    claim = claims.claim(job_id=str(job.pk), run=1, name="convert")
    timer, moment = cancelled_after(job, 0.3)
    with claim, pytest.raises(Superseded):
        sandbox.run(
            ["/bin/sleep", "60"],
            given=given,
            limits=sandbox.Limits(cpu=5, memory=1 << 30, file_size=0),
            timeout=60,
            on_wait=claim.check,
        )
    timer.join()
    assert time.monotonic() - moment[0] < SECONDS


def test_a_librarys_long_call_is_left(job):
    claim = claims.claim(job_id=str(job.pk), run=1, name="convert")
    timer, moment = cancelled_after(job, 0.3)
    with claim, pytest.raises(Superseded), claim.interruptible():
        until = time.monotonic() + 60
        while time.monotonic() < until:
            time.sleep(0.01)
    timer.join()
    assert time.monotonic() - moment[0] < SECONDS


def test_a_copy_to_the_store_is_stopped_between_two_chunks(job, tmp_path):
    path = tmp_path / "audio.flac"
    path.write_bytes(bytes(4 << 20))
    read = []

    def check():
        read.append(1)
        if len(read) == 2:
            raise Superseded

    with pytest.raises(Superseded):
        storage.put_file(storage.output_key(job.meeting_id, "convert", "t", "a"), path, check=check)
    assert len(read) == 2


def test_the_lease_beats_often_enough_for_the_promise(settings):
    assert settings.LEASE_BEAT_SECONDS + sandbox.BREATH < SECONDS
