"""What a workspace used and holds, against its limits: from the ledgers of jobs and of models.

Read-only, in a constant number of queries. Seconds, bytes and tokens are whole facts of the
ledgers: what a deleted meeting used stays used, and is told without its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DecimalField,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from accounts.models import User, Workspace
from accounts.months import Month, month_of, this_month
from accounts.services import quotas
from meetings.models import Attachment, Job, Meeting, Recording, StageUsage, Upload
from meetings.services import usage
from reports.models import LlmCall

MONTHS = 12
"""How many months are told, this one among them."""

TOKENS = F("tokens_in") + F("tokens_out")


@dataclass(frozen=True)
class Gauge:
    """How much of a quota is used. ``limit`` None: there is none."""

    quota: str
    used: float
    limit: float | None
    under_way: float = 0.0
    """Of ``used``: what has been let in and is not done."""

    @property
    def share(self) -> float:
        """0..1, of the limit."""
        return 1.0 if not self.limit else min(1.0, self.used / self.limit)

    @property
    def is_full(self) -> bool:
        """Whether nothing is left."""
        return self.limit is not None and self.used >= self.limit


@dataclass(frozen=True)
class Used:
    """What was used: ``seconds`` of recordings recognised, of work, and calls of models."""

    recordings: int = 0
    recording_seconds: float = 0.0
    seconds: float = 0.0
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: Decimal = Decimal(0)
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of work by stage."""

    @property
    def tokens(self) -> int:
        """Sent and received."""
        return self.tokens_in + self.tokens_out


def gauges(workspace: Workspace) -> list[Gauge]:
    """This month's hours and tokens, the storage and the jobs, each against its limit.

    Under way of the storage is what unfinished uploads are to take.
    """
    limits, month = quotas.limits_of(workspace.pk), this_month()
    under_way = usage.seconds_in_the_making(workspace.pk)
    seconds = usage.seconds_recognised(workspace.pk, month) + under_way
    calls = LlmCall.objects.filter(workspace=workspace).in_month(month).sums()
    uploads = usage.bytes_on_their_way(workspace.pk)
    stored = uploads + usage.bytes_stored(workspace.pk)
    return [
        Gauge("hours", seconds, limits.seconds, under_way),
        Gauge("storage", stored, limits.bytes, uploads),
        Gauge("llm_tokens", calls["tokens_in"] + calls["tokens_out"], limits.tokens),
        Gauge("jobs", usage.jobs_at_work(workspace.pk), limits.jobs),
    ]


def with_usage(workspaces: QuerySet[Any]) -> QuerySet[Any]:
    """Workspaces with what ``gauge_of`` reads: this month's hours and tokens, storage and jobs."""
    month = this_month()
    at_work = Job.objects.filter(state__in=Job.ACTIVE, admitted_at__isnull=False)
    stages = StageUsage.objects.in_month(month).filter(workspace=OuterRef("pk")).order_by()
    calls = LlmCall.objects.in_month(month).filter(workspace=OuterRef("pk")).order_by()
    recordings = Recording.objects.filter(
        meeting__workspace=OuterRef("pk"), deleted_at=None
    ).order_by()
    papers = Attachment.objects.filter(meeting__workspace=OuterRef("pk")).order_by()
    uploads = Upload.objects.unfinished_in(OuterRef("pk")).order_by()
    jobs = at_work.filter(meeting__workspace=OuterRef("pk")).order_by()
    whole, home = BigIntegerField(), "meeting__workspace"
    kept = _sum(recordings, F("bytes") + F("derived_bytes"), whole, by=home)
    on_their_way = _sum(uploads, "bytes", whole, by="workspace")
    return workspaces.annotate(
        used_seconds=_sum(stages, "recording_seconds", FloatField(), by="workspace"),
        used_bytes=kept + _sum(papers, "bytes", whole, by=home) + on_their_way,
        used_tokens=_sum(calls, TOKENS, whole, by="workspace"),
        used_jobs=_sum(jobs, Value(1), whole, by=home),
    )


def gauge_of(workspace: Any, quota: str) -> Gauge:
    """A quota of a workspace that ``with_usage`` fetched, with its own row; no query."""
    limits = quotas.limits_in(workspace)
    told = {
        "hours": (workspace.used_seconds, limits.seconds),
        "storage": (workspace.used_bytes, limits.bytes),
        "llm_tokens": (workspace.used_tokens, limits.tokens),
        "jobs": (workspace.used_jobs, limits.jobs),
    }
    return Gauge(quota, *told[quota])


