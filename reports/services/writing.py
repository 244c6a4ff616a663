"""The stage report: minutes from the finished transcript, every statement with its evidence."""

from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.module_loading import import_string

from meetings import events
from meetings.errors import StageError
from meetings.models import AttachmentPage, Meeting
from meetings.pipeline import Claim, Commit
from meetings.services import attachments
from reports import grounding
from reports.models import Minutes, Section, Statement
from reports.services import carry_overs, earlier, heads, llm_writing, rows, templates
from reports.writers import base
from reports.writers.outlines.outline import Outline
from transcription.models import Transcript
from transcription.services import transcripts

ATTACHMENT_SECONDS = 60.0
"""How long minutes wait for documents that are still being read."""
ATTACHMENTS_WAITING = "attachments_waiting"
"""A note, with their number: documents that were not read when the minutes were written."""

WRITERS = {"extractive": "reports.writers.extractive.ExtractiveWriter"}


def writer(alias: str = "") -> base.Writer:
    """The writer without a language model called ``alias``, by default the one of the settings."""
    made: base.Writer = import_string(WRITERS[alias or settings.WRITER])()
    return made


def report(claim: Claim) -> Commit:
    """A new version of the minutes of the claim's meeting."""
    transcript = transcripts.finished(claim.meeting_id)
    if transcript is None:
        raise StageError("There is no finished transcript to write minutes from.")
    waiting = attachments.wait_until_read(
        meeting_id=claim.meeting_id, seconds=ATTACHMENT_SECONDS, check=claim.check
    )
    asked = str(claim.options.get("template", ""))
    meeting = talk_of(transcript, template=asked)
    chosen = llm_writing.writer_for(claim, without=writer())
    draft = _told_of(chosen.write(meeting, progress=claim.report), asked, meeting, waiting)
    claim.metrics.update(
        writer=chosen.name, statements=sum(len(s.statements) for s in draft.sections)
    )

    carried = carry_overs.look(meeting_id=claim.meeting_id, talk=meeting)

    def commit() -> None:
        minutes = store(claim, transcript, meeting, draft)
        carry_overs.store(minutes=minutes, talk=meeting, outcomes=carried)
        events.publish(
            claim.meeting_id, {"type": "minutes", "id": str(minutes.pk), "state": minutes.state}
        )

    return commit


def talk_of(transcript: Transcript, *, template: str = "") -> base.Meeting:
    """All that a writer is given of a meeting, with the sections that it is to write.

    ``template``: the one that was asked for; empty: the default of the series or the workspace.
    """
    meeting = Meeting.objects.select_related("series", "workspace").get(pk=transcript.meeting_id)
    return outlined(transcript, meeting, templates.outline_for(meeting, template))


def outlined(transcript: Transcript, meeting: Meeting, outline: Outline) -> base.Meeting:
    """As ``talk_of``, by an outline that is known."""
    lines = earlier.lines_for(meeting, outline)
    return replace(input_of(transcript), outline=outline, earlier=lines)


def input_of(
    transcript: Transcript,
    *,
    only: Collection[int] | None = None,
    pages: Collection[int] = (),
) -> base.Meeting:
    """What a writer is given of a meeting and of what is attached to it.

    Where ``only`` is given, of its segments those, and of its pages those in ``pages``.
    """
    meeting = Meeting.objects.get(pk=transcript.meeting_id)
    speakers = {speaker.label: speaker.display_name for speaker in transcript.speakers.all()}
    segments = transcript.segments.select_related("speaker").order_by("start", "end", "pk")
    if only is not None:
        segments = segments.filter(pk__in=only)
    return base.Meeting(
        segments=tuple(
            base.Segment(
                id=segment.pk,
                start=segment.start,
                end=segment.end,
                speaker=segment.speaker.label if segment.speaker else "",
                text=segment.text,
                language=segment.language,
            )
            for segment in segments
        ),
        speakers=speakers,
        title=meeting.title,
        held_on=timezone.localtime(meeting.held_at).date(),
        language=transcript.language,
        participants=tuple(meeting.participants),
        agenda=tuple(meeting.agenda),
        pages=pages_of(meeting, only=None if only is None else pages),
    )


def pages_of(meeting: Meeting, *, only: Collection[int] | None = None) -> tuple[base.Page, ...]:
    """The pages with text of the meeting's attachments, in order; those in ``only`` if given."""
    if only is not None and not only:
        return ()
    found = AttachmentPage.objects.filter(attachment__meeting=meeting).exclude(text="")
    if only is not None:
        found = found.filter(pk__in=only)
    ordered = found.select_related("attachment").order_by(
        "attachment__created_at", "attachment", "number"
    )
    return tuple(
        base.Page(page.pk, page.attachment.filename, page.number, page.text) for page in ordered
    )


def store(
    claim: Claim, transcript: Transcript, meeting: base.Meeting, draft: base.Draft
) -> Minutes:
    """The draft as rows, each statement with the grounding checker's verdict."""
    latest = Minutes.objects.filter(meeting=transcript.meeting_id).aggregate(n=Max("version"))["n"]
    minutes = Minutes.objects.create(
        meeting_id=transcript.meeting_id,
        transcript=transcript,
        job_id=claim.job_id,
        version=(latest or 0) + 1,
        template=meeting.outline.key,
        language=transcript.language,
        writer=draft.writer,
        notes=list(draft.notes),
        **heads.carried_over(transcript.meeting_id),
    )
    segments = {segment.id: segment for segment in meeting.segments}
    pages = {page.id: page for page in meeting.pages}
    metadata = grounding.metadata_of(meeting)
    for position, section in enumerate(draft.sections):
        row = Section.objects.create(
            minutes=minutes, position=position, kind=section.kind, title=section.title
        )
        for place, statement in enumerate(section.statements):
            verdict = grounding.check(statement, segments, metadata, pages)
            _store_statement(row, place, statement, verdict)
    return minutes


def _told_of(draft: base.Draft, asked: str, meeting: base.Meeting, waiting: int) -> base.Draft:
    """With notes: another template had to do than was asked for; documents were not read yet."""
    notes = list(draft.notes)
    if asked and asked != meeting.outline.key:
        notes.append(templates.GONE)
    if waiting:
        notes.append(f"{ATTACHMENTS_WAITING}:{waiting}")
    return replace(draft, notes=tuple(notes))


def _store_statement(
    section: Section, position: int, statement: base.Statement, checked: grounding.Verdict
) -> None:
    row = Statement.objects.create(
        section=section,
        position=position,
        kind=statement.kind,
        text=statement.text,
        assignee=statement.assignee[:150],
        due_text=statement.due_text[:150],
        due=statement.due,
        duration=statement.duration,
        speakers=rows.spoken(statement),
        verdict=checked.verdict,
        reason=checked.reason,
    )
    rows.cite(row, statement.evidence)
