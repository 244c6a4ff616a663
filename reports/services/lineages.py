"""Statements found again: in another writing of the minutes, in another transcript."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest, Least

from reports.matching import Said
from reports.models import Edit, Minutes, Statement
from reports.services import citations, verdicts
from reports.writers import base
from transcription.models import Transcript


def statements_of(minutes: Minutes) -> list[Statement]:
    """All statements of a version in reading order, with their evidence."""
    return list(
        Statement.objects.filter(section__minutes=minutes)
        .select_related("section__minutes", "edited_by")
        .prefetch_related("evidence")
        .order_by("section__position", "position")
    )


def dropped_from(minutes: Minutes) -> list[dict[str, Any]]:
    """What people took out of a version and nobody brought back, as the history keeps it."""
    there = Statement.objects.filter(section__minutes=minutes).values("lineage")
    edits = minutes.edits.filter(action=Edit.Action.DROPPED).exclude(lineage__in=there)
    return [edit.before for edit in edits]


def said_in_rows(rows: Iterable[Statement]) -> list[Said]:
    """Rows as the matching compares them."""
    return [said(verdicts.value_of(row)) for row in rows]


def said_in_history(drops: Iterable[dict[str, Any]]) -> list[Said]:
    """Dropped statements as the matching compares them."""
    return [
        Said(d["kind"], d["text"], _spans([base.Evidence(**e) for e in d["evidence"]]))
        for d in drops
    ]


def said(value: base.Statement) -> Said:
    """A statement as the matching compares it."""
    return Said(value.kind, value.text, _spans(value.evidence))


def moved_to(transcript: Transcript, value: base.Statement) -> base.Statement:
    """The statement with its evidence in another transcript of the meeting."""
    return replace(value, evidence=anchored(transcript, value.evidence))


def kept_in(transcript: Transcript, value: base.Statement) -> base.Statement:
    """The statement with evidence that stands in its own transcript after people edited that.

    What stands where it stood stays as it was quoted; the other moments are quoted anew.
    """
    cited = {e.segment for e in value.evidence}
    texts = dict(transcript.segments.filter(pk__in=cited).values_list("pk", "text"))
    found: list[base.Evidence] = []
    for old in value.evidence:
        stands = old.quote in texts.get(old.segment, "")
        found += [old] if stands else anchored(transcript, [old])
    return replace(value, evidence=tuple(dict.fromkeys(found)))


def anchored(
    transcript: Transcript, evidence: Sequence[base.Evidence]
) -> tuple[base.Evidence, ...]:
    """The same moments in another transcript of the meeting, with the words that stand there.

    A moment at which nothing is said there is left out; what is written stays as it is.
    """
    found = []
    for old in evidence:
        if old.page:
            found.append(old)
            continue
        overlap = Least(F("end"), old.end) - Greatest(F("start"), old.start)
        segment = (
            transcript.segments.filter(start__lt=old.end, end__gt=old.start)
            .annotate(overlap=overlap)
            .order_by("-overlap", "start")
            .first()
        )
        if segment is not None:
            found.append(citations.quoted(segment, old.start, old.end))
    return tuple(dict.fromkeys(found))


def _spans(evidence: Iterable[base.Evidence]) -> tuple[tuple[float, float], ...]:
    """The times of what was said; what is written has none."""
    return tuple((e.start, e.end) for e in evidence if not e.page)
