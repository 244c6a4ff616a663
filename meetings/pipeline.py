"""The way of a recording, in one place: the stages, their queues and the code that does them.

Read this first. A stage's ``work`` is a dotted path, so that no import runs up the floors.
It is called with a :class:`Claim` and returns a function that writes its rows; that function runs
in the transaction that marks the stage done, so a stage's effect happens once or not at all.

A long stage returns :class:`Spread` instead: its shards go to as many workers as there are, and
when the last of them is done the stage's work is called again to end it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Commit = Callable[[], None]


@dataclass(frozen=True)
class Spread:
    """The wish to have ``shards`` shards of a stage done before its work is called again."""

    shards: int


class Claim(Protocol):
    """The right to work on one stage of one job, or on a shard, for as long as it is renewed."""

    job_id: str
    meeting_id: str
    token: str
    attempt: int
    shard: int | None
    options: dict[str, Any]
    metrics: dict[str, Any]
    """What the attempt measured, for the history; the work may add to it."""
    output: str
    """The key of what a shard stored, for its stage; the work sets it."""
    outputs: list[str]
    """What the finished shards of this stage stored, in order."""

    def report(self, share: float) -> None:
        """Note that ``share`` (0..1) is done; raises Superseded when the work must stop."""
        ...

    def check(self) -> None:
        """Raises Superseded when the work must stop; cheap, and from any thread."""
        ...

    def interruptible(self) -> AbstractContextManager[None]:
        """For a library's long calls: Superseded is raised in there when the work must stop."""
        ...

    def fenced(self) -> AbstractContextManager[None]:
        """A transaction that only the stage's present owner may write in; else Superseded."""
        ...


class Work(Protocol):
    """What a stage does."""

    def __call__(self, claim: Claim) -> Commit | Spread: ...


@dataclass(frozen=True)
class Stage:
    """``limit``: seconds that it may run, plus ``limit_factor`` for each second of recording.

    ``shard`` does one shard where ``work`` may spread; ``relieve`` is called when memory ran out,
    to make the next attempt need less.
    """

    name: str
    label: str | Promise
    queue: str
    work: str
    shard: str = ""
    relieve: str = ""
    required: bool = True
    attempts: int = 3
    limit: float = 600
    limit_factor: float = 2.0


STAGES = (
    Stage("convert", _("Convert"), "cpu", "meetings.services.conversion.convert"),
    Stage(
        "diarize",
        _("Tell speakers apart"),
        "gpu",
        "transcription.services.diarization.diarize",
        shard="transcription.services.diarization.hear_block",
        relieve="transcription.registry.relieve",
        required=False,
    ),
    Stage(
        "transcribe",
        _("Write down"),
        "gpu",
        "transcription.services.recognition.transcribe",
        shard="transcription.services.recognition.recognise_windows",
        relieve="transcription.registry.relieve",
        limit_factor=6.0,
    ),
    Stage("align", _("Join words and speakers"), "cpu", "transcription.services.aligning.align"),
    Stage("report", _("Write the minutes"), "llm", "reports.services.reporting.report"),
)
BY_NAME = {stage.name: stage for stage in STAGES}
LISTENING = frozenset({"convert", "diarize", "transcribe"})
"""Stages that read the recording."""

QUEUES = ("cpu", "gpu", "llm")


def from_stage(name: str) -> tuple[Stage, ...]:
    """``name`` and the stages after it; KeyError where there is no such stage."""
    return STAGES[STAGES.index(BY_NAME[name]) :]
