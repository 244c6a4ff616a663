"""Who a server runs as, and what ends with whom.

PostgreSQL refuses to run as root, so root hands it to another user of the system. A server is
tied to the process that started it where the system can do that: a kill -9 leaves no orphans.
"""

import os
import pwd
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path

import psutil

from config.embedded.errors import StartError

STEP_DOWN_TO = ("postgres", "nobody")


def is_root() -> bool:
    """Whether this process may change to another user."""
    return os.geteuid() == 0


@cache
def unprivileged_user() -> pwd.struct_passwd:
    """The user that root runs PostgreSQL as."""
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in STEP_DOWN_TO:
        if name in known:
            return known[name]
    raise StartError(f"as root, PostgreSQL needs one of the users {', '.join(STEP_DOWN_TO)}")


@cache
def _setpriv_ties() -> bool:
    """Whether setpriv (util-linux 2.33) is there to tie a child's life to its parent's."""
    setpriv = shutil.which("setpriv")
    if not setpriv:
        return False
    probe = [setpriv, "--pdeathsig", "INT", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def tied(ending: signal.Signals) -> list[str]:
    """The prefix of a command that gets ``ending`` when its parent is gone; empty if impossible."""
    return ["setpriv", "--pdeathsig", ending.name[3:]] if _setpriv_ties() else []


def step_down(directory: Path, binary: Path, ending: signal.Signals | None = None) -> list[str]:
    """The prefix of a command that must not be root's; for anyone but root, just ``tied``.

    Where the unprivileged user cannot reach ``directory`` or ``binary`` (a checkout below /root),
    the command keeps the one capability of reading past folders' permissions rather than have
    those permissions changed.
    """
    prefix = tied(ending) if ending else []
    if not is_root():
        return prefix
    user = unprivileged_user()
    change = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    prefix = [*(prefix or ["setpriv"]), *change]
    if _reaches(prefix, directory.parent, "-x") and _reaches(prefix, binary, "-x"):
        return prefix
    prefix += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    prefix += ["--securebits=+no_setuid_fixup"]  # else access(2) ignores the capability
    if _reaches(prefix, directory.parent, "-d") and _reaches(prefix, binary, "-f"):
        return prefix
    raise StartError(
        f"as root, PostgreSQL runs as {user.pw_name}, who cannot reach {directory} and {binary}; "
        "put both where every user may go, run as another user, or name a server in DATABASE_URL"
    )


def _reaches(prefix: list[str], path: Path, test: str) -> bool:
    command = [*prefix, "test", test, str(path)]
    return subprocess.run(command, capture_output=True, check=False, cwd="/").returncode == 0


def hand_over(directory: Path) -> None:
    """Give an empty directory to the user who will serve from it."""
    if is_root():
        user = unprivileged_user()
        os.chown(directory, user.pw_uid, user.pw_gid)


def remove(directory: Path) -> None:
    """Delete a directory that was never finished."""
    if directory.exists():
        shutil.rmtree(directory)


def stop_leftover(directory: Path, pid_file: Path) -> None:
    """Stop the server that a crash left running in ``directory``; forget a stale pid file.

    A pid is believed only if that process works in ``directory``: pids come round again.
    """
    if not pid_file.exists():
        return
    words = pid_file.read_text().split()
    process = _at_work(int(words[0]), directory) if words and words[0].isdigit() else None
    if process:
        process.send_signal(signal.SIGINT)
        stop(process, seconds=15)
    pid_file.unlink(missing_ok=True)


def _at_work(pid: int, directory: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if Path(process.cwd()) == directory.resolve() else None
    except psutil.Error:
        return None


def stop(process: psutil.Process, *, seconds: float) -> None:
    """Wait for a process that was asked to end; kill it when its time is over."""
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(5)
    except psutil.NoSuchProcess:
        return
