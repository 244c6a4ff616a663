"""Where in a recording a statement was said: the words that it rests on most. Pure but for rows."""

from collections.abc import Iterable

from reports.models import ActionItem, Evidence
from reports.writers.words import normalized


def main_evidence(text: str, evidence: Iterable[Evidence]) -> Evidence | None:
    """The evidence that shares most words with ``text``, the earliest of equals; None of none.

    A name or a day may rest on words said elsewhere; those are evidence too, but not the moment.
    What is written in an attachment was not said at all.
    """
    words = set(normalized(text).split())
    said = [e for e in evidence if e.segment_id]
    ranked = sorted(said, key=lambda e: (-len(words & set(normalized(e.quote).split())), e.start))
    return ranked[0] if ranked else None


def moment_of(item: ActionItem) -> Evidence | None:
    """When ``item`` was said, from what ``with_moment`` fetched; None without its minutes."""
    return main_evidence(item.text, item.statement.evidence.all()) if item.statement else None
