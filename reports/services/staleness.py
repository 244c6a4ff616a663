"""Statements whose transcript was changed under them: checked again and marked.

Approved versions are left as they were signed. The mark goes when a person saves the statement or
when it is written anew.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from reports.models import Minutes, Statement
from reports.services import drafts, verdicts
from transcription.models import Transcript


def mark_for_segments(
    sender: object, *, transcript_id: int, segment_ids: Collection[int], **_sent: Any
) -> None:
    """Receives ``transcription.signals.segments_changed``."""
    mark(
        transcript_id=transcript_id,
        resting=Statement.objects.filter(evidence__segment__in=segment_ids),
    )


def mark_for_speakers(
    sender: object, *, transcript_id: int, speaker_ids: Collection[int], **sent: Any
) -> None:
    """Receives ``transcription.signals.speakers_changed``.

    A mere name does not make stale what is as right as it was.
    """
    mark(
        transcript_id=transcript_id,
        resting=Statement.objects.filter(evidence__segment__speaker__in=speaker_ids),
        even_if_right="renamed" not in sent,
    )


@transaction.atomic
def mark(*, transcript_id: int, resting: "QuerySet[Statement]", even_if_right: bool = True) -> int:
    """Check ``resting`` statements of unapproved versions again and mark them; how many.

    Unless ``even_if_right``, only those are marked that are no longer supported.
    """
    transcript = Transcript.objects.get(pk=transcript_id)
    versions = unapproved(transcript_id)
    rows = list(
        Statement.objects.filter(pk__in=resting.values("pk"), section__minutes__in=versions)
        .select_related("section")
        .prefetch_related("evidence")
        .order_by("pk")
    )
    for row, checked in zip(
        rows, verdicts.check(transcript, [verdicts.value_of(row) for row in rows]), strict=True
    ):
        verdict = verdicts.settled(row, checked)
        is_worse = row.verdict == Statement.Verdict.SUPPORTED != verdict.verdict
        row.stale = row.stale or even_if_right or is_worse
        row.verdict, row.reason = verdict.verdict, verdict.reason
    Statement.objects.bulk_update(rows, ["stale", "verdict", "reason"])
    for minutes in versions if rows else []:
        drafts.tell(minutes)
    return len(rows)


def unapproved(transcript_id: int) -> list[Minutes]:
    """The versions that rest on the transcript and may change, held in order.

    Nobody saves a statement of them until the transaction ends.
    """
    versions = Minutes.objects.filter(transcript=transcript_id)
    may_change = versions.exclude(state=Minutes.State.APPROVED)
    return list(may_change.select_for_update(of=("self",)).order_by("pk"))
