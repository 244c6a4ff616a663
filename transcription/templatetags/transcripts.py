"""Transcripts as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from transcription import talk
from transcription.models import Segment, Speaker, Transcript

register = template.Library()

COLOURS = 12
UNSURE = 0.5
"""Words with a lower confidence are marked."""
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


@register.filter
def segments_of(transcript: Transcript) -> list[Segment]:
    """All segments in the order of the recording, with their speakers."""
    speakers = {speaker.pk: speaker for speaker in transcript.speakers.defer("embedding")}
    segments = list(transcript.segments.order_by("start", "end", "pk"))
    for segment in segments:
        segment.speaker = speakers.get(segment.speaker_id or 0)
    return segments


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
        unsure = word.get("confidence", 1) < UNSURE
        mark = SafeString(' class="unsure"') if unsure else ""
        yield round(word["start"], 2), round(word["end"], 2), mark, word["text"]


@register.filter
def flag_label(flag: str) -> str:
    """A doubt about a segment, in words."""
    return str(FLAGS.get(flag, flag.replace("_", " ")))
