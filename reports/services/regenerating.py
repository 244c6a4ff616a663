"""A draft written anew in part or as a whole; what people edited stays unless they say otherwise.

The writer always reads the whole transcript of the version; of what it writes, only what was asked
for is taken. Statements are found again by ``matching`` and keep their lineage and their place.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from meetings.errors import StageError
from meetings.models import Job
from meetings.pipeline import Claim, Commit
from meetings.services import processing
from reports.errors import EditedByPeople
from reports.matching import matches
from reports.models import Edit, Minutes, Section, Statement
from reports.services import drafts, lineages, llm_writing, rows, verdicts, writing
from reports.writers import base

OPTION = "regenerate"
NOT_A_DRAFT = "These minutes are no longer a draft, so nothing was written anew."


@dataclass(frozen=True)
class Scope:
    """What is written anew: one statement, one section, or all of a version."""

    minutes: str
    statement: str = ""
    """The lineage; empty for more than one statement."""
    section: int | None = None
    overwrite: bool = False
    """Whether what people edited is replaced as well."""

    def has(self, row: Statement) -> bool:
        """Whether ``row`` is to be written anew."""
        if self.statement:
            return str(row.lineage) == self.statement
        return self.section is None or row.section_id == self.section

    def replaces(self, row: Statement) -> bool:
        """Whether ``row`` may be replaced or dropped."""
        return self.has(row) and (self.overwrite or row.edited_at is None)


@transaction.atomic
def ask(*, minutes: Minutes, by: User, scope: Scope) -> Job:
    """A job that writes ``scope`` anew.

    EditedByPeople for a single statement that a person edited, unless it may be overwritten;
    Frozen or InReview where the version is no draft; JobIsRunning where the meeting is busy.
    """
    # Not held: the end of a job holds its rows first and the version after them.
    draft = Minutes.objects.select_related("meeting").get(pk=minutes.pk)
    drafts.must_be_draft(draft)
    if scope.statement:
        row = Statement.objects.filter(section__minutes=draft, lineage=scope.statement).first()
        if row is not None and not scope.replaces(row):
            raise EditedByPeople
    return processing.process(
        meeting=draft.meeting,
        by=by,
        from_stage="report",
        options={"template": draft.template, OPTION: asdict(scope)},
    )


def regenerate(claim: Claim) -> Commit:
    """The stage report of such a job."""
    scope = Scope(**claim.options[OPTION])
    minutes = Minutes.objects.select_related("transcript").filter(pk=scope.minutes).first()
    if minutes is None or not minutes.is_draft:
        raise StageError(NOT_A_DRAFT)
    writer = llm_writing.writer_for(claim, without=writing.writer())
    talk = writing.talk_of(minutes.transcript, template=minutes.template)
    written = writer.write(talk, progress=claim.report)

    def commit() -> None:
        draft = drafts.held(scope.minutes)
        if not draft.is_draft:
            raise StageError(NOT_A_DRAFT)
        by = Job.objects.select_related("created_by").get(pk=claim.job_id).created_by
        claim.metrics["regenerated"] = take(draft, written, scope, by=by)
        drafts.changed(draft)

    return commit


def take(draft: Minutes, written: base.Draft, scope: Scope, *, by: User | None) -> int:
    """Put what was ``written`` into the draft as far as ``scope`` goes; how many rows changed."""
    old = lineages.statements_of(draft)
    new = [(section, value) for section in written.sections for value in section.statements]
    known = [
        *lineages.said_in_rows(old),
        *lineages.said_in_history(lineages.dropped_from(draft)),
    ]
    pairs = matches(known, [lineages.said(value) for _section, value in new])
    checked = verdicts.check(draft.transcript, [value for _section, value in new])
    changed = 0
    at: dict[int, Statement] = {}
    gone: list[Statement] = []
    for index, row in enumerate(old):
        became = pairs.get(index)
        if became is not None:
            at[became] = row
        if not scope.replaces(row):
            continue
        if became is not None:
            changed += _rewrite(row, new[became][1], checked[became], by)
        elif not scope.statement:
            gone.append(row)
    for row in gone:
        drafts.note(row, Edit.Action.REGENERATED, by, drafts.snapshot(row))
        rows.take_out(row)
    if scope.statement:
        return changed
    changed += len(gone)
    unknown = [k for k in range(len(new)) if k not in pairs.values()]
    return changed + _insert(draft, new, checked, unknown, at, scope)


def _rewrite(row: Statement, value: base.Statement, checked: Any, by: User | None) -> int:
    """Replace what a row says; one that says so already is only no longer stale."""
    if verdicts.value_of(row) == value and row.edited_at is None:
        Statement.objects.filter(pk=row.pk).update(
            stale=False, verdict=checked.verdict, reason=checked.reason
        )
        return 0
    drafts.note(row, Edit.Action.REGENERATED, by, drafts.snapshot(row))
    rows.write(row, value, None, checked)
    return 1


def _insert(
    draft: Minutes,
    new: Sequence[tuple[base.Section, base.Statement]],
    checked: Sequence[Any],
    unknown: Sequence[int],
    at: dict[int, Statement],
    scope: Scope,
) -> int:
    """Add what was not there before, each behind what the writer wrote before it."""
    added = 0
    for k in unknown:
        section = rows.section_for(draft, new[k][0].kind, new[k][0].title)
        if scope.section is not None and section.pk != scope.section:
            continue
        row = Statement(section=section)
        rows.write(row, new[k][1], None, checked[k])
        rows.put(row, section, _behind(section, at.get(k - 1)))
        at[k] = row
        added += 1
    return added


def _behind(section: Section, before: Statement | None) -> int | None:
    """The position behind ``before``; the end where that stands elsewhere or nowhere."""
    if before is None or before.section_id != section.pk:
        return None
    found = section.statements.filter(pk=before.pk).values_list("position", flat=True).first()
    return None if found is None else found + 1
