"""When two tasks found are one, and what is kept of both. Pure."""

from reports.writers.dates import Deadline
from reports.writers.findings import Finding, overlap
from reports.writers.names import is_placeholder

_MERGE_TURNS = 4
_ALIKE = 0.5
_FEW_WORDS = 3


def same_task(known: Finding, task: Finding) -> bool:
    """Whether ``task``, found later, is ``known``: said again, taken on, or only consented to."""
    if known.rests_on(task.main) or _only_consents(known, task):
        return True
    behind = task.main.turn - max([s.turn for s in known.sources])
    same_person = _same_person(known, task)
    if not same_person and behind > 1:
        return False
    words = [f for f in known.features & task.features if f[0] not in "@="]
    if not same_person:
        return bool(words) and _nameless(task)
    if _other_day(known, task) and overlap(known.features, task.features) < _ALIKE:
        return False
    if behind <= 1 and _leans(task):
        return True
    due = known.deadline and task.deadline and known.deadline.day == task.deadline.day
    alike = behind <= _MERGE_TURNS or due or overlap(known.features, task.features) >= _ALIKE
    return bool(words) and alike


def _only_consents(known: Finding, task: Finding) -> bool:
    """Whether a task is no more than «сделаю» to what is known."""
    led = len(task.sources) > 1 and task.rests_on(known.main)
    return led and len(task.main.text.split()) <= _FEW_WORDS


def _other_day(known: Finding, task: Finding) -> bool:
    """Whether both are due, on different days."""
    days = [f.deadline.day if f.deadline else None for f in (known, task)]
    return None not in days and days[0] != days[1]


def _same_person(known: Finding, task: Finding) -> bool:
    return (known.person and known.person.name) == (task.person and task.person.name)


def _nameless(task: Finding) -> bool:
    """Whether the promise came from a voice without a name: perhaps whoever was just asked."""
    return bool(task.person and is_placeholder(task.person.name, task.person.speaker))


def _leans(task: Finding) -> bool:
    """Whether a task needs the request before it to be understood: «до пятницы сделаю»."""
    told = [f for f in task.features if f[0] != "@"]
    return len(told) <= 1 or (
        len(task.sources) == 1 and bool(task.main.cues.anaphor.search(task.main.body))
    )


def merge(known: Finding, task: Finding) -> None:
    """One task said twice: the wording with a day and more words stays, both are evidence."""
    if _only_consents(known, task):
        known.add(task.sources[-1:])
        own = task.deadline and task.deadline.text in task.main.text
        known.deadline = task.deadline if own else known.deadline or task.deadline
        return
    known.add(task.sources)
    wordy = known.deadline and len(known.text) > 2 * len(task.text)
    leans = _leans(task) or task.main.cues.anaphor.search(task.main.body)
    if task.deadline and not leans and not wordy:
        known.text, known.main = task.text, task.main
    if task.deadline and _tells_more(task.deadline, known.deadline):
        known.deadline = task.deadline
    known.features |= task.features


def _tells_more(later: Deadline, known: Deadline | None) -> bool:
    if known is None or later.day != known.day:
        return known is None or later.day is not None
    return later.firm >= known.firm and len(later.text) >= len(known.text)
