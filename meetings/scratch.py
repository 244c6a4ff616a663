"""Temporary files on this machine: folders that vanish with their work, even where it is killed."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

PREFIX = "protokol-work-"
SETTLED = 60.0  # seconds after which a folder that nobody holds was left behind
FORGOTTEN = 86_400.0  # seconds after which an upload that nobody writes to was left behind


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder for temporary files, gone afterwards.

    The folder is locked as long as its process lives; what killed processes left behind is removed
    by whoever comes next.
    """
    sweep()
    with tempfile.TemporaryDirectory(dir=settings.TEMP_DIR, prefix=PREFIX) as name:
        folder = Path(name)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _lock(descriptor)
            yield folder
        finally:
            os.close(descriptor)


def sweep() -> int:
    """Remove folders of dead processes and forgotten uploads; how many there were."""
    home = Path(settings.TEMP_DIR)
    folders = [f for f in home.glob(f"{PREFIX}*") if _age(f) > SETTLED and _is_nobodys(f)]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    # Django's names; uploads are written until they are whole and gone with their request.
    uploads = [file for file in home.glob("tmp*.upload*") if _age(file) > FORGOTTEN]
    for file in uploads:
        file.unlink(missing_ok=True)
    return len(folders) + len(uploads)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_nobodys(folder: Path) -> bool:
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            return _lock(descriptor)
        finally:
            os.close(descriptor)
    return False


def _age(path: Path) -> float:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0
