"""Recordings that go while transcript and minutes stay."""

from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.acts import Act
from accounts.services import audit
from meetings import storage
from meetings.models import Deletion, Job, Meeting, Recording, StageRun
from meetings.services import deletion
from meetings.signals import recording_going

ATTACHMENTS = "attachment-"
"""What the names of documents begin with, which stay."""

log = structlog.get_logger(__name__)


def dropped(meeting_id: Any, cause: Deletion.Cause, *, among: QuerySet[Meeting]) -> bool:
    """Whether the recording went, with all that was made of its sound and holds no word.

    Not while a job works on it, nor where it is not ``among`` any more. The upload, the audio for
    the models, the player's rendition, the waveform, and the voices' embeddings go.
    """
    try:
        return _drop(meeting_id, cause, among)
    except DatabaseError as error:
        log.error("recording_not_deleted", meeting=str(meeting_id), error=str(error))
        return False


@transaction.atomic
def _drop(meeting_id: Any, cause: Deletion.Cause, among: QuerySet[Meeting]) -> bool:
    held = among.select_for_update(of=("self",)).filter(pk=meeting_id).first()
    if held is None or Job.objects.filter(meeting=held, state__in=Job.ACTIVE).exists():
        return False
    Recording.objects.filter(meeting=held).update(
        key=f"gone/{held.pk}",
        audio_key="",
        rendition_key="",
        peaks_key="",
        deleted_at=Now(),
    )
    StageRun.every.filter(job__meeting=held).exclude(output="").update(output="")
    audit.record(Act.MEDIA_DELETED, of=held, cause=cause.value)
    recording_going.send(sender=None, meeting=held)
    deletion.note(
        Deletion.Kind.RECORDING,
        storage.prefix_of(held.pk),
        cause=cause,
        workspace_id=held.workspace_id,
        spared=ATTACHMENTS,
    )
    log.info("recording_deleted", meeting=str(held.pk), cause=cause.value)
    return True


def remark(recording: Recording | None) -> str:
    """What pages and exports say where the recording is gone; empty where it is there."""
    if recording is None or recording.deleted_at is None:
        return ""
    day = date_format(timezone.localtime(recording.deleted_at), "DATE_FORMAT")
    return gettext("The recording was deleted on %(day)s by the workspace's rule.") % {"day": day}