def months(workspace: Workspace) -> list[tuple[Month, Used]]:
    """Twelve months, this one first; months without use too."""
    now = this_month()
    told = [now.later(-back) for back in range(MONTHS)]
    found: dict[Month, dict[str, Any]] = {month: {"stages": {}} for month in told}
    for row in _stages_by_month(workspace, told[-1]):
        sums = found.get(month_of(row["month"]), {"stages": {}})
        sums["stages"][row["stage"]] = row["seconds"]
        for name in ("recordings", "recording_seconds", "seconds"):
            sums[name] = sums.get(name, 0) + row[name]
    for row in _calls_by_month(workspace, told[-1]):
        found.get(month_of(row.pop("month")), {}).update(row)
    return [(month, Used(**found[month])) for month in told]


def _stages_by_month(workspace: Workspace, since: Month) -> QuerySet[Any, Any]:
    rows = StageUsage.objects.filter(workspace=workspace, ended_at__gte=since.start).order_by()
    months = rows.annotate(
        month=TruncMonth("ended_at", tzinfo=timezone.get_default_timezone())
    ).values("month", "stage")
    return months.annotate(
        recordings=Count("pk", filter=Q(recording_seconds__gt=0)),
        recording_seconds=Sum("recording_seconds"),
        seconds=Sum("seconds"),
    ).order_by("month", "stage")


def _calls_by_month(workspace: Workspace, since: Month) -> QuerySet[Any, Any]:
    rows = LlmCall.objects.filter(workspace=workspace, created_at__gte=since.start).order_by()
    months = rows.annotate(
        month=TruncMonth("created_at", tzinfo=timezone.get_default_timezone())
    ).values("month")
    return months.annotate(
        calls=Count("pk"),
        tokens_in=Sum("tokens_in"),
        tokens_out=Sum("tokens_out"),
        cost=Sum("cost", default=Decimal(0)),
    )


def of_meetings(workspace: Workspace, user: User, month: Month) -> QuerySet[Meeting]:
    """The workspace's meetings that ``user`` sees and that used something in a month.

    Annotated with ``recording_seconds``, ``work_seconds``, ``tokens`` and ``cost`` of that month,
    and with the ``bytes`` that they take now.
    """
    stages = _of(StageUsage.objects.in_month(month), workspace)
    calls = _of(LlmCall.objects.in_month(month), workspace)
    return (
        _seen(workspace, user)
        .filter(Exists(stages) | Exists(calls))
        .annotate(
            recording_seconds=_sum(stages, "recording_seconds", FloatField()),
            work_seconds=_sum(stages, "seconds", FloatField()),
            tokens=_sum(calls, TOKENS, BigIntegerField()),
            cost=_sum(calls, "cost", DecimalField(max_digits=14, decimal_places=6)),
            bytes=_bytes(),
        )
    )


def elsewhere(workspace: Workspace, user: User, month: Month) -> Used:
    """What meetings used that ``user`` does not see in the workspace: deleted, or moved since."""
    seen = _seen(workspace, user).values("pk")
    gone = Q(meeting=None) | ~Q(meeting__in=seen)
    stages = StageUsage.objects.filter(gone, workspace=workspace).in_month(month)
    calls = LlmCall.objects.filter(gone, workspace=workspace).in_month(month)
    told = calls.sums()
    told.pop("seconds")
    return Used(**stages.sums(), **told)


def _seen(workspace: Workspace, user: User) -> QuerySet[Meeting]:
    return Meeting.objects.visible_to(user).filter(workspace=workspace)


def _of(ledger: Any, workspace: Workspace) -> Any:
    return ledger.filter(workspace=workspace, meeting=OuterRef("pk")).order_by()


def _sum(rows: Any, what: Any, kind: Any, *, by: str = "meeting") -> Coalesce:
    """The sum over a correlated ledger, 0 where it has no rows."""
    summed = rows.values(by).annotate(n=Sum(what)).values("n")
    return Coalesce(Subquery(summed, output_field=kind), 0, output_field=kind)


def _bytes() -> Any:
    """Of the recording, what was made of it, and the attachments."""
    kind = BigIntegerField()
    recording = Recording.objects.filter(meeting=OuterRef("pk"), deleted_at=None).order_by()
    papers = Attachment.objects.filter(meeting=OuterRef("pk")).order_by()
    return _sum(recording, F("bytes") + F("derived_bytes"), kind) + _sum(papers, "bytes", kind)


def rows_of(meetings: Sequence[Any]) -> list[dict[str, Any]]:
    """Annotated meetings as the API, the table and the page tell them."""
    return [
        {
            "meeting": meeting.pk,
            "title": meeting.title,
            "held_at": meeting.held_at,
            "recording_seconds": meeting.recording_seconds,
            "work_seconds": meeting.work_seconds,
            "tokens": meeting.tokens,
            "cost": meeting.cost,
            "bytes": meeting.bytes,
        }
        for meeting in meetings
    ]
