"""The way of a recording, in one place: the stages, their queues and the code that does them.

Read this first. A stage's ``work`` is a dotted path, so that no import runs up the floors.
It is called with a :class:`Claim` and returns a function that writes its rows; that function runs
in the transaction that marks the stage done, so a stage's effect happens once or not at all.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Commit = Callable[[], None]


class Claim(Protocol):
    """The right to work on one stage of one job, for as long as it is renewed."""

    job_id: str
    meeting_id: str
    token: str
    attempt: int
    options: dict[str, Any]
    metrics: dict[str, Any]
    """What the attempt measured, for the history; the work may add to it."""

    def report(self, share: float) -> None:
        """Note that ``share`` (0..1) is done; raises Superseded when the work must stop."""
        ...

    def fenced(self) -> AbstractContextManager[None]:
        """A transaction that only the stage's present owner may write in; else Superseded."""
        ...


class Work(Protocol):
    """What a stage does."""

    def __call__(self, claim: Claim) -> Commit: ...


@dataclass(frozen=True)
class Stage:
    """``limit``: seconds that it may run, plus ``limit_factor`` for each second of recording."""

    name: str
    label: str | Promise
    queue: str
    work: str
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
        required=False,
    ),
    Stage(
        "transcribe",
        _("Write down"),
        "gpu",
        "transcription.services.recognition.transcribe",
        limit_factor=6.0,
    ),
    Stage("align", _("Join words and speakers"), "cpu", "transcription.services.aligning.align"),
    Stage("report", _("Write the minutes"), "llm", "reports.services.writing.report"),
)
BY_NAME = {stage.name: stage for stage in STAGES}
QUEUES = ("cpu", "gpu", "llm")


def from_stage(name: str) -> tuple[Stage, ...]:
    """``name`` and the stages after it; KeyError where there is no such stage."""
    return STAGES[STAGES.index(BY_NAME[name]) :]
