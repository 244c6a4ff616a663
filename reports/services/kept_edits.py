"""What people edited, carried from the last version into one that a writer wrote anew."""

from django.utils import timezone

from reports.matching import matches
from reports.models import Minutes, Statement
from reports.services import lineages, rows, verdicts

EDITS_KEPT = "edits_kept"
"""A note of the version, with the number of statements behind a colon."""


def carry_over(minutes: Minutes) -> int:
    """Keep lineages, people's edits and what they dropped; how many statements that concerns.

    A statement that a person edited takes the place of the one that the writer wrote instead, or
    stands at the end of its section. Its evidence is the same moments in the new transcript.
    """
    earlier = minutes.meeting.minutes.filter(version__lt=minutes.version).first()
    if earlier is None:
        return 0
    new, old = lineages.statements_of(minutes), lineages.statements_of(earlier)
    drops = lineages.dropped_from(earlier)
    known = [*lineages.said_in_rows(old), *lineages.said_in_history(drops)]
    pairs = matches(known, lineages.said_in_rows(new))
    for index, became in pairs.items():
        if index < len(old):
            new[became].lineage = old[index].lineage
            new[became].save(update_fields=["lineage"])
    edited = [(k, row) for k, row in enumerate(old) if row.edited_at is not None]
    for index, row in edited:
        _keep(minutes, row, new[pairs[index]] if index in pairs else None)
    dropped = [new[became] for index, became in pairs.items() if index >= len(old)]
    for row in dropped:
        rows.take_out(row)
    kept = len(edited) + len(dropped)
    if kept:
        minutes.notes = [*minutes.notes, f"{EDITS_KEPT}:{kept}"]
        minutes.save(update_fields=["notes"])
    return kept


def _keep(minutes: Minutes, row: Statement, instead_of: Statement | None) -> None:
    value = verdicts.value_of(row)
    if row.section.minutes.transcript_id != minutes.transcript_id:
        value = lineages.moved_to(minutes.transcript, value)
    target = instead_of
    if target is None:
        section = rows.section_for(minutes, row.section.kind, row.section.title)
        target = Statement(section=section, lineage=row.lineage)
    rows.write(target, value, row.edited_by, *verdicts.check(minutes.transcript, [value]))
    target.edited_at = row.edited_at or timezone.now()
    target.save(update_fields=["edited_at"])
