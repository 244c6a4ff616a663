"""What goes from here with an account: what is its person's, and workspaces of nobody else."""

from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import Membership, User, Workspace
from accounts.services import outgoing
from meetings.models import Deletion, IdempotencyKey, Meeting, MeetingShare, Notification, Operation
from meetings.services import deletion, traces

TASK = "meetings.tasks.clear_workspace"
"""By name: services know no tasks."""

log = structlog.get_logger(__name__)


def forget(user: User, workspaces: list[Any], **rest: Any) -> None:
    """What is the person's alone goes at once; workspaces are cleared by a worker."""
    MeetingShare.objects.filter(user=user).delete()
    IdempotencyKey.objects.filter(user=user).delete()
    Notification.objects.filter(recipient=user).delete()
    Operation.objects.filter(user=user).update(operator="")
    traces.wipe_log(User, [user.pk])
    transaction.on_commit(lambda: outgoing.queue(TASK, workspaces))


def abandoned() -> Any:
    """Workspaces whose every member has closed their account."""
    members = Membership.objects.filter(workspace=OuterRef("pk"))
    there = members.filter(user__closed_at=None)
    return Workspace.objects.filter(Exists(members), ~Exists(there))


def clear(*, workspace_id: Any) -> bool:
    """Delete an abandoned workspace with its meetings, for good; whether it is gone now."""
    home = abandoned().filter(pk=workspace_id).first()
    if home is None:
        return False
    meetings = Meeting.objects.filter(workspace=home)
    for pk in list(meetings.values_list("pk", flat=True)):
        deletion.purged(pk, Deletion.Cause.ACCOUNT, among=meetings)
    with transaction.atomic():
        held = abandoned().select_for_update(of=("self",)).filter(pk=workspace_id).first()
        if held is None or held.meetings.exists():
            return False
        held.delete()
    log.info("workspace_cleared", workspace=workspace_id)
    return True


def clear_all() -> int:
    """What a message that was lost has left; how many workspaces."""
    pks = list(abandoned().values_list("pk", flat=True))
    return sum(clear(workspace_id=pk) for pk in pks)
