"""Evidence goes along when the segments under it are split or merged.

Approved versions keep theirs as it was signed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction

from reports.models import Evidence, Statement
from reports.services import citations, staleness
from reports.writers import base
from transcription.models import Segment


@transaction.atomic
def reseat(
    sender: object, *, transcript_id: int, segment_ids: Collection[int], **_sent: Any
) -> None:
    """Receives ``transcription.signals.segments_recut``.

    The words decide: quotes go to the segments in which they stand now.
    """
    versions = staleness.unapproved(transcript_id)
    resting = Evidence.objects.filter(
        segment__in=segment_ids, statement__section__minutes__in=versions
    ).order_by("statement", "start", "pk")
    segments = list(Segment.objects.filter(pk__in=segment_ids).order_by("start", "end", "pk"))
    fresh: dict[int, list[base.Evidence]] = defaultdict(list)
    for evidence in resting:
        fresh[evidence.statement_id] += _seats(evidence, segments)
    resting.delete()
    Evidence.objects.bulk_create(
        Evidence(statement_id=pk, segment_id=e.segment, start=e.start, end=e.end, quote=e.quote)
        for pk, found in fresh.items()
        for e in _joined(found, segments)
    )
    staleness.mark(
        transcript_id=transcript_id,
        resting=Statement.objects.filter(pk__in=fresh),
        even_if_right=False,
    )


def _seats(evidence: Evidence, segments: Sequence[Segment]) -> list[base.Evidence]:
    """The same words where they stand now; as it was where they stand nowhere."""
    middle = (evidence.start + evidence.end) / 2
    heard = [s for s in segments if _holds(s, evidence)]
    if len(heard) == 1:
        seat = heard[0].pk
        return [base.Evidence(seat, evidence.start, evidence.end, evidence.quote)]
    parts = [citations.quoted(s, evidence.start, evidence.end) for s in heard]
    if evidence.quote in " ".join(part.quote for part in parts):
        return parts
    nearest = min(heard, key=lambda s: abs((s.start + s.end) / 2 - middle), default=None)
    seat = nearest.pk if nearest else evidence.segment_id or 0
    return [base.Evidence(seat, evidence.start, evidence.end, evidence.quote)]


def _holds(segment: Segment, evidence: Evidence) -> bool:
    """Whether a word of the segment is said within the evidence's time."""
    spans = segment.words or [{"start": segment.start, "end": segment.end}]
    return any(evidence.start <= (w["start"] + w["end"]) / 2 <= evidence.end for w in spans)


def _joined(found: Iterable[base.Evidence], segments: Sequence[Segment]) -> Iterable[base.Evidence]:
    """Quotes that follow one another in a segment become one."""
    by_id = {segment.pk: segment for segment in segments}
    for pk, group in groupby(found, key=lambda e: e.segment):
        row, quotes = by_id.get(pk), list(dict.fromkeys(group))
        whole = " ".join(e.quote for e in quotes)
        if row is None or len(quotes) == 1 or whole not in row.text:
            yield from quotes
        else:
            yield citations.quoted(row, quotes[0].start, quotes[-1].end)
