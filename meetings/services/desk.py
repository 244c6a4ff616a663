"""What an operator sees of the pipeline, read in one go; plain values that are also JSON."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from meetings import pipeline
from meetings.models import Job, Operation, StageRun, StrayMessage
from meetings.services import admission, dead_letters, queues
from meetings.services.dead_letters import DeadLetter

AGES = (timedelta(minutes=5), timedelta(hours=1), timedelta(days=1))
"""Jobs are counted up to each of these ages, and beyond the last."""

WAITING = (StageRun.State.PENDING, StageRun.State.FAILED)

SHOWN = 50
"""Rows of a list; how many there are in all is told beside."""


@dataclass(frozen=True)
class JobCount:
    """Jobs of one state: how many up to each of AGES, how many beyond, since when the oldest is."""

    state: str
    label: str
    count: int
    by_age: list[int]
    oldest: datetime | None


@dataclass(frozen=True)
class QueueState:
    """A queue: messages at the broker, stages that could be worked on now, stages in work."""

    name: str
    depth: int | None
    waiting: int
    oldest: datetime | None
    running: int


@dataclass(frozen=True)
class WorkerState:
    """A worker: whether it answers, what it works on, when it last renewed a lease."""

    name: str
    answers: bool
    stages: list[str]
    renewed_at: datetime | None


@dataclass(frozen=True)
class StageLine:
    """A stage or shard that runs or could run: since when, by whom, its lease until when."""

    id: int
    job: str
    meeting: str
    title: str
    stage: str
    state: str
    label: str
    since: datetime | None
    attempt: int
    progress: float
    worker: str
    lease_until: datetime | None
    overdue: bool


@dataclass(frozen=True)
class Status:
    """All of it. ``broker_error`` names what the broker failed with, empty where it answers."""

    at: datetime
    jobs: list[JobCount]
    waiting_for_a_turn: int
    queues: list[QueueState]
    broker_error: str
    workers: list[WorkerState]
    stages: list[StageLine]
    stages_in_all: int
    dead: list[DeadLetter]
    dead_in_all: int
    strays: int
    operations: list[Operation]


def status(*, operations: int = 10) -> Status:
    """The pipeline as it is now, with the last ``operations`` actions of operators.

    Takes about a second: workers are given that long to answer.
    """
    at = timezone.now()
    depths, names, broker_error = _of_the_broker()
    running, ready = _running(), _ready()
    open_stages = [*running, *ready]
    dead = dead_letters.stages()
    return Status(
        at=at,
        jobs=_jobs(at),
        waiting_for_a_turn=admission.waiting().count(),
        queues=_queues(depths, running, ready),
        broker_error=broker_error,
        workers=_workers(names, running),
        stages=[_line(stage, at) for stage in open_stages[:SHOWN]],
        stages_in_all=len(open_stages),
        dead=dead_letters.letters(dead[:SHOWN]),
        dead_in_all=dead.count(),
        strays=StrayMessage.objects.count(),
        operations=list(Operation.objects.select_related("job")[:operations]),
    )


def _of_the_broker() -> tuple[dict[str, int], list[str], str]:
    try:
        return dict(queues.depths(queue_names())), queues.answering(), ""
    except queues.AWAY as error:
        return {}, [], f"{type(error).__name__}: {error}"


def queue_names() -> tuple[str, ...]:
    """The queues of the stages, and the reaper's."""
    return (*pipeline.QUEUES, "reaper")


def _jobs(at: datetime) -> list[JobCount]:
    younger = {f"age{n}": Q(created_at__gt=at - age) for n, age in enumerate(AGES)}
    counts = {name: Count("pk", filter=condition) for name, condition in younger.items()}
    whole: dict[str, Any] = {"count": Count("pk"), "oldest": Min("created_at")}
    by_state: Any = Job.objects.order_by().values("state")
    found: list[dict[str, Any]] = list(by_state.annotate(**counts, **whole))
    rows = {row["state"]: row for row in found}
    nothing = dict.fromkeys(counts, 0) | {"count": 0, "oldest": None}
    return [_count_of(state, rows.get(state, nothing), list(counts)) for state in Job.State]


