"""What a workspace does not keep for ever: the rule, the warning, and what follows.

All days are counted by the database's clock, from the upload. Nothing goes that was not told of for
RETENTION_WARNING_DAYS, also where a rule is new and a meeting old.
"""

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now, TruncDate

from accounts.acts import Act
from accounts.models import Membership, User, Workspace
from accounts.services import audit, outgoing
from meetings.models import Deletion, Job, Meeting, Retention, RetentionMail, RetentionNotice
from meetings.services import deletion, recordings, retention_mails
from meetings.signals import answers, asked_what_is_signed

TASK = "meetings.tasks.warn_of_retention"
"""By name: services know no tasks."""

Kind = RetentionNotice.Kind
MOST = 1000
"""Meetings of which one look takes; the next takes more."""

log = structlog.get_logger(__name__)


@transaction.atomic
def set_rule(
    *,
    workspace: Workspace,
    by: User,
    recording_days: int | None,
    everything_days: int | None,
    approved_too: bool = False,
) -> Retention:
    """Another rule, from now on; notices that no longer hold are taken back at once."""
    rule, _is_new = Retention.objects.update_or_create(
        workspace=workspace,
        defaults={
            "recording_days": recording_days,
            "everything_days": everything_days,
            "approved_too": approved_too,
            "changed_by": by,
        },
    )
    _take_back(workspace)
    audit.record(
        Act.RETENTION_CHANGED,
        of=workspace,
        by=by,
        recording_days=recording_days,
        everything_days=everything_days,
        approved_too=approved_too,
    )
    log.info("retention_set", workspace=workspace.pk, by=by.pk)
    return rule


@transaction.atomic
def exempt(*, meeting: Meeting, is_exempt: bool) -> None:
    """Keep the meeting whatever the rule, or let the rule apply to it again."""
    Meeting.objects.filter(pk=meeting.pk).update(is_exempt=is_exempt)
    meeting.is_exempt = is_exempt
    audit.record(Act.MEETING_CHANGED, of=meeting, fields=["is_exempt"])
    if is_exempt:
        RetentionNotice.objects.filter(meeting=meeting).delete()


def due(kind: Kind) -> Any:
    """Meetings under a rule of ``kind``, with ``rule_at``; approved ones where it says so."""
    found = Meeting.objects.under_rule(kind)
    if kind == Kind.EVERYTHING:
        for signed in answers(asked_what_is_signed):
            found = found.exclude(workspace__retention__approved_too=False, pk__in=signed)
    return found


def warn() -> int:
    """Note what will go within RETENTION_WARNING_DAYS, and whom to write to; how many notices."""
    _take_back()
    return sum(_warn(kind) for kind in Kind) if settings.RETENTION_WARNING_DAYS else 0


@transaction.atomic
def _warn(kind: Kind) -> int:
    told = RetentionNotice.objects.filter(meeting=OuterRef("pk"), kind=kind)
    near = due(kind).filter(~Exists(told), rule_at__lte=Now() + _ahead()).order_by("rule_at")
    rows = list(near.values_list("pk", "rule_at", "workspace")[:MOST])
    RetentionNotice.objects.bulk_create(
        [RetentionNotice(meeting_id=pk, kind=kind, goes_at=at) for pk, at, _home in rows],
        ignore_conflicts=True,
    )
    fresh = RetentionNotice.objects.filter(kind=kind, meeting__in=[pk for pk, _at, _home in rows])
    fresh.filter(goes_at__lt=Now() + _ahead()).update(goes_at=Now() + _ahead())
    for home in {home for _pk, _at, home in rows}:
        _write_to(home)
    return len(rows)


def _write_to(workspace_id: Any) -> None:
    """One mail today for each owner and editor."""
    people = Membership.objects.filter(
        workspace=workspace_id, role__in=Membership.EDITORS, user__is_active=True
    )
    for user_id in people.values_list("user", flat=True):
        RetentionMail.objects.get_or_create(
            workspace_id=workspace_id,
            recipient_id=user_id,
            day=TruncDate(Now()),
            defaults={"due_at": Now() + outgoing.HEAD_START},
        )


def apply() -> int:
    """Delete what has had its time and was told of; how many meetings and recordings."""
    return sum(_apply(kind) for kind in (Kind.EVERYTHING, Kind.RECORDING))


def _apply(kind: Kind) -> int:
    ready = due(kind).filter(rule_at__lte=Now())
    if settings.RETENTION_WARNING_DAYS:
        told = RetentionNotice.objects.filter(
            meeting=OuterRef("pk"), kind=kind, noted_at__lte=Now() - _ahead()
        )
        ready = ready.filter(Exists(told))
    idle = ready.exclude(Exists(Job.objects.filter(meeting=OuterRef("pk"), state__in=Job.ACTIVE)))
    pks: list[Any] = list(idle.order_by("rule_at").values_list("pk", flat=True)[:MOST])
    go = deletion.purged if kind == Kind.EVERYTHING else recordings.dropped
    return sum(go(pk, Deletion.Cause.RETENTION, among=ready) for pk in pks)


def _take_back(workspace: Workspace | None = None) -> None:
    """Notices of what will not go after all, or not yet."""
    for kind in Kind:
        held = due(kind).filter(pk=OuterRef("meeting"), rule_at__lte=Now() + _ahead())
        over = RetentionNotice.objects.filter(~Exists(held), kind=kind)
        if workspace is not None:
            over = over.filter(meeting__workspace=workspace)
        over.delete()


def send_due(*, limit: int = 100) -> int:
    """The reaper's share: queue warnings that are due and unsent; how many that were."""
    pks = outgoing.due(RetentionMail.objects.all(), limit=limit)
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))
    return len(pks)


def deliver(*, mail_id: int) -> None:
    """Send the warning if nobody else has, with all that will go; nothing where that is none."""
    mine = RetentionMail.objects.filter(pk=mail_id)
    mail = mine.filter(state=RetentionMail.State.PENDING).select_related("recipient").first()
    if mail is None:
        return
    visible = Meeting.objects.editable_by(mail.recipient).filter(workspace=mail.workspace_id)
    notices = RetentionNotice.objects.filter(meeting__in=visible).select_related("meeting")
    rows = list(notices.order_by("goes_at", "pk"))
    if not rows or not mail.recipient.is_active:
        outgoing.skip(mine)
        return
    outgoing.hand_over(mine, retention_mails.warning(mail, rows))


def _ahead() -> timedelta:
    return timedelta(days=settings.RETENTION_WARNING_DAYS)
