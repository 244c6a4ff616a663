"""The bin: meetings that were thrown away and can be taken back, until their time is over."""

from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext

from accounts.acts import Act
from accounts.errors import OwnersOnly
from accounts.models import Membership, User
from accounts.services import audit
from meetings import events
from meetings.errors import ConfirmationNeeded, JobIsRunning
from meetings.models import Deletion, Job, Meeting, WebhookEvent
from meetings.services import deletion, jobs, webhook_events
from meetings.signals import Part, answers, asked_what_goes

log = structlog.get_logger(__name__)


def parts_of(meeting: Meeting) -> list[Part]:
    """All that goes with the meeting, in words; those with a ``seal`` take a typed confirmation."""
    recording = getattr(meeting, "recording", None)
    found = []
    if recording is not None:
        size = filesizeformat(recording.bytes)
        told = {"name": recording.filename, "size": size}
        found.append(Part(gettext("the recording “%(name)s”, %(size)s") % told))
    return [*found, *_counted(meeting), *answers(asked_what_goes, meeting=meeting)]


def _counted(meeting: Meeting) -> list[Part]:
    papers, shares, links = (
        meeting.attachments.count(),
        meeting.shares.count(),
        meeting.links.count(),
    )
    texts = [
        (papers, ngettext("%(n)s attachment", "%(n)s attachments", papers)),
        (shares, ngettext("access of %(n)s person", "access of %(n)s people", shares)),
        (links, ngettext("%(n)s link", "%(n)s links", links)),
    ]
    return [Part(text % {"n": count}) for count, text in texts if count]


def seal_of(meeting: Meeting) -> str:
    """What must be typed before the meeting goes; empty where no minutes of it are approved."""
    parts = answers(asked_what_goes, meeting=meeting)
    return next((part.seal for part in parts if part.seal), "")


def delete(
    *, meeting: Meeting, by: User, confirmation: str = "", for_good: bool = False
) -> Deletion | None:
    """Put the meeting into the bin; ``for_good``, or where there is no bin, delete it at once.

    Approved minutes go by the hand of an owner who types their number alone: OwnersOnly,
    ConfirmationNeeded. The caller asks whether ``by`` may delete the meeting at all.
    """
    _may_break_the_seal(meeting, by, confirmation)
    if for_good or not settings.BIN_DAYS:
        return deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON, by=by)
    _put(meeting, by)
    return None


def _put(meeting: Meeting, by: User) -> None:
    for job in Job.objects.filter(meeting=meeting.pk, state__in=Job.ACTIVE):
        jobs.cancel(job=job)
    with transaction.atomic():
        held = Meeting.objects.kept().select_for_update(of=("self",)).filter(pk=meeting.pk)
        if not held.exists():
            return
        if Job.objects.filter(meeting=meeting.pk, state__in=Job.ACTIVE).exists():
            raise JobIsRunning  # begun this very moment
        Meeting.objects.filter(pk=meeting.pk).update(binned_at=Now(), binned_by=by)
        audit.record(Act.MEETING_BINNED, of=meeting, by=by)
        webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
        events.publish(meeting.pk, {"type": "gone"}, brief=True)
    log.info("meeting_binned", meeting=str(meeting.pk), by=by.pk)


@transaction.atomic
def restore(*, meeting: Meeting) -> None:
    """Take the meeting out of the bin: everybody who saw it sees it again, links lead to it."""
    if Meeting.objects.filter(pk=meeting.pk).update(binned_at=None, binned_by=None):
        audit.record(Act.MEETING_RESTORED, of=meeting)
        webhook_events.note_meeting(WebhookEvent.MEETING_RESTORED, meeting)
        events.publish(meeting.pk, {"type": "back"}, brief=True)
        log.info("meeting_restored", meeting=str(meeting.pk))


def empty() -> int:
    """Delete for good what has lain in the bin for BIN_DAYS; how many meetings that were."""
    over = Meeting.objects.to_be_purged()
    pks: list[Any] = list(over.order_by("binned_at").values_list("pk", flat=True))
    return sum(deletion.purged(pk, Deletion.Cause.BIN, among=over) for pk in pks)


def _may_break_the_seal(meeting: Meeting, by: User, confirmation: str) -> None:
    seal = seal_of(meeting)
    if not seal:
        return
    mine = Membership.objects.filter(workspace=meeting.workspace_id, user=by)
    if not mine.filter(role=Membership.Role.OWNER).exists():
        raise OwnersOnly
    if "".join(confirmation.split()) != seal:
        raise ConfirmationNeeded(seal)
