"""A word that is put everywhere a meeting's words stand, and looked for afterwards."""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from accounts.models import User
from meetings import storage
from meetings.models import IdempotencyKey, Meeting, Notification, Operation, OutboxMessage
from meetings.services import sharing
from reports.models import (
    Comment,
    Delivery,
    Edit,
    LlmCall,
    Mailing,
    Minutes,
    ReviewMail,
    TemplatePreview,
)
from reports.services import approving
from tests.factories import (
    ActionItemFactory,
    AttachmentFactory,
    AttemptFactory,
    JobFactory,
    KnownVoiceFactory,
    MeetingFactory,
    MinutesFactory,
    ReminderFactory,
    TranscriptFactory,
)
from transcription.models import TranscriptEdit, Turn, VoiceRefusal, VoiceSample, Window

WORD = "kanarienvogel"

OF_THE_WORKSPACE = {
    *("Series", "Template", "DefaultTemplate", "LanguageModel", "CalendarFeed"),
    *("VoiceRule", "KnownVoice"),
    *("ProtocolNumber", "Deletion", "StrayMessage", "IdempotencyKey"),
}
"""What is no meeting's."""

OUTLIVES = {"Operation": {"subject"}, "LlmCall": {"said"}}
"""Histories that stay, and which of their fields may hold words of a meeting."""

KEPT_TITLES = {"accounts_auditentry"}
"""What the audit log tells of whom outlives it: titles as they were, for AUDIT_DAYS."""


def stained_meeting(owner: User, **fields: Any) -> Meeting:
    """A meeting with a row of every kind and objects, the word in every text of them."""
    meeting = MeetingFactory.create(owner=owner, **fields)
    job = JobFactory.create(meeting=meeting, done=True)
    minutes = MinutesFactory.create(transcript=TranscriptFactory(job=job))
    approving.send(minutes=minutes, by=owner, reviewers=[owner.pk])
    approving.approve(minutes=minutes, by=owner)
    _around(meeting, minutes, owner)
    _stain()
    rows = [meeting.pk, minutes.pk]
    for number, pk in enumerate(rows):
        IdempotencyKey.objects.create(
            user=owner, key=f"k{number}", body={"id": str(pk), "title": WORD}, location="/x/"
        )
    segment = minutes.transcript.segments.earliest("pk")
    statement = minutes.sections.earliest("pk").statements.earliest("pk")
    comment = minutes.comments.earliest("pk")
    for kind, one in (("segments", segment), ("statements", statement), ("comments", comment)):
        IdempotencyKey.objects.create(
            user=owner, key=kind, body={"text": WORD}, location=f"/api/v1/{kind}/{one.pk}/"
        )
    LogEntry.objects.log_actions(
        owner.pk, Meeting.objects.filter(pk=meeting.pk), 2, change_message=WORD, single_object=True
    )
    _objects(meeting)
    return Meeting.objects.get(pk=meeting.pk)


def _around(meeting: Meeting, minutes: Minutes, owner: User) -> None:
    stage = minutes.transcript.job.stages.earliest("position")
    AttemptFactory(stage=stage, outcome="failed", traceback="x")
    OutboxMessage.objects.create(job=stage.job, run=1)
    Notification.objects.create(job=stage.job, run=1, kind="succeeded", recipient=owner)
    Operation.objects.create(operator="root", source="terminal", action="replay", job=stage.job)
    speaker = minutes.transcript.speakers.earliest("position")
    Turn.objects.create(transcript=minutes.transcript, speaker=speaker, start=0, end=1)
    Window.objects.create(transcript=minutes.transcript, index=0, start=0, end=1, words=[])
    TranscriptEdit.objects.create(transcript=minutes.transcript, number=1, action="text", by=owner)
    known = KnownVoiceFactory.create(workspace=meeting.workspace, name=WORD)
    VoiceSample.objects.create(voice=known, speaker=speaker, vector=known.vector, seconds=9)
    VoiceRefusal.objects.create(voice=known, speaker=speaker)
    ReminderFactory(item=ActionItemFactory(meeting=meeting), recipient=owner)
    AttachmentFactory(meeting=meeting, pages=("x",))
    Comment.objects.create(minutes=minutes, author=owner, text="x")
    Edit.objects.create(minutes=minutes, lineage=meeting.pk, action="changed", by=owner)
    mailing = Mailing.objects.create(minutes=minutes, format="pdf", layout="minutes", subject="x")
    Delivery.objects.create(mailing=mailing, address="anna@example.org")
    ReviewMail.objects.create(minutes=minutes, round=1, kind="asked", recipient=owner)
    TemplatePreview.objects.create(meeting=meeting, asked_by=owner, sections=[])
    LlmCall.objects.create(
        workspace=meeting.workspace, meeting=meeting, provider="x", outcome="ok", seconds=1
    )
    sharing.make_link(meeting=meeting, by=owner, days=1)


def _stain() -> None:
    """The word in every text and every JSON of every row that is there."""
    for label in ("meetings", "transcription", "reports"):
        for model in apps.get_app_config(label).get_models():
            if model.__name__ not in OF_THE_WORKSPACE and not model._meta.proxy:
                _stain_rows(model)


def _stain_rows(model: Any) -> None:
    for field in model._meta.concrete_fields:
        if field.name not in OUTLIVES.get(model.__name__, {field.name}):
            continue
        is_text = isinstance(field, models.CharField | models.TextField)
        is_free = not (field.choices or field.unique or field.name in ("name", "provider"))
        fits = field.max_length is None or field.max_length >= len(WORD)
        if is_text and is_free and fits and "key" not in field.name:
            _write(model, field.name, WORD)
        if isinstance(field, models.JSONField):
            _write(model, field.name, [WORD])


def _write(model: Any, name: str, value: Any) -> None:
    """Where the data may hold it."""
    with suppress(IntegrityError), transaction.atomic():
        model._base_manager.update(**{name: value})


def _objects(meeting: Meeting) -> None:
    recording = meeting.recording
    recording.audio_key = storage.output_key(meeting.pk, "convert", "t", "audio.flac")
    recording.rendition_key = storage.output_key(meeting.pk, "convert", "t", "player.m4a")
    recording.peaks_key = storage.output_key(meeting.pk, "convert", "t", "peaks.json")
    recording.filename = f"{WORD}.ogg"
    recording.save()
    keys = [
        *(recording.key, recording.audio_key, recording.rendition_key, recording.peaks_key),
        *meeting.attachments.values_list("key", flat=True),
        storage.output_key(meeting.pk, "diarize", "lost", "voices.npz"),
    ]
    for key in keys:
        default_storage.save(key, ContentFile(WORD.encode()))


def found_in_database() -> list[str]:
    """The tables in which the word stands, in whatever column."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - KEPT_TITLES
        return [table for table in sorted(tables) if _stands_in(cursor, table)]


def _stands_in(cursor: Any, table: str) -> bool:
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT EXISTS (SELECT FROM {name} t WHERE t::text ILIKE %s)", [f"%{WORD}%"])
    return bool(cursor.fetchone()[0])


def found_in_store(prefix: str = "") -> list[str]:
    """The keys of objects that hold the word."""
    return [
        stored.key
        for stored in storage.objects_under(prefix)
        if WORD.encode() in storage.get_bytes(stored.key)
    ]