def _count_of(state: Job.State, row: dict[str, Any], ages: list[str]) -> JobCount:
    upto = [0, *(row[age] for age in ages), row["count"]]
    by_age = [older - younger for younger, older in pairwise(upto)]
    return JobCount(state.value, str(state.label), row["count"], by_age, row["oldest"])


def _running() -> list[StageRun]:
    """Stages and shards in work, those first whose lease ends first."""
    return list(
        StageRun.every.filter(state=StageRun.State.RUNNING)
        .select_related("job__meeting")
        .order_by("lease_until")
    )


def _ready() -> list[StageRun]:
    """What a worker could claim now, with ``ready_at``, since when it could; the oldest first."""
    found = [*_ready_stages(), *_ready_shards()]
    return sorted(found, key=attrgetter("ready_at"))


def _ready_stages() -> QuerySet[StageRun]:
    before = StageRun.objects.filter(job=OuterRef("job"), position__lt=OuterRef("position"))
    passed = Q(state__in=StageRun.FINISHED) | Q(required=False, state=StageRun.State.DEAD)
    last = before.order_by().values("job").annotate(at=Max("finished_at")).values("at")
    return (
        StageRun.objects.filter(
            ~Exists(before.exclude(passed)),
            state__in=WAITING,
            job__state__in=Job.ACTIVE,
            job__admitted_at__isnull=False,
        )
        .annotate(ready_at=Greatest("job__admitted_at", "finished_at", Subquery(last)))
        .select_related("job__meeting")
    )


def _ready_shards() -> QuerySet[StageRun]:
    return (
        admission.shards_of_spread_stages()
        .filter(state__in=WAITING, admitted_at__isnull=False)
        .annotate(ready_at=Greatest("admitted_at", "finished_at"))
        .select_related("job__meeting")
    )


def _queues(
    depths: dict[str, int], running: list[StageRun], ready: list[StageRun]
) -> list[QueueState]:
    since: dict[str, list[datetime]] = defaultdict(list)
    for stage in ready:
        since[stage.queue].append(attrgetter("ready_at")(stage))
    in_work = Counter(stage.queue for stage in running)
    return [
        QueueState(
            name=name,
            depth=depths.get(name),
            waiting=len(since[name]),
            oldest=min(since[name], default=None),
            running=in_work[name],
        )
        for name in queue_names()
    ]


def _workers(answering: list[str], running: list[StageRun]) -> list[WorkerState]:
    stages: dict[str, list[StageRun]] = defaultdict(list)
    for stage in running:
        stages[stage.worker].append(stage)
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    found = []
    for name in sorted({*answering, *stages} - {""}):
        leases = [stage.lease_until - lease for stage in stages[name] if stage.lease_until]
        held = [f"{_named(stage)} {stage.job_id}" for stage in stages[name]]
        found.append(WorkerState(name, name in answering, held, max(leases, default=None)))
    return found


def _named(stage: StageRun) -> str:
    return stage.name if stage.shard is None else f"{stage.name} {stage.shard}"


def _line(stage: StageRun, at: datetime) -> StageLine:
    running = stage.state == StageRun.State.RUNNING
    return StageLine(
        id=stage.pk,
        job=str(stage.job_id),
        meeting=str(stage.job.meeting_id),
        title=stage.job.meeting.title,
        stage=_named(stage),
        state=stage.state,
        label=str(stage.get_state_display()),
        since=stage.started_at if running else getattr(stage, "ready_at", None),
        attempt=stage.attempt,
        progress=round(stage.progress, 3),
        worker=stage.worker if running else "",
        lease_until=stage.lease_until,
        overdue=bool(stage.lease_until and stage.lease_until < at),
    )
