"""What tells two files apart before one of them is sent: a digest of size, beginning and end."""

import hashlib
from collections.abc import Callable
from pathlib import Path

SPAN = 1024 * 1024
"""Bytes of the beginning and of the end that count."""


def fingerprint(size: int, read: Callable[[int, int], bytes]) -> str:
    """The hexadecimal SHA-256 of the size in decimal, ``:``, the first and the last MiB.

    ``read(start, length)`` gives bytes of the file, of ``size`` bytes. Of a file shorter than two
    MiB bytes count twice. Browsers and programs compute the same (docs/uploads.md).
    """
    length = min(SPAN, size)
    digest = hashlib.sha256(f"{size}:".encode())
    digest.update(read(0, length))
    digest.update(read(size - length, length))
    return digest.hexdigest()


def of_file(path: Path) -> str:
    """The fingerprint of the file at ``path``."""
    with path.open("rb") as file:

        def read(start: int, length: int) -> bytes:
            file.seek(start)
            return file.read(length)

        return fingerprint(path.stat().st_size, read)
