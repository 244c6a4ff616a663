"""Who may reach a workspace: strangers find nothing, only owners change it."""

from typing import Any

from django.http import Http404

from accounts.errors import OwnersOnly
from accounts.models import Membership, Workspace


def workspace_of(user: Any, pk: Any, *, to_change: bool = False) -> Workspace:
    """The workspace; Http404 for strangers, OwnersOnly for members who are no owners."""
    workspace = Workspace.objects.visible_to(user).filter(pk=pk).first()
    if workspace is None:
        raise Http404
    owns = Membership.objects.filter(workspace=workspace, user=user, role=Membership.Role.OWNER)
    if to_change and not owns.exists():
        raise OwnersOnly
    return workspace
