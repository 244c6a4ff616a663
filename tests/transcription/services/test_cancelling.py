"""The models stop within seconds of a cancel, and work again afterwards."""

import threading
import time
import wave

import numpy as np
import pytest
from django.db import connection

from meetings import storage
from meetings.models import Attempt, StageRun
from meetings.services import jobs, runs
from tests.factories import JobFactory, MeetingFactory
from tests.meetings.media_files import ffmpeg
from tests.transcription.engines.conftest import SAMPLE_RATE, stretch
from tests.transcription.services.test_spread import ROOT
from transcription import registry

pytestmark = pytest.mark.slow

SECONDS = 5.0  # docs/api.md promises them


@pytest.fixture
def meeting(settings, tmp_path, transactional_db):
    """Four minutes of talk, converted: more than any stage does in the time that it is given."""
    settings.MODEL_DIR = ROOT / "var/models"
    meeting = MeetingFactory.create()
    sound = np.tile(stretch("meeting_en.mp4", 0, 60), 4)
    with wave.open(str(tmp_path / "talk.wav"), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes((sound * 32767).astype(np.int16).tobytes())
    ffmpeg("-i", tmp_path / "talk.wav", tmp_path / "talk.flac")
    meeting.recording.audio_key = storage.output_key(meeting.pk, "convert", "t", "audio.flac")
    meeting.recording.save()
    storage.put_file(meeting.recording.audio_key, tmp_path / "talk.flac")
    registry.diarizer().diarize(sound[: 12 * SAMPLE_RATE])  # workers keep their models loaded
    registry.recognizer().recognize(sound[: 5 * SAMPLE_RATE], language="en")
    yield meeting
    storage.delete_meeting(meeting.pk)


def cancelled_while_it_runs(job, name, seconds):
    """Seconds between the cancel and the end of the stage's work."""
    moment = []

    def cancel():
        try:
            moment.append(time.monotonic())
            jobs.cancel(job=job)
        finally:
            connection.close()

    timer = threading.Timer(seconds, cancel)
    timer.start()
    verdict = runs.run_stage(job_id=str(job.pk), run=job.run, name=name)
    ended = time.monotonic()
    timer.join()
    assert verdict == runs.STOP
    assert Attempt.objects.latest("pk").outcome == Attempt.Outcome.CANCELLED
    return ended - moment[0]


@pytest.mark.parametrize(
    ("name", "done"),
    [
        ("diarize", {"convert": "succeeded"}),
        ("transcribe", {"convert": "succeeded", "diarize": "dead"}),
    ],
)
def test_a_model_at_work_is_stopped_and_can_be_used_again(meeting, name, done, monkeypatch):
    monkeypatch.setattr("transcription.services.recognition.WINDOWS_A_SHARD", 10_000)
    job = JobFactory(meeting=meeting, state="running", stages=done)
    before = registry.recognizer().recognize(stretch("meeting_en.mp4", 0, 12), language="en")
    assert cancelled_while_it_runs(job, name, 2.0) < SECONDS
    assert job.stages.get(name=name).state == StageRun.State.PENDING
    after = registry.recognizer().recognize(stretch("meeting_en.mp4", 0, 12), language="en")
    assert after == before
