"""The main job on real input: real servers, real workers, real models, through the API."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from tests.instance.conftest import ROOT
from transcription import evaluation
from transcription.evaluation import SpokenTurn

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]
SAMPLES = ROOT / "samples"


def transcribed(transcript):
    return [
        SpokenTurn(s["start"], s["end"], s["speaker"] or "?", s["text"])
        for s in transcript["segments"]
    ]


def facts(name):
    return json.loads((SAMPLES / f"{name}.facts.json").read_text())


@pytest.mark.parametrize(
    ("name", "wer", "cpwer", "der"),
    [("meeting_ru.ogg", 17, 25, 11), ("meeting_en.mp4", 12.5, 20, 4)],
)
def test_a_meeting_becomes_a_transcript_and_minutes(installation, name, wer, cpwer, der):
    known = facts(Path(name).stem)
    accepted = installation.upload(
        SAMPLES / name, title=known["title"], held_at=f"{known['date']}T09:00:00Z"
    )
    job = installation.wait(accepted)
    assert job["state"] == "succeeded", job
    assert [stage["attempt"] for stage in job["stages"]] == [1, 1, 1, 1, 1]

    transcript = installation.get(accepted, "transcript")
    truth, _ = evaluation.read_truth(SAMPLES / name)
    found = transcribed(transcript)
    assert transcript["complete"] and transcript["language"] == known["languages"][0]
    assert len(transcript["speakers"]) == 4
    assert evaluation.word_errors(truth, found).percent <= wer
    assert evaluation.word_errors_by_speaker(truth, found).percent <= cpwer
    assert evaluation.diarization_errors(truth, found, collar=0.25).percent <= der

    minutes = installation.get(accepted, "minutes")
    by_id = {segment["id"]: segment for segment in transcript["segments"]}
    statements = [s for section in minutes["sections"] for s in section["statements"]]
    assert {"decision", "action_item", "summary"} <= {s["kind"] for s in statements}
    assert minutes["support"]["statements"] == len(statements)
    for statement in statements:
        assert statement["evidence"], statement
        for evidence in statement["evidence"]:
            segment = by_id[evidence["segment"]]
            assert evidence["quote"] in segment["text"]
            assert segment["start"] <= evidence["start"] <= evidence["end"] <= segment["end"]
    due = {date.fromisoformat(item["due"]) for item in minutes["action_items"] if item["due"]}
    assert due & {date.fromisoformat(item["due"]) for item in known["action_items"]}


@pytest.mark.parametrize("kind", ["digital silence", "white noise"])
def test_nothing_is_invented_where_nothing_was_said(installation, tmp_path, kind):
    samples = np.zeros(60 * 16_000, np.float32)
    if kind == "white noise":
        samples = np.random.default_rng(1).normal(0, 0.1, samples.size).astype(np.float32)
    path = tmp_path / "quiet.wav"
    soundfile.write(path, samples, 16_000)
    accepted = installation.upload(path)
    job = installation.wait(accepted)
    assert job["state"] == "succeeded", job
    transcript = installation.get(accepted, "transcript")
    assert transcript["complete"] and transcript["segments"] == []
    minutes = installation.get(accepted, "minutes")
    assert [s for section in minutes["sections"] for s in section["statements"]] == []
    assert minutes["notes"] == ["empty_transcript"]
    said = installation.client.get(
        f"meetings/{accepted.json()['id']}/transcript/export/", params={"format": "txt"}
    )
    assert said.status_code == 200 and said.text.strip()


def test_a_killed_gpu_worker_loses_no_window(installation):
    accepted = installation.upload(SAMPLES / "meeting_en.mp4")
    kill_in_the_middle_of_transcription(installation, accepted)
    job = installation.wait(accepted)
    assert job["state"] == "succeeded", job
    attempts = {stage["name"]: stage["attempt"] for stage in job["stages"]}
    assert attempts == {"convert": 1, "diarize": 1, "transcribe": 2, "align": 1, "report": 1}
    truth, _ = evaluation.read_truth(SAMPLES / "meeting_en.mp4")
    transcript = installation.get(accepted, "transcript")
    assert evaluation.word_errors(truth, transcribed(transcript)).percent <= 12.5


def kill_in_the_middle_of_transcription(installation, accepted):
    while installation.job_of(accepted)["state"] in ("queued", "running"):
        if len(installation.get(accepted, "transcript")["segments"]) >= 3:
            for process in installation.processes("celery", "-Q gpu"):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            return
    pytest.fail("the job ended before anything could be killed")
