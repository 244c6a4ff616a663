"""Temporary folders: gone after their work, and after a death."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meetings import scratch

LONG_AGO = time.time() - 2 * scratch.FORGOTTEN


@pytest.fixture
def home(settings, tmp_path):
    settings.TEMP_DIR = tmp_path
    return tmp_path


def aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_a_folder_is_gone_after_its_work_even_when_that_fails(home):
    with pytest.raises(ValueError), scratch.scratch() as folder:
        (folder / "audio.flac").write_bytes(b"x")
        raise ValueError
    assert list(home.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next(home):
    code = (
        "import sys, time; from pathlib import Path; from django.conf import settings;"
        "settings.configure(TEMP_DIR=sys.argv[1]); from meetings.scratch import scratch;"
        "held = scratch(); folder = held.__enter__();"
        "Path(folder, 'big').write_bytes(b'x'); print(folder);"
        "sys.stdout.flush(); time.sleep(60)"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", code, home], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    left = Path(worker.stdout.readline().decode().strip())
    aged(left)
    assert scratch.sweep() == 0
    assert left.exists()
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    with scratch.scratch():
        assert not left.exists()


def test_forgotten_uploads_are_removed_and_others_left_alone(home):
    forgotten = home / "tmpabc.upload.mp3"
    forgotten.write_bytes(b"x")
    aged(forgotten)
    arriving = home / "tmpdef.upload.mp3"
    foreign = home / "somebody-elses"
    for file in (arriving, foreign):
        file.write_bytes(b"x")
    aged(foreign)
    scratch.sweep()
    assert sorted(home.iterdir()) == sorted([arriving, foreign])
