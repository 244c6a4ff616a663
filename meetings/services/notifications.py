"""People are told that a job has ended: in the browser at the commit, by mail soon after, once."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.services import outgoing
from meetings import events, outcomes
from meetings.models import Job, Meeting, Notification
from meetings.services import mails

TASK = "meetings.tasks.notify"
"""By name: services know no tasks."""


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
        defaults={"recipient": person, "due_at": Now() + outgoing.HEAD_START},
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
    transaction.on_commit(lambda: outgoing.queue(TASK, [notification.pk]))


def send_due(*, limit: int = 100) -> int:
    """The reaper's share: queue what is due and unsent; how many that were."""
    pks = outgoing.due(Notification.objects.all(), limit=limit)
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))
    return len(pks)


def deliver(*, notification_id: int) -> None:
    """Send the mail if nobody else has; what the mail server refuses is tried again later."""
    mine = Notification.objects.filter(pk=notification_id)
    waiting = mine.filter(state=Notification.State.PENDING)
    notification = waiting.select_related("job__meeting__recording", "recipient").first()
    if notification is None:
        return
    if not _is_wanted(notification):
        outgoing.skip(mine)
        return
    outgoing.hand_over(mine, mails.ending(notification))


def _is_wanted(notification: Notification) -> bool:
    """Whether the person still is one, may still see the meeting, and reads mails."""
    person = notification.recipient
    visible = Meeting.objects.visible_to(person).filter(pk=notification.job.meeting_id)
    return person.is_active and person.mail_when_done and visible.exists()
