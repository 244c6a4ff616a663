"""What changes workspaces, and who is in them."""

from typing import Any

from django.db import transaction

from accounts.acts import Act
from accounts.errors import (
    AlreadyMember,
    LastOwner,
    NoAccount,
    PersonalWorkspace,
    WorkspaceNotEmpty,
)
from accounts.models import Membership, User, Workspace
from accounts.services import audit


@transaction.atomic
def create(*, name: str, by: User) -> Workspace:
    """A new workspace that ``by`` owns."""
    workspace = Workspace.objects.create(name=name.strip())
    Membership.objects.create(workspace=workspace, user=by, role=Membership.Role.OWNER)
    audit.record(Act.WORKSPACE_CREATED, of=workspace, by=by)
    return workspace


@transaction.atomic
def rename(*, workspace: Workspace, name: str) -> None:
    """Call it otherwise."""
    workspace.name = name.strip()
    workspace.save(update_fields=["name"])
    audit.record(Act.WORKSPACE_RENAMED, of=workspace)


@transaction.atomic
def delete(*, workspace: Workspace) -> None:
    """Delete an empty workspace; PersonalWorkspace, WorkspaceNotEmpty."""
    held = _held(workspace.pk)
    if held.personal:
        raise PersonalWorkspace
    if held.meetings.exists():
        raise WorkspaceNotEmpty
    audit.record(Act.WORKSPACE_DELETED, of=held)
    held.delete()


@transaction.atomic
def add(*, workspace: Workspace, email: str, role: str) -> Membership:
    """Let a person in; PersonalWorkspace, NoAccount, AlreadyMember."""
    held = _held(workspace.pk)
    if held.personal:
        raise PersonalWorkspace
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise NoAccount
    if held.memberships.filter(user=person).exists():
        raise AlreadyMember
    made = Membership.objects.create(workspace=held, user=person, role=role)
    audit.record(Act.MEMBER_ADDED, of=person, workspace=held, role=role)
    return made


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> None:
    """Another role; LastOwner where nobody would own the workspace any more."""
    _keep_an_owner(membership, role)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    audit.record(
        Act.MEMBER_ROLE_CHANGED,
        of=membership.user,
        workspace=membership.workspace_id,
        role=role,
        before=before,
    )


@transaction.atomic
def remove(*, membership: Membership) -> None:
    """Let the person in no more, from the next request on; their sockets close within 5 s.

    LastOwner where nobody would own the workspace any more.
    """
    _keep_an_owner(membership)
    home, role = membership.workspace_id, membership.role
    audit.record(Act.MEMBER_REMOVED, of=membership.user, workspace=home, role=role)
    membership.delete()


def _keep_an_owner(membership: Membership, role: str = "") -> None:
    held = _held(membership.workspace_id)
    others = held.memberships.filter(role=Membership.Role.OWNER).exclude(pk=membership.pk)
    if role != Membership.Role.OWNER and not others.exists():
        raise LastOwner


def _held(pk: Any) -> Workspace:
    """The workspace, held until the end: of two owners who leave at once, one stays."""
    return Workspace.objects.select_for_update().get(pk=pk)
