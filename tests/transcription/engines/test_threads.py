"""The operator's bound on threads holds while a window is recognised."""

import os
import subprocess
import sys

import pytest

HEAR = """
import sys, torch
from pathlib import Path
from tests.transcription.engines.conftest import stretch
from transcription.engines.whisper import WhisperRecognizer

checkpoint = Path(sys.argv[1], "whisper/base.pt")
recognizer = WhisperRecognizer(checkpoint, model="base", device="cpu")
assert recognizer.recognize(stretch("meeting_ru.ogg", 15, 21), language="ru").words
print(torch.get_num_threads())
"""


@pytest.mark.slow
def test_whisper_leaves_the_number_of_threads_as_the_operator_set_it(models):
    done = subprocess.run(
        [sys.executable, "-c", HEAR, str(models)],
        env=os.environ | {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] == "1"
