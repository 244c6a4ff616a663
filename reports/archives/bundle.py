"""A zip written from front to back, in bounded memory, onto what need not be seekable."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder

MANIFEST = "manifest.json"
FORMAT = "protokol-export/1"


class _Counted:
    """Takes bytes and says how many there were; cannot be sought in, so that nothing tries."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self.bytes = 0

    def write(self, data: bytes) -> int:
        self._target.write(data)
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


class Bundle:
    """``add`` files, then ``close``; the manifest with their SHA-256 comes last.

    ``beat`` is called after every chunk and may raise to stop it.
    """

    def __init__(self, target: Any, beat: Callable[[], None]) -> None:
        self._counted = _Counted(target)
        self._zip = ZipFile(cast(BinaryIO, self._counted), "w", ZIP_STORED, allowZip64=True)
        self._beat = beat
        self._paths: set[str] = set()
        self.files: list[dict[str, Any]] = []
        self.left_out: list[dict[str, str]] = []

    def __enter__(self) -> "Bundle":
        return self

    def __exit__(self, *exc: object) -> None:
        self._zip.fp = None  # what was not closed is thrown away, and not ended by the way

    @property
    def size(self) -> int:
        """How large the zip is so far."""
        return self._counted.bytes

    def add(self, path: str, chunks: Iterable[bytes], *, packed: bool = True) -> None:
        """A file; sound and pictures are stored as they are, ``packed`` texts take less."""
        info = ZipInfo(self._free(path))
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for chunk in chunks:
                self._beat()
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.files.append({"path": info.filename, "bytes": size, "sha256": digest.hexdigest()})

    def add_json(self, path: str, value: Any) -> None:
        """A JSON document."""
        text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
        self.add(path, [text.encode()])

    def leave_out(self, path: str, reason: str) -> None:
        """Say in the manifest that something that should be here is not, and why."""
        self.left_out.append({"path": path, "reason": reason})

    def close(self, facts: dict[str, Any]) -> None:
        """The manifest, and the end of the zip."""
        files = list(self.files)
        about = {"format": FORMAT, **facts, "files": files, "left_out": self.left_out}
        self.add_json(MANIFEST, about)
        self._zip.close()

    def _free(self, path: str) -> str:
        """``path``, or with a number where it is taken, whatever the case of its letters."""
        stem, dot, suffix = path.rpartition(".")
        if not stem or "/" in suffix:
            stem, dot, suffix = path, "", ""
        number, free = 1, path
        while free.casefold() in self._paths:
            number += 1
            free = f"{stem} ({number}){dot}{suffix}"
        self._paths.add(free.casefold())
        return free
