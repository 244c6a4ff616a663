"""People are told that a job has ended: in the browser at the commit, by mail soon after, once."""

from datetime import timedelta
from smtplib import SMTPException

import structlog
from celery import current_app
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from meetings import events, outcomes
from meetings.models import Job, Meeting, Notification
from meetings.services import mails

TASK = "meetings.tasks.notify"
"""By name: services know no tasks."""

QUEUE = "cpu"

HEAD_START = timedelta(minutes=1)
"""After which the reaper looks for a notification whose own message was lost."""

ATTEMPTS = 10

log = structlog.get_logger(__name__)


def note(job: Job) -> None:
    """Write down that the person who asked for ``job`` is to be told; in the ending's transaction.

    Nobody is told of a job that nobody asked for.
    """
    person = job.created_by or job.meeting.created_by
    if person is None:
        return
    notification, is_new = Notification.objects.get_or_create(
        job=job,
        run=job.run,
        kind=job.state,
        defaults={"recipient": person, "attempts_left": ATTEMPTS, "due_at": Now() + HEAD_START},
    )
    if not is_new:
        return
    events.tell(
        person.pk,
        {
            "type": "notification",
            "meeting": str(job.meeting_id),
            "job": str(job.pk),
            "run": job.run,
            "state": job.state,
            "title": job.meeting.title,
            "error": outcomes.error_of(job),
        },
    )
    transaction.on_commit(lambda: send([notification.pk]))


def send(pks: list[int]) -> None:
    """Queue the mails; a broker that is away leaves them for the reaper."""
    try:
        for pk in pks:
            current_app.send_task(TASK, (pk,), queue=QUEUE)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", error=str(error), waiting=len(pks))


def send_due(*, limit: int = 100) -> int:
    """The reaper's share: queue what is due and unsent; how many that were."""
    due = Notification.objects.filter(state=Notification.State.PENDING, due_at__lt=Now())
    pks = list(due.order_by("due_at").values_list("pk", flat=True)[:limit])
    # Not looked for again while the message is on its way.
    Notification.objects.filter(pk__in=pks).update(due_at=Now() + timedelta(minutes=10))
    transaction.on_commit(lambda: send(pks))
    return len(pks)


def deliver(*, notification_id: int) -> None:
    """Send the mail if nobody else has; what the mail server refuses is tried again later.

    The claim is taken when the server has answered and before the mail is handed over, so that a
    worker's death before it costs nothing and one after it costs the mail, but sends no second.
    """
    notification = (
        Notification.objects.select_related("job__meeting__recording", "recipient")
        .filter(pk=notification_id, state=Notification.State.PENDING)
        .first()
    )
    if notification is None:
        return
    if not _is_wanted(notification):
        _move(notification, Notification.State.PENDING, state=Notification.State.SKIPPED)
        return
    message = mails.ending(notification)
    try:
        with get_connection(fail_silently=False) as message.connection:
            if _move(notification, Notification.State.PENDING, state=Notification.State.SENDING):
                message.send()
                _move(
                    notification,
                    Notification.State.SENDING,
                    state=Notification.State.SENT,
                    sent_at=Now(),
                    error="",
                )
    except (OSError, SMTPException) as error:
        _put_off(notification, error)


def _is_wanted(notification: Notification) -> bool:
    """Whether the person still is one, may still see the meeting, and reads mails."""
    person = notification.recipient
    visible = Meeting.objects.visible_to(person).filter(pk=notification.job.meeting_id)
    return person.is_active and person.mail_when_done and visible.exists()


def _move(notification: Notification, before: str, **changes: object) -> bool:
    rows = Notification.objects.filter(pk=notification.pk, state=before)
    return bool(rows.update(**changes))


def _put_off(notification: Notification, error: Exception) -> None:
    """Two minutes, four, … an hour; then it stays failed, where the operator sees it."""
    log.warning("mail_not_sent", notification=notification.pk, error=str(error))
    unsent = Notification.objects.filter(
        pk=notification.pk,
        state__in=[Notification.State.PENDING, Notification.State.SENDING],
    )
    wait = timedelta(minutes=min(60, 2 ** (ATTEMPTS + 1 - notification.attempts_left)))
    is_last = notification.attempts_left <= 1
    unsent.update(
        state=Notification.State.FAILED if is_last else Notification.State.PENDING,
        attempts_left=F("attempts_left") - 1,
        due_at=Now() + wait,
        error=f"{type(error).__name__}: {error}"[:300],
    )
