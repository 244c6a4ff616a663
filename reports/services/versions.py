"""A further version that begins as a copy, so that what is approved stays as it was signed."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings.models import Meeting
from reports.models import Minutes, Section, Statement
from reports.services import drafts, lineages, rows, verdicts
from transcription.models import Transcript
from transcription.services import transcripts


@transaction.atomic
def copy(*, minutes: Minutes, by: User) -> Minutes:
    """A draft with the sections and statements of ``minutes`` under the next number of version.

    It rests on the meeting's newest finished transcript; statements whose cited words read
    otherwise there are marked stale.
    """
    Meeting.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
    transcript = transcripts.finished(str(minutes.meeting_id)) or minutes.transcript
    is_other = transcript != minutes.transcript or transcript.edits.exists()
    latest = Minutes.objects.filter(meeting=minutes.meeting_id).aggregate(n=Max("version"))["n"]
    made = _copied(
        minutes,
        job_id=None,
        version=latest + 1,
        state=Minutes.State.DRAFT,
        transcript=transcript,
    )
    for section in minutes.sections.order_by("position"):
        heading = _copied(section, minutes=made)
        for statement in section.statements.order_by("position").prefetch_related("evidence"):
            _copy_statement(statement, heading, transcript, is_other)
    drafts.changed(made)
    audit.record(Act.MINUTES_COPIED, of=made.meeting, by=by, version=made.version)
    return made


def _copy_statement(
    statement: Statement, section: Section, transcript: Transcript, is_other: bool
) -> None:
    evidence = list(statement.evidence.order_by("pk"))
    row = _copied(statement, section=section)
    if not is_other:
        for one in evidence:
            _copied(one, statement=row)
        return
    value = verdicts.value_of(statement)
    is_own = statement.section.minutes.transcript_id == transcript.pk
    move = lineages.kept_in if is_own else lineages.moved_to
    moved = move(transcript, value)
    same_words = [e.quote for e in moved.evidence] == [e.quote for e in value.evidence]
    row.stale = statement.stale or not same_words
    [checked] = verdicts.check(transcript, [moved])
    verdict = verdicts.settled(row, checked)
    row.verdict, row.reason = verdict.verdict, verdict.reason
    row.save(update_fields=["stale", "verdict", "reason"])
    rows.cite(row, moved.evidence)


def _copied(row: Any, **changes: Any) -> Any:
    """A new row with the fields of ``row`` but for ``changes``."""
    model: type[Model] = type(row)
    fields = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    given = {model._meta.get_field(name).attname: value for name, value in changes.items()}  # type: ignore[union-attr]
    plain = {name: value.pk if isinstance(value, Model) else value for name, value in given.items()}
    return model._default_manager.create(**fields | plain)
