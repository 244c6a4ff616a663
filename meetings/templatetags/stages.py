"""A job as the pages show it."""

from django import template

from meetings import outcomes, pipeline
from meetings.models import Job, StageRun
from meetings.services import estimates

register = template.Library()

WEIGHTS = {"convert": 1, "diarize": 6, "transcribe": 10, "align": 1, "report": 1}
"""Of the whole way of a recording, roughly; only the bar is drawn by it."""


@register.filter
def stages_of(job: Job) -> list[StageRun]:
    """The stages of ``job`` in order, from what was fetched with it."""
    return job.stages_in_order


@register.filter
def stage_label(name: str) -> str:
    """The name of a stage for people."""
    stage = pipeline.BY_NAME.get(name)
    return str(stage.label) if stage else name


@register.filter
def weight(name: str) -> int:
    """The share of the bar that a stage takes, in parts."""
    return WEIGHTS.get(name, 1)


@register.filter
def time_left(job: Job) -> int | None:
    """Seconds until ``job`` is done; None where it is over or unknowable."""
    return estimates.eta_seconds(job)


@register.filter
def outcome(job: Job) -> outcomes.Outcome:
    """What happened to a job that failed or was cancelled, what is kept, what to do."""
    return outcomes.outcome_of(job)


@register.filter
def gaps(job: Job) -> tuple[outcomes.Gap, ...]:
    """What the result of an ended job lacks."""
    return outcomes.gaps_of(job)


@register.filter
def current_stage(job: Job) -> StageRun | None:
    """The stage that runs, or the one that ended the job; None where there is none such."""
    interesting = (
        StageRun.State.RUNNING,
        StageRun.State.SPREAD,
        StageRun.State.DEAD,
        StageRun.State.FAILED,
    )
    stages = stages_of(job)
    return next((s for state in interesting for s in stages if s.state == state), None)
