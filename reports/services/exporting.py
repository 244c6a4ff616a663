"""Minutes as files: what is exported is gathered here, and made outside of the web process."""

import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone, translation

from accounts.acts import Act
from accounts.services import audit
from meetings.media import sandbox
from meetings.models import Meeting
from meetings.services import recordings
from reports.documents.minutes import minutes_document
from reports.errors import NotRendered
from reports.exports import formats
from reports.exports.facts import Facts, Options, Participant, Turn
from reports.models import Minutes
from reports.services import templates
from reports.templatetags.minutes import note_label, reason_label
from reports.writers.outlines.outline import Outline
from transcription.models import Speaker

CHILD = (sys.executable, "-B", "-E", "-s", "-m", "reports.exports.render")
LIMITS = sandbox.Limits(cpu=60, memory=2 << 30, file_size=0)
SECONDS = 90.0
"""Within which a file is made, however long the meeting was."""

AT_ONCE = threading.BoundedSemaphore(2)
"""Files that one process lets be made at a time; more wait for their turn."""

NOT_REACHED = "agenda_not_reached:"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Asked:
    """The file wanted; ``language`` empty is that of the minutes."""

    format: str
    layout: str = ""
    """Empty: that of the template."""
    language: str = ""
    transcript: bool = False


@dataclass(frozen=True)
class File:
    """A finished file and the name it is saved under."""

    name: str
    content_type: str
    content: bytes


def export(minutes: Minutes, asked: Asked) -> File:
    """The file; NotRendered if it cannot be made within its limits.

    ``minutes``: with content, see ``MinutesQuerySet.with_content``.
    """
    document = minutes_document(minutes)
    language = formats.language_of(document, asked.language)
    outline = templates.find(minutes.template, minutes.meeting.workspace_id)
    layout = asked.layout or (outline.layout if outline else "minutes")
    options = Options(layout, language, asked.transcript)
    if outline and language != minutes.language:
        document |= {"sections": _retitled(document["sections"], outline, language)}
    with translation.override(language):
        facts = facts_of(minutes)
        if asked.format != "json":
            document = _in_words(document, _names(minutes))
            remark = recordings.remark(getattr(minutes.meeting, "recording", None))
            document["notes"] += [remark] if remark else []
    chosen = formats.FORMATS[asked.format]
    return File(
        f"{_name(minutes.meeting, layout)}.{asked.format}",
        chosen.content_type,
        _content(document, facts, options, asked.format),
    )


def note(minutes: Minutes, asked: Asked) -> None:
    """Keep in the audit log that the caller has got the file."""
    audit.record(
        Act.MINUTES_EXPORTED,
        of=minutes.meeting,
        version=minutes.version,
        format=asked.format,
        transcript=asked.transcript,
    )


def _content(document: dict[str, Any], facts: Facts, options: Options, name: str) -> bytes:
    if name == "json":
        return formats.as_data(document, facts, options)
    sheet = formats.lay_out(document, facts, options)
    if not formats.FORMATS[name].rendered:
        return formats.as_markdown(sheet)
    return _rendered(formats.rendering(sheet), name)


def _retitled(
    sections: list[dict[str, Any]], outline: Outline, language: str
) -> list[dict[str, Any]]:
    """Headings in the language of the export, where the template has them."""
    told = {
        (part.kind, title): part.title(language)
        for part in outline.parts
        for title in part.titles.values()
    }
    return [s | {"title": told.get((s["kind"], s["title"]), s["title"])} for s in sections]


def _name(meeting: Meeting, layout: str) -> str:
    """The meeting's title, cut to what file systems take; protocols say that they are."""
    title = " ".join(meeting.title.replace("/", " ").split())[:80].strip(". ") or "minutes"
    return f"{title} — protocol" if layout == "protocol" else title


