"""Who may reach a workspace: strangers find nothing, only owners change it."""

from typing import Any

from django.http import Http404

from accounts.errors import OwnersOnly
from accounts.models import Membership, Workspace


def workspace_of(user: Any, pk: Any, *, to_change: bool = False) -> Workspace:
    """The workspace; Http404 for strangers, OwnersOnly for members who are no owners."""
    workspace = Workspace.objects.as_seen_by(user).filter(pk=pk).first()
    if workspace is None:
        raise Http404
    if to_change and getattr(workspace, "role", "") != Membership.Role.OWNER:
        raise OwnersOnly
    return workspace


def membership_of(user: Any, workspace_pk: Any, person_pk: Any) -> Membership:
    """Somebody's place in a workspace, for its owners and for the person; else as above."""
    workspace = workspace_of(user, workspace_pk, to_change=str(user.pk) != str(person_pk))
    found = workspace.memberships.select_related("user", "workspace")
    membership = found.filter(user=person_pk).first()
    if membership is None:
        raise Http404
    return membership
