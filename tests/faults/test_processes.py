"""The harness itself."""

import os
import signal
import threading
import time

from config.embedded import privileges
from tests.faults.processes import Process


def test_a_process_outlives_the_thread_that_started_it(tmp_path):
    process = Process(
        "sleeper",
        lambda: [*privileges.tied(signal.SIGTERM), "sleep", "30"],
        environment=os.environ,
        cwd=tmp_path,
        log=tmp_path / "log",
    )
    thread = threading.Thread(target=process.start)
    thread.start()
    thread.join()
    time.sleep(0.5)
    assert process.is_up()
    process.stop()
