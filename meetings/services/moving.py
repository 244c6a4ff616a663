"""Meetings from one workspace into another."""

from django.db import transaction

from accounts.acts import Act
from accounts.models import Workspace
from accounts.services import audit
from meetings.models import Meeting


@transaction.atomic
def move(*, meeting: Meeting, workspace: Workspace) -> None:
    """Let the meeting belong to another workspace, whose members see it from now on.

    It leaves its series, which stays behind; a number that its minutes were given is kept. Who may
    do this is the caller's to ask: editors of both.
    """
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
