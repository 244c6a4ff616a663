"""The table of how well the extractive writer tells meetings, for ``docs/extractive.md``.

``python -m tests.reports.writers.measured`` writes it.
"""

from functools import lru_cache
from pathlib import Path

from reports.writers.base import Draft
from reports.writers.extractive import ExtractiveWriter
from tests.reports.meetings import every, groups
from tests.reports.writers.scoring import Score, score

DOCUMENT = Path(__file__).parents[3] / "docs" / "extractive.md"
MEETINGS = [held for held in every() if not held.name.startswith("meeting_")]
BY_NAME = {held.name: held for held in MEETINGS}
KINDS = {"decision": "decisions", "action_item": "tasks", "figure": "figures"}
_BEGIN = "<!-- measured: python -m tests.reports.writers.measured -->"
_END = "<!-- end -->"


@lru_cache(maxsize=64)
def minutes(name: str) -> Draft:
    """Minutes of a meeting from voices without names."""
    return ExtractiveWriter().write(BY_NAME[name].unnamed())


def overall(kind: str, group: str) -> Score:
    """How well facts of ``kind`` are told over all meetings of ``group``."""
    chosen = [held for held in MEETINGS if held.group == group]
    return sum((score(held, minutes(held.name), kind) for held in chosen), Score())


def table() -> str:
    """The measured table, in Markdown."""
    lines = [f"| | {' | '.join(groups().values())} |", f"|---|{'---|' * len(groups())}"]
    for kind, told in KINDS.items():
        scores = [overall(kind, group) for group in groups()]
        found = (f"{s.told} of {s.facts} ({float(s.recall):.2f})" for s in scores)
        true = (f"{s.true} of {s.stated} ({float(s.precision):.2f})" for s in scores)
        lines.append(f"| {told}: recall | {' | '.join(found)} |")
        lines.append(f"| {told}: precision | {' | '.join(true)} |")
        if kind == "action_item":
            due = (f"{s.due_right} of {s.due_facts} ({float(s.due):.2f})" for s in scores)
            lines.append(f"| due days right | {' | '.join(due)} |")
    return "\n".join(lines)


def published(document: str) -> str:
    """``document`` with the table between its marks."""
    before, rest = document.split(_BEGIN)
    _, after = rest.split(_END)
    return f"{before}{_BEGIN}\n{table()}\n{_END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(published(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
