"""What jobs used, entered as they go; and what a workspace holds and has in the making."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Sum

from accounts.months import Month
from meetings.models import Attachment, Attempt, Job, Recording, StageRun, StageUsage, Upload

COUNTED = "transcribe"
"""The stage whose success counts the length of the recording: what costs the machine its time."""

_OF_ATTEMPT = {
    "job_id": "stage__job",
    "meeting_id": "stage__job__meeting",
    "workspace_id": "stage__job__meeting__workspace",
}


def note(attempts: Iterable[int]) -> None:
    """Enter ended attempts, by their keys; shards are part of their stage's attempt.

    Runs in the transaction that ends them. What was entered before is left alone.
    """
    ended: Any = Attempt.objects.filter(pk__in=attempts, stage__shard=None)
    rows = list(
        ended.exclude(outcome=Attempt.Outcome.RUNNING)
        .order_by("pk")
        .values(
            "pk",
            "outcome",
            "started_at",
            "finished_at",
            "stage__name",
            duration=F("stage__job__meeting__recording__duration"),
            **{name: F(path) for name, path in _OF_ATTEMPT.items()},
        )
    )
    counted = set(
        StageUsage.objects.filter(
            job__in=[row["job_id"] for row in rows], recording_seconds__gt=0
        ).values_list("job", flat=True)
    )
    StageUsage.objects.bulk_create(
        (_entry(row, counts=row["job_id"] not in counted) for row in rows), ignore_conflicts=True
    )


def _entry(row: dict[str, Any], *, counts: bool) -> StageUsage:
    recognised = row["stage__name"] == COUNTED and row["outcome"] == Attempt.Outcome.SUCCEEDED
    took = (row["finished_at"] - row["started_at"]).total_seconds()
    return StageUsage(
        attempt=row["pk"],
        stage=row["stage__name"],
        outcome=row["outcome"],
        recording_seconds=(row["duration"] or 0.0) if recognised and counts else 0.0,
        seconds=max(0.0, took),
        **{name: row[name] for name in _OF_ATTEMPT},
    )


def seconds_recognised(workspace_id: int, month: Month) -> float:
    """Seconds of recordings that a workspace's jobs recognised in a month."""
    found = StageUsage.objects.filter(workspace=workspace_id).in_month(month)
    return float(found.aggregate(n=Sum("recording_seconds", default=0.0))["n"])


def seconds_in_the_making(workspace_id: int) -> float:
    """Seconds of recordings whose jobs are active and have them still to recognise."""
    wanted = StageRun.objects.filter(
        name=COUNTED, job__state__in=Job.ACTIVE, job__meeting__workspace=workspace_id
    ).exclude(state__in=StageRun.FINISHED)
    length = Sum("job__meeting__recording__duration", default=0.0)
    return float(wanted.order_by().aggregate(n=length)["n"])


def bytes_on_their_way(workspace_id: int) -> int:
    """Bytes that unfinished uploads are to have; part of what is stored from their beginning."""
    found = Upload.objects.unfinished_in(workspace_id).order_by()
    return int(found.aggregate(n=Sum("bytes", default=0))["n"])


def bytes_stored(workspace_id: int) -> int:
    """Bytes of the recordings, of what was made from them to listen to, and of attachments."""
    recordings = Recording.objects.filter(meeting__workspace=workspace_id, deleted_at=None)
    papers = Attachment.objects.filter(meeting__workspace=workspace_id)
    size = Sum(F("bytes") + F("derived_bytes"), default=0)
    return int(
        recordings.aggregate(n=size)["n"]
        + papers.order_by().aggregate(n=Sum("bytes", default=0))["n"]
    )


def jobs_at_work(workspace_id: int) -> int:
    """Active jobs whose turn has come."""
    return Job.objects.filter(
        meeting__workspace=workspace_id, state__in=Job.ACTIVE, admitted_at__isnull=False
    ).count()
