"""docs/faults.md: what the last big run of each broker came to."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psutil

from tests.faults.house import LEASE, REAPER, ROOT

PAGE = ROOT / "docs" / "faults.md"
TITLES = {"redis": "Redis (Valkey)", "rabbitmq": "RabbitMQ"}
HEAD = """# What was survived

`make faults` and `make faults-rabbitmq` write this page: real PostgreSQL, broker, web process and
workers; engines that cost nothing (`tests/faults/engines.py`); a nemesis does harm while
recordings come in, then the invariants of `tests/faults/invariants.py` are asked of the database.
"""


@dataclass(frozen=True)
class Outcome:
    broker: str
    seed: int
    jobs: int
    faults: dict[str, int]
    seconds: float
    seconds_after: float
    ends: dict[str, int]
    errors: dict[str, int]
    attempts: int
    wasted: dict[str, int]
    decoded: int
    windows: int
    orphans: int
    answers: int
    refused: dict[int, int]
    checks: list[str]
    violations: dict[str, list[Any]]
    harness_errors: list[str]


def write(outcome: Outcome) -> None:
    """Replace the section of the outcome's broker."""
    sections = {}
    if PAGE.exists():
        for section in PAGE.read_text().split("\n## ")[1:]:
            sections[section.split("\n")[0]] = section
    title = TITLES[outcome.broker]
    sections[title] = _section(title, outcome)
    order = [title for title in TITLES.values() if title in sections]
    PAGE.write_text(HEAD + "".join(f"\n## {sections[title].rstrip()}\n" for title in order))


def _section(title: str, outcome: Outcome) -> str:
    memory = psutil.virtual_memory().total / 2**30
    faults = sum(outcome.faults.values())
    wasted = sum(outcome.wasted.values())
    lines = [
        title,
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores, {memory:.0f} GiB · "
        f"lease {LEASE:g} s, reaper every {REAPER:g} s · seed {outcome.seed}",
        "",
        f"**{outcome.jobs} jobs, {faults} faults in {outcome.seconds:.0f} s; the last job ended "
        f"{outcome.seconds_after:.0f} s after the last fault. "
        f"Invariants broken: {len(outcome.violations)}.**",
        "",
        *_table("fault", "times", outcome.faults),
        *_table("jobs ended", "times", outcome.ends),
        *(_table("stages that are dead", "times", outcome.errors) if outcome.errors else []),
        f"Attempts: {outcome.attempts}, of them came to nothing: {wasted}. "
        f"Windows: {outcome.windows}, decodings: {outcome.decoded}. "
        f"Objects of attempts that came to nothing: {outcome.orphans}. "
        f"Answers of the web process: {outcome.answers}, uploads refused and sent again: "
        f"{outcome.refused or 0}.",
        "",
        *_table("wasted attempts", "times", outcome.wasted),
        *_table(
            "invariant",
            "broken",
            {name: len(outcome.violations.get(name, [])) for name in outcome.checks},
        ),
    ]
    return "\n".join(lines)


def _table(what: str, how_often: str, rows: dict[Any, int]) -> list[str]:
    body = [f"| {name} | {count} |" for name, count in rows.items()]
    return [f"| {what} | {how_often} |", "|---|---|", *body, ""]
