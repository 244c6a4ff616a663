"""What is told to webhooks: a row for each that wants it, in the transaction of the event.

Bodies hold ids, addresses and states; never titles, names, or words of transcripts and minutes.
"""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.services import outgoing
from meetings import outcomes
from meetings.models import Job, Meeting, Webhook, WebhookDelivery, WebhookEvent
from meetings.models.webhook import TEST

TASK = "meetings.tasks.send_to_webhook"
"""By name: services know no tasks."""

ATTEMPTS = 10
"""The pauses between them stand in ``webhook_deliveries``."""


def note(kind: WebhookEvent, *, workspace_id: Any, **told: Any) -> None:
    """Write down that ``kind`` happened, for each webhook that wants to know it; sent after commit.

    ``told``: plain documents, by name.
    """
    hooks = Webhook.objects.wanting(kind, workspace_id)
    rows = [row_for(hook, kind.value, told, attempts=ATTEMPTS) for hook in hooks]
    if rows:
        WebhookDelivery.objects.bulk_create(rows)
        send_soon(rows)


def note_meeting(kind: WebhookEvent, meeting: Meeting) -> None:
    """As ``note``, of a meeting."""
    note(kind, workspace_id=meeting.workspace_id, meeting=meeting_told(meeting))


def note_ending(job: Job) -> None:
    """As ``note``, of a job that has ended."""
    kind = ENDINGS[Job.State(job.state)]
    meeting = job.meeting
    note(kind, workspace_id=meeting.workspace_id, meeting=meeting_told(meeting), job=_job_told(job))


def test_of(hook: Webhook) -> WebhookDelivery:
    """A row of a test, sent once after the commit."""
    row = row_for(hook, TEST, {"webhook": {"id": str(hook.pk)}}, attempts=1)
    row.save(force_insert=True)
    send_soon([row])
    return row


def row_for(hook: Webhook, kind: str, told: dict[str, Any], *, attempts: int) -> WebhookDelivery:
    """A delivery with its body as it will be signed and sent."""
    pk, now = uuid.uuid4(), timezone.now()
    body = {
        "id": str(pk),
        "type": kind,
        "created_at": now.isoformat(),
        "workspace": hook.workspace_id,
        "data": told,
    }
    return WebhookDelivery(
        id=pk,
        webhook=hook,
        type=kind,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        attempts_left=attempts,
        due_at=Now() + outgoing.HEAD_START,
        created_at=now,
    )


def send_soon(rows: list[WebhookDelivery]) -> None:
    """A message for each after the commit; the reaper finds those whose message is lost."""
    pks = [str(row.pk) for row in rows]
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))


def meeting_told(meeting: Meeting) -> dict[str, Any]:
    """A meeting by reference: at the API, and its page."""
    return {
        "id": str(meeting.pk),
        "url": address("api:meeting", meeting.pk),
        "page": address("meetings:meeting", meeting.pk),
    }


def address(route: str, pk: Any) -> str:
    """Where something is reached from outside."""
    return f"{settings.PUBLIC_URL}{reverse(route, args=[pk])}"


def _job_told(job: Job) -> dict[str, Any]:
    error = outcomes.error_of(job) if job.state == Job.State.FAILED else None
    return {
        "id": str(job.pk),
        "url": address("api:job", job.pk),
        "run": job.run,
        "state": str(job.state),
        "error": {"code": error["code"]} if error else None,
    }


ENDINGS = {
    Job.State.SUCCEEDED: WebhookEvent.JOB_SUCCEEDED,
    Job.State.FAILED: WebhookEvent.JOB_FAILED,
    Job.State.CANCELLED: WebhookEvent.JOB_CANCELLED,
}
