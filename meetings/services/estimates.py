"""How long a job will still take, learnt from what earlier jobs took."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Avg, F, FloatField
from django.db.models.functions import Extract
from django.utils import timezone
from redis.exceptions import RedisError

from meetings.models import Attempt, Job, StageRun

FIRST_GUESS = {"convert": 0.02, "diarize": 0.12, "transcribe": 0.2, "align": 0.005, "report": 0.02}
"""Seconds of work for a second of recording, before anything was learnt (2 CPU cores, base)."""

RECENT = timedelta(days=30)


def eta_seconds(job: Job) -> int | None:
    """Seconds until ``job`` is done if it starts now; None where it is over or unknowable."""
    duration = job.meeting.recording.duration
    if not job.is_active or not duration:
        return None
    rates = _rates()
    left = sum(
        rates.get(stage.name, FIRST_GUESS[stage.name]) * duration * (1 - stage.progress)
        for stage in job.stages_in_order
        if stage.state not in (*StageRun.FINISHED, StageRun.State.DEAD)
    )
    return max(1, round(left))


def _rates() -> dict[str, float]:
    """What was learnt, kept for a minute; where there is no cache, the guesses do."""
    try:
        return cache.get_or_set("stage-rates", _learn_rates, timeout=60) or {}
    except RedisError:
        return {}


def _learn_rates() -> dict[str, float]:
    rows = (
        Attempt.objects.filter(
            outcome=Attempt.Outcome.SUCCEEDED,
            stage__shard=None,
            finished_at__gt=timezone.now() - RECENT,
            stage__job__meeting__recording__duration__gt=0,
        )
        .values("stage__name")
        .annotate(
            rate=Avg(
                Extract(F("finished_at") - F("started_at"), "epoch")
                / F("stage__job__meeting__recording__duration"),
                output_field=FloatField(),
            )
        )
    )
    return {row["stage__name"]: row["rate"] for row in rows}
