"""Whose turn it is: a workspace has a bounded number of stages with the workers, others wait.

Where its quota bounds its jobs, no more of them than that are begun at once.

A stage in flight is a job's present stage, or each shard that it is spread over. A job that waits
for its turn is queued and has no message; neither has a shard that waits. What frees a place admits
the next in the same transaction, so that no place is lost with a process.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Now

from accounts.services import quotas
from meetings.models import Job, OutboxMessage, StageRun
from meetings.services import outbox

LOCK = 0x5455524E
"""The advisory lock under which places are counted; taken last, by transactions of a few rows."""

REMEMBERED = timedelta(days=1)
"""How far back turns are looked up."""


@dataclass
class Line:
    """A workspace's jobs and shards that wait, and those that are with the workers."""

    workspace: int
    waiting: int
    since: datetime
    in_flight: int = 0
    served: float = 0.0
    """When it had its last turn, seconds; 0 where that is long ago."""
    jobs: int | None = None
    """How many of its jobs may be begun now; None for any number."""


def admit() -> int:
    """Give the free places to those whose turn it is; how many. Sent after the commit."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        lines = _lines()
        if not lines:
            return 0
        places = settings.STAGES_IN_FLIGHT - _jobs_in_flight().count() - _shards_in_flight().count()
        order = turns(lines, places=places, bound=settings.WORKSPACE_STAGES_IN_FLIGHT)
        admitted = _heads_of_lines(order, {line.workspace: line.jobs for line in lines})
        OutboxMessage.objects.bulk_create(_message(unit) for unit in admitted)
        jobs = [unit.pk for unit in admitted if isinstance(unit, Job)]
        shards = [unit.pk for unit in admitted if isinstance(unit, StageRun)]
        Job.objects.filter(pk__in=jobs).update(admitted_at=Now())
        StageRun.every.filter(pk__in=shards).update(admitted_at=Now())
        if admitted:
            transaction.on_commit(outbox.flush)
    return len(admitted)


def _message(unit: Job | StageRun) -> OutboxMessage:
    if isinstance(unit, Job):
        return OutboxMessage(job=unit, run=unit.run)
    return OutboxMessage(job=unit.job, run=unit.job.run, shard=unit)


def turns(lines: Iterable[Line], *, places: int, bound: int) -> list[int]:
    """Workspaces in the order in which they get ``places``, none more than ``bound`` in flight.

    The next is the one with the fewest in flight; of those, the one whose last turn is
    longest ago; of those, the one that has waited longest.
    """
    order: list[int] = []
    lines = list(lines)
    latest = max((line.served for line in lines), default=0.0)
    while len(order) < places:
        ready = [line for line in lines if line.waiting and line.in_flight < bound]
        if not ready:
            break
        line = min(ready, key=lambda line: (line.in_flight, line.served, line.since))
        order.append(line.workspace)
        line.waiting -= 1
        line.in_flight += 1
        line.served = latest + len(order)
    return order


def waiting() -> QuerySet[Job]:
    """Jobs whose turn has not come."""
    return Job.objects.filter(state=Job.State.QUEUED, admitted_at=None)


def shards_of_spread_stages() -> QuerySet[StageRun]:
    """Shards that are still to be done, of stages that are spread now."""
    spread = StageRun.objects.filter(
        job=OuterRef("job"), name=OuterRef("name"), state=StageRun.State.SPREAD
    )
    unfinished = [StageRun.State.PENDING, StageRun.State.RUNNING, StageRun.State.FAILED]
    return StageRun.every.filter(
        Exists(spread), shard__isnull=False, state__in=unfinished, job__state__in=Job.ACTIVE
    )


def _waiting_shards() -> QuerySet[StageRun]:
    return shards_of_spread_stages().filter(admitted_at=None)


def _shards_in_flight() -> QuerySet[StageRun]:
    return shards_of_spread_stages().filter(admitted_at__isnull=False)


def _jobs_in_flight() -> QuerySet[Job]:
    """Those whose present stage counts; where it is spread, its shards do."""
    spread = shards_of_spread_stages().filter(job=OuterRef("pk"))
    return Job.objects.filter(~Exists(spread), state__in=Job.ACTIVE, admitted_at__isnull=False)


def _lines() -> list[Line]:
    lines: dict[int, Line] = {}
    for queued, created in ((waiting(), "created_at"), (_waiting_shards(), "job__created_at")):
        rows = queued.order_by().values_list(_WORKSPACE[queued.model])
        for workspace, count, since in rows.annotate(Count("pk"), Min(created)):
            line = lines.setdefault(workspace, Line(workspace, 0, since))
            line.waiting += count
            line.since = min(line.since, since)
    if lines:
        _bound_jobs(lines)
        _count_in_flight(lines)
    return list(lines.values())


def _bound_jobs(lines: dict[int, Line]) -> None:
    """Of the jobs that wait, those beyond a workspace's quota do not count as waiting."""
    limits = quotas.limits_by_workspace(lines)
    bounded = {pk: limit.jobs for pk, limit in limits.items() if limit.jobs is not None}
    if not bounded:
        return
    jobs = Job.objects.filter(meeting__workspace__in=bounded).order_by()
    begun, queued = (
        dict(found.values_list("meeting__workspace").annotate(Count("pk")))
        for found in (
            jobs.filter(state__in=Job.ACTIVE, admitted_at__isnull=False),
            jobs.filter(state=Job.State.QUEUED, admitted_at=None),
        )
    )
    for pk, most in bounded.items():
        room = max(0, most - begun.get(pk, 0))
        lines[pk].jobs = room
        lines[pk].waiting -= max(0, queued.get(pk, 0) - room)


_WORKSPACE = {Job: "meeting__workspace", StageRun: "job__meeting__workspace"}


def _count_in_flight(lines: dict[int, Line]) -> None:
    for units in (_jobs_in_flight(), _shards_in_flight()):
        workspace = _WORKSPACE[units.model]
        found = units.filter(**{f"{workspace}__in": lines}).order_by().values_list(workspace)
        for key, count in found.annotate(Count("pk")):
            lines[key].in_flight += count
    recent = Q(state__in=Job.ACTIVE) | Q(admitted_at__gt=Now() - REMEMBERED)
    served = Job.objects.filter(
        recent, meeting__workspace__in=lines, admitted_at__isnull=False
    ).order_by()
    rows = served.values_list("meeting__workspace").annotate(
        last=Greatest(Max("admitted_at"), Max("stages__admitted_at"))
    )
    for key, last in rows:
        lines[key].served = last.timestamp()


def _heads_of_lines(order: list[int], room: dict[int, int | None]) -> list[Job | StageRun]:
    """What has waited longest in each workspace, in turn: shards of what is begun, then jobs.

    Of a workspace at most ``room`` jobs; None for any number.

    A row that another transaction holds is left: it is being cancelled.
    """
    heads: dict[int, Iterator[Job | StageRun]] = {}
    for workspace, count in Counter(order).items():
        shards = _locked(
            _waiting_shards()
            .filter(job__meeting__workspace=workspace)
            .select_related("job")
            .order_by("job__created_at", "job", "position", "shard")
        )
        jobs = _locked(waiting().filter(meeting__workspace=workspace).order_by("created_at", "pk"))
        most = room[workspace]
        heads[workspace] = chain(
            shards[:count], jobs[: count if most is None else min(count, most)]
        )
    found = (next(heads[workspace], None) for workspace in order)
    return [unit for unit in found if unit is not None]


def _locked(units: Any) -> Any:
    return units.select_for_update(skip_locked=True, of=("self",), no_key=True)
