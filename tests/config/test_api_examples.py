"""The programs of docs/api.md, run as they stand there against a server that is up.

Between the recording and its minutes stands the whole pipeline with its real storage, database and
conversion; only the engines cost nothing, and the stages are done by a thread instead of Celery.
"""

import os
import queue
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connections

from meetings import pipeline
from meetings.services import outbox, runs
from tests.factories import UserFactory
from tests.faults import engines

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = settings.BASE_DIR
PAGE = (ROOT / "docs" / "api.md").read_text()
EMAIL, PASSWORD = "anna@example.org", "long-enough-1"


def program(heading: str, language: str) -> str:
    """The program under a heading of the page."""
    part = PAGE.partition(f"### {heading}\n")[2]
    found = re.search(rf"```{language}\n(.+?)```", part, re.S)
    assert found, heading
    return found[1]


def work(waiting):
    """A worker's part: what a broker would hand it, in order, until there is None."""
    while (item := waiting.get()) is not None:
        job_id, run, name, shard = item
        stages = [pipeline.BY_NAME[name]] if name else pipeline.STAGES
        for stage in stages:
            verdict = runs.run_stage(
                job_id=job_id, run=run, name=stage.name, shard=shard, worker="thread"
            )
            if not verdict.goes_on:
                break
    connections.close_all()


@pytest.fixture
def worker(monkeypatch, tmp_path, settings):
    """Whatever is sent is done, one after the other, by engines that cost nothing."""
    waiting = queue.Queue()
    settings.RECOGNIZER = "tests.faults.engines.Scribe"
    settings.DIARIZER = "tests.faults.engines.Listener"
    monkeypatch.setattr(engines, "FOLDER", tmp_path)
    monkeypatch.setattr(engines, "PAUSE", 0)
    monkeypatch.setattr(
        outbox, "send_chain", lambda job, run: waiting.put((str(job.pk), run, "", None))
    )
    monkeypatch.setattr(
        outbox,
        "send_shard",
        lambda shard, job, run: waiting.put((str(job.pk), run, shard.name, shard.shard)),
    )
    thread = threading.Thread(target=work, args=(waiting,))
    thread.start()
    yield
    waiting.put(None)
    thread.join()


@pytest.fixture
def run(live_server, worker, tmp_path):
    """Runs a program as a person would, in a folder with the samples."""
    person = UserFactory.create(email=EMAIL)
    person.set_password(PASSWORD)
    person.save()
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    told = {
        "API": f"{live_server.url}/api/v1",
        "EMAIL": EMAIL,
        "PASSWORD": PASSWORD,
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "*",
    }

    def run(*command: str) -> SimpleNamespace:
        done = subprocess.run(
            command, cwd=tmp_path, env=told, capture_output=True, text=True, timeout=500
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return SimpleNamespace(said=done.stdout, folder=tmp_path)

    return run


def is_file_of(path: Path, beginning: bytes) -> bool:
    return path.read_bytes().startswith(beginning)


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="no curl, no jq")
def test_the_program_for_curl_does_the_main_job(run):
    done = run("sh", "-c", program("With curl", "sh"))
    assert f"signed in as {EMAIL}" in done.said
    assert "job succeeded: convert succeeded, diarize succeeded" in done.said
    assert re.search(r"^\d+ segments of 2 speakers, 1?\d\d\.\d+ s$", done.said, re.M)
    assert "minutes, version 1, draft:" in done.said
    assert "segment confirmed, revision" in done.said
    assert "-->" in (done.folder / "transcript.srt").read_text()
    assert is_file_of(done.folder / "minutes.docx", b"PK")
    assert (done.folder / "start.m4a").stat().st_size == 100_000


def test_the_program_in_python_does_the_main_job(run):
    done = run(sys.executable, "-c", program("With Python", "python"))
    assert "job succeeded" in done.said
    assert "minutes, version 1 {" in done.said
    assert is_file_of(done.folder / "minutes.pdf", b"%PDF-")
