"""What an export holds of a workspace, a meeting and a person, file by file."""

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts.models import User, Workspace
from meetings import storage
from meetings.models import Meeting
from meetings.services import recordings
from reports.archives.bundle import Bundle
from reports.archives.names import harmless
from reports.archives.tables import OF_MEETING, OF_PERSON, OF_WORKSPACE, SECRETS, SHARED
from reports.errors import NotRendered
from reports.models import Minutes
from reports.services import exporting
from reports.services.exporting import Asked
from transcription import exports
from transcription.documents import transcript_document
from transcription.models import Transcript

AT_ONCE = 500
"""Rows that are held in memory."""

TRANSCRIPTS = ("txt", "srt", "json")
TEXTS = ("json", "md")
PAPERS = ("docx", "pdf")


def add_person(bundle: Bundle, person: User) -> None:
    """Account, memberships, keys by name, sign-ins, and what the person wrote elsewhere."""
    _add_rows(bundle, "account", OF_PERSON, person.pk)


def add_workspace(bundle: Bundle, workspace: Workspace) -> None:
    """The workspace's own rows, and who its people are."""
    _add_rows(bundle, "workspace", OF_WORKSPACE, workspace.pk)
    people = workspace.memberships.by_name()
    bundle.add_json(
        "workspace/people.json",
        [
            {"id": m.user_id, "name": m.user.name, "email": m.user.email, "role": m.role}
            for m in people
        ],
    )


def add_meeting(bundle: Bundle, meeting: Meeting, number: int) -> None:
    """A folder: rows, transcript, every version of the minutes, recording, attachments."""
    day = timezone.localtime(meeting.held_at).strftime("%Y-%m-%d")
    folder = f"meetings/{number:05} {day} {harmless(meeting.title, 'meeting')[:60].strip()}"
    _add_rows(bundle, f"{folder}/rows", OF_MEETING, meeting.pk)
    _add_transcript(bundle, folder, meeting)
    newest = True
    for minutes in Minutes.objects.with_content().filter(meeting=meeting).order_by("-version"):
        minutes.meeting = meeting
        _add_minutes(bundle, folder, minutes, with_papers=newest or minutes.is_approved)
        newest = False
    _add_objects(bundle, folder, meeting)


def _add_rows(bundle: Bundle, folder: str, tables: Mapping[str, str], value: Any) -> None:
    for label, path in tables.items():
        model = apps.get_model(label)
        hidden = SECRETS.get(label, ())
        names = [f.attname for f in model._meta.concrete_fields if f.name not in hidden]
        shared = {SHARED[label]: True} if tables is OF_MEETING and label in SHARED else {}
        rows = model._base_manager.filter(**{path: value}, **shared).order_by("pk").values(*names)
        if rows.exists():
            bundle.add(f"{folder}/{label}.jsonl", _lines(rows))


def _lines(rows: Any) -> Iterator[bytes]:
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False).encode() + b"\n"


def _add_transcript(bundle: Bundle, folder: str, meeting: Meeting) -> None:
    transcript = Transcript.objects.current(meeting)
    if transcript is None:
        return
    recording = getattr(meeting, "recording", None)
    options = exports.Options(
        title=meeting.title,
        held_at=timezone.localtime(meeting.held_at),
        recording=PurePath(recording.filename).stem if recording else "",
        remark=recordings.remark(recording),
    )
    document = transcript_document(transcript)
    for name in TRANSCRIPTS:
        text = exports.FORMATS[name].write(document, options)
        bundle.add(f"{folder}/transcript.{name}", [text.encode()])


def _add_minutes(bundle: Bundle, folder: str, minutes: Minutes, *, with_papers: bool) -> None:
    for name in (*TEXTS, *(PAPERS if with_papers else ())):
        path = f"{folder}/minutes-v{minutes.version}.{name}"
        try:
            file = exporting.export(minutes, Asked(name))
        except NotRendered:
            bundle.leave_out(path, "could not be made")
        else:
            bundle.add(path, [file.content], packed=name in TEXTS)
    approval = getattr(minutes, "approval", None)
    if approval is not None:
        path = f"{folder}/approved-v{minutes.version}.json"
        bundle.add(path, [approval.content.encode()])


def _add_objects(bundle: Bundle, folder: str, meeting: Meeting) -> None:
    recording = getattr(meeting, "recording", None)
    if recording is not None:
        name = harmless(recording.filename, "recording")
        if recording.deleted_at:
            bundle.leave_out(f"{folder}/recording/{name}", "deleted by the workspace's rule")
        else:
            _add_object(bundle, f"{folder}/recording/{name}", recording.key)
    for paper in meeting.attachments.order_by("created_at", "pk"):
        path = f"{folder}/attachments/{harmless(paper.filename, 'attachment')}"
        _add_object(bundle, path, paper.key)


def _add_object(bundle: Bundle, path: str, key: str) -> None:
    """An object as it was uploaded; one that is missing is told of, a store that is away is not."""
    chunks = storage.chunks_of(key)
    if chunks is None:
        bundle.leave_out(path, "missing in the store")
    else:
        bundle.add(path, chunks, packed=False)
