"""A recording that many workers do together is the same as one that a single worker does."""

import random
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage

from meetings import pipeline, storage
from meetings.models import Job, StageRun
from meetings.services import jobs, runs
from tests.factories import MeetingFactory
from tests.transcription.engines.conftest import SAMPLE_RATE, stretch
from transcription.clustering import Voices
from transcription.engines import pyannote
from transcription.models import Transcript
from transcription.services import diarization, recognition

ROOT = Path(__file__).parents[3]


def test_voices_are_unpacked_as_they_were():
    chance = np.random.default_rng(3)
    activity = chance.integers(0, 2, (4, 589, 3)).astype(np.float32)
    embeddings = chance.standard_normal((4, 3, 192)).astype(np.float32)
    embeddings[2, 1] = np.nan
    file = diarization.packed(Voices(activity, embeddings))
    again = diarization.unpacked(file)
    assert np.array_equal(again.activity, activity)
    assert np.array_equal(again.embeddings, embeddings, equal_nan=True)
    assert len(file) < activity.nbytes / 2


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, int | None]]:
    """Shards that would be put on the queues."""
    messages: list[tuple[str, int | None]] = []
    monkeypatch.setattr("meetings.services.outbox.send_chain", lambda job, run: None)
    monkeypatch.setattr(
        "meetings.services.outbox.send_shard",
        lambda shard, job, run: messages.append((shard.name, shard.shard)),
    )
    return messages


@pytest.fixture
def meeting(settings, tmp_path, transactional_db):
    """A minute of the English meeting, stored as it was uploaded."""
    settings.MODEL_DIR = ROOT / "var/models"
    meeting = MeetingFactory.create(language="en")
    with wave.open(str(tmp_path / "cut.wav"), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        sound = stretch("meeting_en.mp4", 0, 62)
        file.writeframes((sound * 32767).astype(np.int16).tobytes())
    storage.put_file(meeting.recording.key, tmp_path / "cut.wav")
    yield meeting
    storage.delete_meeting(meeting.pk)


def process(meeting, sent) -> Job:
    """A job done stage by stage in this process, its shards in any order."""
    job = jobs.start(meeting=meeting, by=None, options={})
    for stage in pipeline.STAGES:
        verdict = runs.run_stage(job_id=str(job.pk), run=1, name=stage.name)
        while verdict == runs.STOP and sent:
            random.Random(5).shuffle(sent)
            while sent:
                name, shard = sent.pop()
                runs.run_stage(job_id=str(job.pk), run=1, name=name, shard=shard)
            verdict = runs.run_stage(job_id=str(job.pk), run=1, name=stage.name)
        assert verdict == runs.GO_ON, job.stages.get(name=stage.name).error
    job.refresh_from_db()
    return job


def written(job: Job) -> list[tuple[Any, ...]]:
    """All that a reader sees of a transcript."""
    transcript = Transcript.objects.get(job=job)
    rows = transcript.segments.select_related("speaker")
    return [(r.speaker and r.speaker.label, r.start, r.end, r.text, r.flags) for r in rows]


@pytest.mark.slow
def test_many_workers_write_what_one_would(meeting, sent, monkeypatch):
    alone = process(meeting, sent)
    assert not StageRun.every.filter(job=alone, shard__isnull=False).exists()
    monkeypatch.setattr(pyannote, "BLOCK", 6)
    monkeypatch.setattr(recognition, "WINDOWS_A_SHARD", 1)
    together = process(meeting, sent)
    shards = StageRun.every.filter(job=together, shard__isnull=False)
    assert shards.filter(name="diarize").count() == 4
    assert shards.filter(name="transcribe").count() >= 2
    assert len(written(alone)) > 8
    assert written(together) == written(alone)
    assert not any(default_storage.exists(shard.output) for shard in shards if shard.output)
