"""``manage.py pipeline status``, ``replay JOB…``, ``release JOB…``; all with ``--json``."""

import dataclasses
import getpass
import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from meetings.models import Job, Operation
from meetings.services import dead_letters, desk, operations


class Command(BaseCommand):
    """The operator's desk on a terminal, by the services of the desk in the admin."""

    help = "Look at the pipeline, replay dead letters, release stuck jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        status = actions.add_parser("status", help="jobs, queues, workers, dead letters")
        replay = actions.add_parser("replay", help="run what died again; what is done is kept")
        replay.add_argument("jobs", nargs="*", metavar="JOB", type=UUID)
        replay.add_argument("--all", action="store_true", help="every dead letter")
        replay.add_argument("--stage", help="with --all: only those that died in this stage")
        release = actions.add_parser("release", help="take stages from workers that do not move")
        release.add_argument("jobs", nargs="+", metavar="JOB", type=UUID)
        for action in (status, replay, release):
            action.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "status":
            self.show(desk.status(), as_json=options["json"])
            return
        found = chosen(options)
        by = operations.Operator(account(), Operation.Source.TERMINAL)
        act = operations.replay if options["action"] == "replay" else operations.release
        outcomes = [act(job=job, by=by) for job in found]
        self.tell(outcomes, as_json=options["json"])

    def show(self, status: desk.Status, *, as_json: bool) -> None:
        """Print the desk."""
        if as_json:
            self.stdout.write(document(status))
        else:
            for line in lines(status):
                self.stdout.write(line)

    def tell(self, outcomes: list[operations.Outcome], *, as_json: bool) -> None:
        """Print what became of each job; exit 1 where an action was refused."""
        if as_json:
            rows = [dataclasses.asdict(outcome) for outcome in outcomes]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for outcome in outcomes:
                verdict = "sent again" if outcome.done else f"refused: {outcome.detail}"
                self.stdout.write(f"{outcome.job}  {outcome.title}  {verdict}")
        refused = [outcome for outcome in outcomes if not outcome.done]
        if refused:
            raise CommandError(f"{len(refused)} of {len(outcomes)} refused")


def account() -> str:
    """The account of the machine under which the command runs."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such account, as in containers
        return "unknown"


def chosen(options: dict[str, Any]) -> list[Job]:
    """The jobs that were named, or those of all dead letters; CommandError for an unknown one."""
    if options.get("all"):
        dead = dead_letters.stages()
        if options["stage"]:
            dead = dead.filter(name=options["stage"])
        wanted = list(dead.values_list("job_id", flat=True))
    elif options["jobs"]:
        wanted = options["jobs"]
    else:
        raise CommandError("Name jobs, or say --all.")
    found = {job.pk: job for job in Job.objects.filter(pk__in=wanted).select_related("meeting")}
    unknown = [str(pk) for pk in wanted if pk not in found]
    if unknown:
        raise CommandError(f"There is no job {', '.join(unknown)}")
    return list(found.values())


def document(status: desk.Status) -> str:
    """The desk as JSON; the last actions of operators as rows."""
    plain = dataclasses.asdict(dataclasses.replace(status, operations=[])) | {
        "operations": [
            {
                "at": row.created_at,
                "operator": row.operator,
                "source": row.source,
                "action": row.action,
                "job": row.job_id,
                "subject": row.subject,
                "refusal": row.refusal,
            }
            for row in status.operations
        ]
    }
    return json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def lines(status: desk.Status) -> Iterable[str]:
    """The desk for a person at a terminal."""
    yield from _job_lines(status)
    yield ""
    yield from _queue_lines(status)
    yield ""
    yield from _worker_lines(status)
    yield ""
    yield from _stage_lines(status)
    yield ""
    yield f"DEAD LETTERS  ({status.dead_in_all})"
    for letter in status.dead:
        tries = f"{len(letter.attempts)} attempts"
        died = age(status.at, letter.died_at)
        yield f"{letter.job}  {letter.stage:10} {died:>8}  {tries}  {letter.error.get('code', '')}"
    yield ""
    yield f"{status.strays} stray messages"


def _job_lines(status: desk.Status) -> Iterable[str]:
    yield f"{'JOBS':12} {'count':>7} {'<5 min':>7} {'<1 h':>7} {'<1 d':>7} {'older':>7}  oldest"
    for line in status.jobs:
        ages = " ".join(f"{number:7}" for number in line.by_age)
        yield f"{line.state:12} {line.count:7} {ages}  {age(status.at, line.oldest)}"
    yield f"{status.waiting_for_a_turn} of the queued wait for their workspace's turn"


def _queue_lines(status: desk.Status) -> Iterable[str]:
    yield f"{'QUEUE':12} {'messages':>9} {'waiting':>8} {'running':>8}  oldest"
    for queue in status.queues:
        depth = "?" if queue.depth is None else queue.depth
        waits = age(status.at, queue.oldest)
        yield f"{queue.name:12} {depth:>9} {queue.waiting:8} {queue.running:8}  {waits}"
    if status.broker_error:
        yield f"The broker does not answer: {status.broker_error}"


def _worker_lines(status: desk.Status) -> Iterable[str]:
    yield f"{'WORKER':24} {'answers':8} works on"
    for worker in status.workers:
        answers = "yes" if worker.answers else "NO"
        yield f"{worker.name:24} {answers:8} {', '.join(worker.stages)}"


def _stage_lines(status: desk.Status) -> Iterable[str]:
    yield f"IN WORK OR READY  ({status.stages_in_all})"
    for stage in status.stages:
        held = f"{stage.worker} until {stage.lease_until:%H:%M:%S}" if stage.lease_until else ""
        mark = " OVERDUE" if stage.overdue else ""
        since = age(status.at, stage.since)
        yield f"{stage.job}  {stage.stage:10} {stage.state:8} {since:>8}  {held}{mark}"


def age(now: datetime, since: datetime | None) -> str:
    """``42 s``, ``7 min``, ``3 h``, ``12 d``; empty where there is no since."""
    if since is None:
        return ""
    seconds = max(0, int((now - since).total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
