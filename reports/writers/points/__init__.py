"""Points of a talk: what sections hold that are neither decisions nor tasks nor figures.

Pure, by rules for Russian and English. Each rule takes a ``Talk`` and gives findings in the order
in which they were said, each resting on the sentences that say it.
"""

from collections.abc import Callable, Mapping

from reports.writers.findings import Finding
from reports.writers.points.answers import answers
from reports.writers.points.feedback import feedback
from reports.writers.points.lectures import assignments, definitions, key_points
from reports.writers.points.nearness import near_words
from reports.writers.points.standups import blockers, done, plans
from reports.writers.points.talk import Talk

RULES: Mapping[str, Callable[[Talk], list[Finding]]] = {
    "words": near_words,
    "key_points": key_points,
    "answers": answers,
    "definitions": definitions,
    "assignments": assignments,
    "done": done,
    "plans": plans,
    "blockers": blockers,
    "feedback": feedback,
}

__all__ = ["RULES", "Talk"]
