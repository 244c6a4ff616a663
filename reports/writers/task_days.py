"""By when a task is due, as its own sentence says it. Pure."""

import re
from datetime import date
from types import ModuleType

from reports.writers.dates import Deadline, deadline
from reports.writers.findings import Finding
from reports.writers.sentences import Sentence

_CLAUSES = re.compile(r",\s*(?:and|but|и|но|а)\s|;\s", re.IGNORECASE)
_BUT = re.compile(r",\s*(?:but|но|а)\s", re.IGNORECASE)
_AT_ONCE = re.compile(
    r"(?<!\w)(?:(?:прямо |вот )?сейчас(?: же)?|немедленно|right (?:now|away|after (?:this|"
    r"the meeting))|"
    r"straight away|immediately)(?!\w)"
)


def due_of(sentence: Sentence, acts: ModuleType, held_on: date | None) -> Deadline | None:
    """The day of the clause that promises or asks, else the last one behind «but», else any."""
    named = deadline(sentence.text, held_on)
    if named is None:
        return None
    for clause in _CLAUSES.split(sentence.text):
        due = deadline(clause, held_on)
        if due and (acts.promises(clause, dated=True) or acts.asks(clause, polite=True)):
            return due
    return deadline(_BUT.split(sentence.text)[-1], held_on) or named


def set_due_at_once(task: Finding, held_on: date | None) -> None:
    """«Перепишу сейчас»: due on the day of the meeting."""
    match = None if task.deadline else _AT_ONCE.search(task.main.folded)
    if match:
        said = task.main.text[match.start() : match.end()]
        task.deadline = Deadline(said, held_on, match.start(), match.end(), firm=False)
