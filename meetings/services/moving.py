"""Meetings from one workspace into another."""

from django.db import transaction
from django.db.models import F, Sum

from accounts.acts import Act
from accounts.models import Workspace
from accounts.services import (
    audit,
)
from meetings.models import (
    Attachment,
    Meeting,
    Recording,
)
from meetings.services import (
    quotas,
)
from meetings.signals import meeting_moved


@transaction.atomic
def move(*, meeting: Meeting, workspace: Workspace) -> None:
    """Let the meeting belong to another workspace, whose members see it from now on.

    It leaves its series, which stays behind; a number that its minutes were given is kept. Who may
    do this is the caller's to ask: editors of both. QuotaExceeded where there is no room for it.
    """
    if meeting.workspace_id != workspace.pk:
        quotas.admit(workspace_id=workspace.pk, wish=_kept_for(meeting))
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.workspace_id == workspace.pk:
        return
    for home in (held.workspace_id, workspace.pk):  # the owners of both are told
        audit.record(
            Act.MEETING_MOVED,
            of=held,
            workspace=home,
            from_workspace=held.workspace_id,
            to_workspace=workspace.pk,
        )
    held.workspace, held.series = workspace, None
    held.save(update_fields=["workspace", "series", "updated_at"])
    meeting.workspace, meeting.series = workspace, None
    meeting_moved.send(sender=None, meeting=held)


def _kept_for(meeting: Meeting) -> quotas.Wish:
    """What the meeting takes of a store."""
    recording = Recording.objects.filter(meeting=meeting, deleted_at=None)
    papers = Attachment.objects.filter(meeting=meeting).order_by()
    sizes = recording.aggregate(n=Sum(F("bytes") + F("derived_bytes"), default=0))
    return quotas.Wish(bytes=sizes["n"] + papers.aggregate(n=Sum("bytes", default=0))["n"])