def _rendered(given: bytes, name: str) -> bytes:
    """What the process of ``reports.exports.render`` makes of a sheet."""
    made = bytearray()
    if not AT_ONCE.acquire(timeout=SECONDS):
        raise NotRendered
    try:
        with tempfile.NamedTemporaryFile(dir=settings.TEMP_DIR, prefix="export-") as file:
            file.write(given)
            file.flush()
            ended = sandbox.run(
                [*CHILD, name],
                given=Path(file.name),
                limits=LIMITS,
                timeout=SECONDS,
                on_output=made.extend,
            )
    finally:
        AT_ONCE.release()
    if ended.returncode or ended.timed_out or not made:
        log.error("not_rendered", format=name, status=ended.returncode, told=ended.stderr[-2000:])
        raise NotRendered
    return bytes(made)


def facts_of(minutes: Minutes) -> Facts:
    """What the document does not say; numbered speakers are called in the active language."""
    meeting = minutes.meeting
    speakers = list(minutes.transcript.speakers.defer("embedding"))
    names = {speaker.pk: speaker.display_name for speaker in speakers}
    rows = minutes.transcript.segments.order_by("start", "end", "pk")
    turns = []
    seconds = dict.fromkeys(names, 0.0)
    for start, end, speaker, text in rows.values_list("start", "end", "speaker_id", "text"):
        turns.append(Turn(start, end, names.get(speaker or 0, ""), text))
        if speaker in seconds:
            seconds[speaker] += end - start
    return Facts(
        title=meeting.title,
        held_at=timezone.localtime(meeting.held_at),
        duration=minutes.transcript.duration or meeting.recording.duration,
        organization=_organization(meeting),
        place=minutes.place,
        chair=minutes.chair,
        secretary=minutes.secretary,
        participants=tuple(participants(speakers, seconds, meeting.participants)),
        agenda=tuple(meeting.agenda),
        not_reached=tuple(_not_reached(minutes.notes)),
        turns=tuple(turns),
    )


def _organization(meeting: Meeting) -> str:
    """The workspace, unless it is one person's or the reader knows nothing of it."""
    is_told = not (meeting.workspace.personal or meeting.shown_alone)
    return meeting.workspace.name if is_told else ""


def participants(
    speakers: Iterable[Speaker], seconds: Mapping[int, float], told: Iterable[str]
) -> list[Participant]:
    """Who spoke, with ``seconds`` by speaker, then who is said to have been there besides.

    A voice whose name stands in exactly one of the ``told`` is that person, called as there.
    """
    left = list(dict.fromkeys(name for name in told if name.strip()))
    found = []
    for speaker in speakers:
        same = [name for name in left if speaker.name and _is_named(speaker.name, name)]
        name = speaker.display_name
        if len(same) == 1:
            left.remove(same[0])
            name = same[0]
        found.append(Participant(name, seconds.get(speaker.pk, 0.0), named=bool(speaker.name)))
    return [*found, *(Participant(name) for name in left)]


def _is_named(name: str, told: str) -> bool:
    return set(_words(name)) <= set(_words(told))


def _words(text: str) -> list[str]:
    return text.casefold().replace("ё", "е").replace(",", " ").split()


def _not_reached(notes: Iterable[str]) -> Iterable[int]:
    for note in notes:
        if note.startswith(NOT_REACHED):
            facts = note.removeprefix(NOT_REACHED).split(",")
            yield from (int(number) for number in facts if number.isdecimal())


def _names(minutes: Minutes) -> dict[str, str]:
    """Label of a voice → its name in the active language."""
    return {voice.label: voice.display_name for voice in minutes.transcript.speakers.all()}


def _in_words(document: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The document with notes, reasons and voices as the active language says them."""
    sections = [
        section | {"statements": [_statement(s, names) for s in section["statements"]]}
        for section in document["sections"]
    ]
    created = timezone.localtime(document["created_at"]).isoformat(timespec="seconds")
    notes = [note_label(note) for note in document["notes"]]
    return document | {"sections": sections, "notes": notes, "created_at": created}


def _statement(statement: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    spoke = [
        s | {"name": names[s["speaker"]]} for s in statement["speakers"] if s["speaker"] in names
    ]
    reason = reason_label(statement["reason"]) if statement["reason"] else ""
    return statement | {"reason": reason, "speakers": spoke}
