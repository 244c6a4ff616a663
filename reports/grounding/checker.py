"""The check itself: one reason after the other, the first that applies is the verdict's. Pure."""

from collections.abc import Callable, Mapping

from reports.grounding.charged import uncharged_assignee
from reports.grounding.cited import Cited, cited_by
from reports.grounding.decided import undecided_words
from reports.grounding.exact import missing_day, missing_number
from reports.grounding.matter import foreign_words
from reports.grounding.named import missing_name
from reports.grounding.polarity import contradicting_word
from reports.grounding.verdicts import (
    ASSIGNEE_NOT_CHARGED,
    CONTRADICTED,
    DATE_NOT_IN_EVIDENCE,
    NAME_NOT_IN_EVIDENCE,
    NO_EVIDENCE,
    NOT_DECIDED,
    NUMBER_NOT_IN_EVIDENCE,
    OTHER_MATTER,
    QUOTE_NOT_IN_SEGMENT,
    SEGMENT_MISSING,
    SUPPORTED,
    UNVERIFIED,
    Metadata,
    Verdict,
)
from reports.writers.base import Segment, Statement
from reports.writers.words import normalized

_CHECKS: tuple[tuple[str, Callable[[Statement, Cited, Metadata], str]], ...] = (
    (DATE_NOT_IN_EVIDENCE, missing_day),
    (NUMBER_NOT_IN_EVIDENCE, missing_number),
    (NAME_NOT_IN_EVIDENCE, missing_name),
    (ASSIGNEE_NOT_CHARGED, uncharged_assignee),
    (OTHER_MATTER, foreign_words),
    (CONTRADICTED, contradicting_word),
    (NOT_DECIDED, undecided_words),
)
"""Reason → function that gives the words that are not supported, or nothing."""


def check(statement: Statement, segments: Mapping[int, Segment], metadata: Metadata) -> Verdict:
    """Whether ``statement`` is supported; the first reason found if it is not.

    ``segments``: those of the meeting by id.
    """
    if not statement.evidence:
        return Verdict(UNVERIFIED, NO_EVIDENCE)
    for evidence in statement.evidence:
        segment = segments.get(evidence.segment)
        if segment is None:
            return Verdict(UNVERIFIED, SEGMENT_MISSING, str(evidence.segment))
        if not stands_in(evidence.quote, segment.text):
            return Verdict(UNVERIFIED, QUOTE_NOT_IN_SEGMENT, evidence.quote)
    cited = cited_by(statement, segments)
    for reason, unsupported in _CHECKS:
        if words := unsupported(statement, cited, metadata):
            return Verdict(UNVERIFIED, reason, words)
    return Verdict(SUPPORTED)


def stands_in(quote: str, text: str) -> bool:
    """Whether the words of ``quote`` stand in ``text`` one behind the other; no words never do."""
    words = normalized(quote)
    return bool(words) and f" {words} " in f" {normalized(text)} "
