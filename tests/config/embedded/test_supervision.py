"""What the supervisor is told, and what it does when a process dies."""

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from supervisor.options import ServerOptions

from config.embedded.supervision import Supervisor, read_procfile


def test_a_procfile_is_names_and_commands_without_comments(tmp_path):
    procfile = tmp_path / "Procfile"
    procfile.write_text("# processes\nweb: serve --at 127.0.0.1:$PORT\n\n beat : tick\n")
    assert read_procfile(procfile) == {"web": "serve --at 127.0.0.1:$PORT", "beat": "tick"}


def test_supervisord_reads_commands_as_they_were_written(tmp_path):
    folder = tmp_path / "a folder"
    folder.mkdir()
    supervisor = Supervisor(folder, folder)
    command = "celery -n cpu@%h --said 'it is so'"
    configuration = folder / "supervisor.conf"
    configuration.write_text(supervisor.configuration([], {"cpu": command}))
    options = ServerOptions()
    options.realize(["-c", str(configuration)])
    (group,) = options.process_group_configs
    (process,) = group.process_configs
    assert process.command.endswith("""sh -c 'exec celery -n cpu@%h --said '"'"'it is so'"'"''""")
    assert process.stdout_logfile == str(folder / "cpu.log")
    assert process.autorestart


@pytest.mark.slow
def test_a_killed_process_comes_back_and_all_end_with_the_supervisor(tmp_path):
    note = f"echo $$ >> {tmp_path}/pids; exec sleep 600"
    with _running(tmp_path, {"sleeper": f"sh -c '{note}'"}):
        first = _pids(tmp_path, 1)[0]
        time.sleep(11)  # supervisord restarts at once what had settled
        os.kill(first, signal.SIGKILL)
        second = _pids(tmp_path, 2)[1]
        assert Path(f"/proc/{second}").exists()
    assert not Path(f"/proc/{second}").exists()


@pytest.mark.slow
def test_a_process_that_cannot_start_is_told_with_its_last_words(tmp_path):
    with _running(tmp_path, {"broken": "sh -c 'echo no such engine; exit 3'"}) as supervisor:
        deadline = time.monotonic() + 20
        while not (failing := supervisor.failing()):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    [(name, words)] = failing.items()
    assert (name, set(words.splitlines())) == ("broken", {"no such engine"})  # once for each try


@contextmanager
def _running(folder, processes):
    supervisor = Supervisor(folder, folder)
    supervisor.start([], processes, os.environ)
    try:
        supervisor.start_processes()
        yield supervisor
    finally:
        supervisor.stop()


def _pids(folder, count):
    deadline = time.monotonic() + 30
    file = folder / "pids"
    while not file.exists() or len(file.read_text().split()) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return [int(pid) for pid in file.read_text().split()]
