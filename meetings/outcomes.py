"""How a job ended, as people need to know it: what happened, what is kept, what to do."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import pipeline
from meetings.errors import shown
from meetings.media.errors import RETRYABLE, SENTENCES
from meetings.models import Job, StageRun

REPLACE, RETRY, OPERATOR = "replace", "retry", "operator"
"""Advice: send another file, try the same again, ask the operator."""

FILE_AT_FAULT = {reason.partition(":")[0] for reason in SENTENCES} - RETRYABLE
"""Codes of errors that the same file will always have."""

KEPT = {
    "convert": _("The recording can be played."),
    "diarize": _("Who spoke when is kept."),
    "transcribe": _("The transcript is kept."),
    "align": _("The transcript with its speakers is kept."),
}
"""What a finished stage leaves that the stages after it cannot take away."""

MISSING = {
    "diarize": _("The speakers could not be told apart: the transcript has a single speaker."),
}
"""What a result lacks when a stage that is not required has failed."""


@dataclass(frozen=True)
class Outcome:
    """``happened`` and ``kept`` are sentences in the reader's language, ``advice`` as above."""

    happened: str
    kept: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """What a result lacks because ``stage`` failed, and why."""

    stage: str
    sentence: str
    reason: str


def outcome_of(job: Job) -> Outcome:
    """The end of a job that failed or was cancelled."""
    stages = job.stages_in_order
    dead = next((s for s in stages if s.state == StageRun.State.DEAD and s.required), None)
    error = dead.shown_error if dead else None
    code = error["code"] if error else ""
    advice = (REPLACE, RETRY, OPERATOR) if code in FILE_AT_FAULT else (RETRY, OPERATOR)
    return Outcome(
        happened=_happened(job, dead, error),
        kept=(gettext("The file as it was sent is kept."), *_kept(stages)),
        advice=advice if job.state == Job.State.FAILED else (RETRY,),
    )


def gaps_of(job: Job) -> tuple[Gap, ...]:
    """What an ended job left out, because a stage failed that is not required."""
    if job.is_active:
        return ()
    return tuple(
        Gap(stage.name, str(MISSING[stage.name]), (stage.shown_error or {}).get("detail", ""))
        for stage in job.stages_in_order
        if stage.state == StageRun.State.DEAD and stage.name in MISSING
    )


def headline(title: str, state: str, error: dict[str, Any] | None = None) -> str:
    """One sentence about a job that ended; ``error`` as it is stored."""
    if state == Job.State.SUCCEEDED:
        return gettext("“%(title)s” is ready.") % {"title": title}
    said = gettext("“%(title)s” could not be finished.") % {"title": title}
    why = shown(error) if error else None
    return f"{said} {why['detail']}" if why else said


def error_of(job: Job) -> dict[str, Any] | None:
    """The stored error of the stage that ended ``job``."""
    dead = (s for s in job.stages_in_order if s.state == StageRun.State.DEAD and s.required)
    return next((stage.error for stage in dead if stage.error), None)


def _happened(job: Job, dead: StageRun | None, error: dict[str, Any] | None) -> str:
    if job.state == Job.State.CANCELLED:
        return gettext("Processing was cancelled.")
    if dead is None or error is None:
        return gettext("Processing stopped.")
    label = pipeline.BY_NAME[dead.name].label
    return gettext("“%(stage)s” failed: %(why)s") % {"stage": label, "why": error["detail"]}


def _kept(stages: list[StageRun]) -> list[str]:
    """What the finished stages left; align's transcript says more than transcribe's."""
    done = {s.name for s in stages if s.state in StageRun.FINISHED}
    if "align" in done:
        done.discard("transcribe")
    kept = [str(sentence) for name, sentence in KEPT.items() if name in done]
    partly = next((s for s in stages if s.name == "transcribe" and s.name not in done), None)
    if partly and partly.progress > 0 and "align" not in done:
        kept.append(gettext("The text that is written down so far is kept; it goes on there."))
    return kept
