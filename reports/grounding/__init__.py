"""Whether a statement of the minutes stands on what was said: a check without any model.

Pure. It verifies that the cited segments, or pages of attachments, exist, that the quoted words
stand there (case, punctuation and ё/е aside), that names, numbers and days of the statement occur
in its evidence or in what is known of the meeting, that a task's assignee is whom the words charge,
that a decision rests on words that decide, and that both are of one matter and of one sign. It
judges words: it cannot tell whether the statement means all that was meant.
"""

from reports.grounding.checker import check, stands_in
from reports.grounding.verdicts import (
    ASSIGNEE_NOT_CHARGED,
    CONTRADICTED,
    DATE_NOT_IN_EVIDENCE,
    NAME_NOT_IN_EVIDENCE,
    NO_EVIDENCE,
    NOT_DECIDED,
    NUMBER_NOT_IN_EVIDENCE,
    OF_QUOTES,
    OTHER_MATTER,
    PAGE_MISSING,
    QUOTE_NOT_IN_SEGMENT,
    QUOTE_NOT_ON_PAGE,
    SEGMENT_MISSING,
    SUPPORTED,
    UNVERIFIED,
    Metadata,
    Verdict,
    metadata_of,
)

__all__ = [
    "ASSIGNEE_NOT_CHARGED",
    "CONTRADICTED",
    "DATE_NOT_IN_EVIDENCE",
    "NAME_NOT_IN_EVIDENCE",
    "NOT_DECIDED",
    "NO_EVIDENCE",
    "NUMBER_NOT_IN_EVIDENCE",
    "OF_QUOTES",
    "OTHER_MATTER",
    "PAGE_MISSING",
    "QUOTE_NOT_IN_SEGMENT",
    "QUOTE_NOT_ON_PAGE",
    "SEGMENT_MISSING",
    "SUPPORTED",
    "UNVERIFIED",
    "Metadata",
    "Verdict",
    "check",
    "metadata_of",
    "stands_in",
]
