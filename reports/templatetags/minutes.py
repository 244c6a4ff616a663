"""Minutes as the pages show them."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.papers import label
from reports import desk, grounding
from reports.documents import minutes as minutes_documents
from reports.documents.minutes import carried_of, minutes_document
from reports.models import ActionItem, CarriedItem, Comment, Evidence, Minutes, Statement
from reports.moments import moment_of
from reports.notes import llm_note
from reports.services import templates
from reports.services.kept_edits import EDITS_KEPT
from reports.services.templates import GONE
from reports.writers.base import AGENDA_NOT_REACHED
from reports.writers.outlines.shipped import MINUTES

register = template.Library()

REASONS = {
    grounding.NO_EVIDENCE: _("nothing in the recording is cited"),
    grounding.SEGMENT_MISSING: _("the cited words are not in the transcript"),
    grounding.QUOTE_NOT_IN_SEGMENT: _("the cited words are not in the transcript"),
    grounding.PAGE_MISSING: _("the cited words are not in the attachment"),
    grounding.QUOTE_NOT_ON_PAGE: _("the cited words are not in the attachment"),
    grounding.NUMBER_NOT_IN_EVIDENCE: _("a number does not occur in the cited words"),
    grounding.DATE_NOT_IN_EVIDENCE: _("a date does not occur in the cited words"),
    grounding.NAME_NOT_IN_EVIDENCE: _("a name does not occur in the cited words"),
    grounding.ASSIGNEE_NOT_CHARGED: _("the cited words do not charge this person"),
    grounding.OTHER_MATTER: _("the cited words are about something else"),
    grounding.CONTRADICTED: _("the cited words say the contrary"),
    grounding.NOT_DECIDED: _("the cited words decide nothing"),
}
"""Why a statement is unverified, in words."""

CHANGES = {
    "added": _("added"),
    "dropped": _("dropped"),
    "changed": _("changed"),
    "moved": _("moved"),
}
FIELDS = {
    "text": _("text"),
    "kind": _("kind"),
    "assignee": _("who"),
    "due_text": _("until"),
    "due": _("until"),
    "evidence": _("evidence"),
}


@register.simple_tag
def minutes_of(meeting: Meeting, version: str = "") -> Minutes | None:
    """The version that the meeting's page shows: the one of that number, else the newest."""
    found = None
    if version.isdecimal() and len(version) < 7:
        found = Minutes.objects.filter(meeting=meeting, version=version).with_content().first()
    found = found or Minutes.objects.current(meeting)
    if found is not None:
        found.meeting = meeting
    return found


@register.simple_tag
def desk_of(minutes: Minutes, person: Any, may_edit: bool) -> desk.Desk:
    """What the person may do with the version, and what others said about it."""
    return desk.desk_of(minutes, person, may_edit=may_edit)


@register.simple_tag
def reading_desk_of(minutes: Minutes) -> desk.Desk:
    """The desk of who only reads the version, and nothing that was said about it."""
    return desk.Desk(
        minutes, may_edit=False, versions=[minutes], reviews=[], candidates=[], comments=[]
    )


@register.filter
def remarks_on(of: desk.Desk, statement: Statement) -> list[Comment]:
    """The comments on a statement."""
    return of.remarks.get(str(statement.lineage), [])


@register.filter
def change_label(change: str) -> str:
    """What became of a statement between two versions, in words."""
    return str(CHANGES[change])


@register.filter
def field_label(name: str) -> str:
    """A field of a statement, in words."""
    return str(FIELDS.get(name, name))


@register.filter
def support(minutes: Minutes) -> dict[str, int]:
    """How many statements there are, how many of them supported."""
    counts: dict[str, Any] = minutes_document(minutes)["support"]
    return counts


@register.simple_tag
def templates_for(meeting: Meeting, person: Any) -> list[tuple[str, str]]:
    """The templates that new minutes of the meeting can be written by."""
    return templates.choices(person, meeting.workspace_id)


@register.simple_tag
def layout_of(minutes: Minutes) -> str:
    """The form in which minutes by this template are handed out."""
    return templates.layout_of(minutes.template, minutes.meeting.workspace_id)


@register.filter
def template_name(minutes: Minutes) -> str:
    """What the template is called; nothing for ordinary minutes and where it is gone."""
    if minutes.template == MINUTES.key:
        return ""
    outline = templates.find(minutes.template, minutes.meeting.workspace_id)
    return outline.name((get_language() or "en")[:2]) if outline else ""


@register.filter
def reason_label(reason: str) -> str:
    """A reason of the grounding checker, in words."""
    return str(REASONS.get(reason, reason.replace("_", " ")))


@register.filter
def talk_shares(statement: Statement) -> list[dict[str, Any]]:
    """Who spoke to a topic: ``name`` as people see it, and ``percent`` of what was spoken."""
    people = statement.section.minutes.transcript.speakers.all()
    names = {speaker.label: speaker.display_name for speaker in people}
    return [
        {"name": names.get(spoke["speaker"], ""), "percent": round(100 * spoke["share"])}
        for spoke in minutes_documents.talk_shares(statement)
        if names.get(spoke["speaker"])
    ]


@register.filter
def missed_items(minutes: Minutes) -> list[dict[str, Any]]:
    """Items of the agenda that were not reached, ``number`` and ``title``."""
    return minutes_documents.not_reached(minutes)


@register.filter
def head_notes(minutes: Minutes) -> list[str]:
    """What the reader must know before reading; items not reached stand under the topics."""
    return [note_label(note) for note in minutes.notes if not note.startswith(AGENDA_NOT_REACHED)]


@register.filter
def note_label(note: str) -> str:
    """A writer's note, in words; codes carry their facts behind a colon."""
    code, _colon, facts = note.partition(":")
    if code == AGENDA_NOT_REACHED:
        numbers = facts.replace(",", ", ")
        return gettext("Not reached of the agenda: items %(numbers)s") % {"numbers": numbers}
    if code == EDITS_KEPT:
        count = int(facts)
        told = ngettext(
            "%(count)s statement is as people left it in the version before.",
            "%(count)s statements are as people left them in the version before.",
            count,
        )
        return told % {"count": count}
    if code == GONE:
        return gettext("The template that was chosen is no longer there, so another was taken.")
    if code == "empty_transcript":
        return gettext("Nothing was said, so there is nothing to write down.")
    return llm_note(code, facts) or code.replace("_", " ")


@register.simple_tag
def carried_in(minutes: Minutes) -> dict[int, CarriedItem]:
    """What became of earlier meetings' items, by statement."""
    return {statement.pk: carried for statement, carried in carried_of(minutes)}


@register.filter
def of_statement(carried: dict[int, CarriedItem], statement: Any) -> CarriedItem | None:
    """The one that a statement tells of."""
    return carried.get(statement.pk)


@register.filter
def paper_label(evidence: Evidence) -> str:
    """Where words stand that were not said: ``Смета.pdf, с. 3``."""
    page = evidence.page
    return label(page.attachment.filename, page.attachment.unit, page.number) if page else ""


@register.simple_tag
def evidence_address(evidence: Evidence) -> str:
    """The page of the attachment, on which the quoted words are marked."""
    page = evidence.page
    if page is None:
        return ""
    where = reverse("meetings:attachment", args=[page.attachment.meeting_id, page.attachment_id])
    return f"{where}?{urlencode({'page': str(page.number), 'quote': evidence.quote})}"


@register.filter
def moment(item: ActionItem) -> Evidence | None:
    """When an item was said, in its own meeting."""
    return moment_of(item)
