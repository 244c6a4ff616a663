"""The check itself: one reason after the other, the first that applies is the verdict's. Pure."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

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
    PAGE_MISSING,
    QUOTE_NOT_IN_SEGMENT,
    QUOTE_NOT_ON_PAGE,
    SEGMENT_MISSING,
    SUPPORTED,
    UNVERIFIED,
    Metadata,
    Verdict,
)
from reports.writers.base import Evidence, Page, Segment, Statement
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


def check(
    statement: Statement,
    segments: Mapping[int, Segment],
    metadata: Metadata,
    pages: Mapping[int, Page] = MappingProxyType({}),
) -> Verdict:
    """Whether ``statement`` is supported; the first reason found if it is not.

    ``segments``, ``pages``: those of the meeting, and of what is attached to it, by id.
    """
    if not statement.evidence:
        return Verdict(UNVERIFIED, NO_EVIDENCE)
    for evidence in statement.evidence:
        found = _astray(evidence, segments, pages)
        if found:
            return found
    cited = cited_by(statement, segments)
    for reason, unsupported in _CHECKS:
        if words := unsupported(statement, cited, metadata):
            return Verdict(UNVERIFIED, reason, words)
    return Verdict(SUPPORTED)


def _astray(
    evidence: Evidence, segments: Mapping[int, Segment], pages: Mapping[int, Page]
) -> Verdict | None:
    """Why the quote does not stand where it is said to stand; None where it does."""
    if evidence.page:
        page = pages.get(evidence.page)
        if page is None:
            return Verdict(UNVERIFIED, PAGE_MISSING, str(evidence.page))
        is_there, reason = stands_in(evidence.quote, page.text), QUOTE_NOT_ON_PAGE
    else:
        segment = segments.get(evidence.segment)
        if segment is None:
            return Verdict(UNVERIFIED, SEGMENT_MISSING, str(evidence.segment))
        is_there, reason = stands_in(evidence.quote, segment.text), QUOTE_NOT_IN_SEGMENT
    return None if is_there else Verdict(UNVERIFIED, reason, evidence.quote)


def stands_in(quote: str, text: str) -> bool:
    """Whether the words of ``quote`` stand in ``text`` one behind the other; no words never do."""
    words = normalized(quote)
    return bool(words) and f" {words} " in f" {normalized(text)} "
