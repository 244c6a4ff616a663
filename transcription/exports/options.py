"""What an export says besides the transcript, and how much of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext

from transcription.exports.cues import LINE

Document = Mapping[str, Any]
"""A transcript as ``transcription.documents`` makes it."""


class Times(StrEnum):
    """Where texts tell the time; formats that are made of times have them all the same."""

    NONE = "none"
    PARAGRAPH = "paragraph"
    SEGMENT = "segment"


@dataclass(frozen=True)
class Options:
    """``recording``: the file's name without its ending; each format heeds what it can show."""

    title: str
    held_at: datetime
    recording: str
    speakers: bool = True
    times: Times = Times.PARAGRAPH
    paragraphs: bool = True
    """Whether what one speaker says in a row is joined; else each segment stands alone."""
    marks: bool = False
    """Whether words of which the engine was unsure are marked."""
    words: bool = True
    """Whether JSON has each word with its time."""
    line: int = LINE
    """Characters of a line of subtitles."""
    remark: str = ""
    """What readers must know of the recording: that it is gone."""


def nothing_said(document: Document) -> str:
    """The sentence that stands where there are no segments."""
    if document["complete"]:
        return gettext("Nothing was said in this recording.")
    return gettext("Nothing has been recognised yet.")


def speaker_names(document: Document) -> dict[str, str]:
    """Names by label."""
    return {speaker["label"]: speaker["name"] for speaker in document["speakers"]}


def clock(seconds: float, separator: str = "") -> str:
    """``HH:MM:SS`` of a position, cut; with a separator, milliseconds rounded behind it."""
    millis = max(0, round(seconds * 1000))
    if not separator:
        millis -= millis % 1000
    minutes, millis = divmod(millis, 60_000)
    hours, minutes = divmod(minutes, 60)
    whole, rest = divmod(millis, 1000)
    fraction = f"{separator}{rest:03}" if separator else ""
    return f"{hours:02}:{minutes:02}:{whole:02}{fraction}"
