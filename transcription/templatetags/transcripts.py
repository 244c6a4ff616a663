"""Transcripts as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from transcription import (
    known_voices,
    parts,
    talk,
)
from transcription.documents import edit_document
from transcription.models import Bookmark, Segment, Speaker, Transcript, TranscriptEdit
from transcription.rewording import shortened

register = template.Library()

COLOURS = 12
FLAGS = {
    "loop": _("repeats itself, may be wrong"),
    "low_confidence": _("hard to hear, may be wrong"),
    "overlap": _("several people speak"),
}


@dataclass(frozen=True)
class Row:
    """A meeting of the list with who spoke in it."""

    meeting: Meeting
    talks: list[talk.Talk]


@register.simple_tag
def with_talk(meetings: Iterable[Meeting]) -> list[Row]:
    """The meetings with the talk time of their speakers, in one query."""
    rows = list(meetings)
    talks = talk.talk_of(meeting.pk for meeting in rows)
    return [Row(meeting, talks.get(meeting.pk, [])) for meeting in rows]


@register.simple_tag
def talk_of(meeting: Meeting) -> list[talk.Talk]:
    """Who spoke how long in one meeting."""
    return talk.talk_of([meeting.pk]).get(meeting.pk, [])


@register.simple_tag
def transcript_of(meeting: Meeting) -> Transcript | None:
    """The transcript that the meeting's page shows."""
    return Transcript.objects.current(meeting)


@register.simple_tag
def suggested_in(meeting: Meeting, transcript: Transcript) -> int:
    """How many voices without a name sound like known ones; for editors of the workspace."""
    transcript.meeting = meeting
    found = known_voices.suggestions_of(transcript)
    return len(found) if found and known_voices.are_known(meeting.workspace_id) else 0


@register.simple_tag
def part_of(transcript: Transcript, is_editor: bool, told: str = "") -> parts.Part:
    """The segments that the page shows at first, or that ``?part=`` names."""
    return parts.part_of(transcript, told, is_editor=is_editor)


@register.simple_tag
def bookmarks_of(meeting: Meeting, person: Any) -> list[Bookmark]:
    """What the person marked, and everybody's comments, as the recording goes."""
    return list(Bookmark.objects.visible_to(person).filter(meeting=meeting).in_order())


@register.filter
def voices_of(transcript: Transcript) -> QuerySet[Speaker]:
    """The speakers in the order in which they were first heard."""
    return transcript.speakers.defer("embedding").order_by("position")


@register.simple_tag
def is_editable(transcript: Transcript | None, meeting: Meeting, may_edit: bool) -> bool:
    """Whether the person may edit the transcript now: it is finished and no job works on it."""
    is_still = not (meeting.job and meeting.job.is_active)
    return bool(may_edit and is_still and transcript and transcript.complete)


@register.filter
def difference(edit: TranscriptEdit) -> SafeString:
    """How a segment's words or a speaker's name read before and after; empty for other edits."""
    names = [
        (edit.before["speakers"][pk].get("name"), fields["name"])
        for pk, fields in edit.after["speakers"].items()
        if "name" in fields
    ]
    if len(names) == 1 and names[0][0] is not None:
        return format_html("<del>{}</del> <ins>{}</ins>", names[0][0] or "—", names[0][1] or "—")
    document = edit_document(edit)
    before, after = document["text_before"], document["text_after"]
    if before is None or edit.action in (edit.Action.SPLIT, edit.Action.MERGED):
        return format_html("")
    return format_html("<del>{}</del> <ins>{}</ins>", *shortened(before, after))


@register.filter
def colour(speaker: Speaker | None) -> str:
    """The class that gives a speaker their colour, the same everywhere."""
    return f"speaker-{speaker.position % COLOURS + 1}" if speaker else "speaker-none"


@register.filter
def number(speaker: Speaker | None) -> str:
    """The number that stands beside the colour."""
    return str(speaker.position + 1) if speaker else "?"


@register.filter
def words(segment: Segment) -> SafeString:
    """The words of a segment, each with its seconds; plain text where there are no words."""
    if not segment.words:
        return format_html("{}", segment.text)
    return format_html_join(" ", '<span data-start="{}" data-end="{}"{}>{}</span>', _spans(segment))


def _spans(segment: Segment) -> Iterable[tuple[Any, ...]]:
    for word in segment.words:
        unsure = word.get("confidence", 1) < parts.UNSURE
        mark = SafeString(' class="unsure"') if unsure else ""
        yield round(word["start"], 2), round(word["end"], 2), mark, word["text"]


@register.filter
def flag_label(flag: str) -> str:
    """A doubt about a segment, in words."""
    return str(FLAGS.get(flag, flag.replace("_", " ")))
