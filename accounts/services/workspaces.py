"""What changes workspaces, and who is in them."""

from typing import Any

from django.db import transaction

from accounts.errors import (
    AlreadyMember,
    LastOwner,
    NoAccount,
    PersonalWorkspace,
    WorkspaceNotEmpty,
)
from accounts.models import Membership, User, Workspace


@transaction.atomic
def create(*, name: str, by: User) -> Workspace:
    """A new workspace that ``by`` owns."""
    workspace = Workspace.objects.create(name=name.strip())
    Membership.objects.create(workspace=workspace, user=by, role=Membership.Role.OWNER)
    return workspace


def rename(*, workspace: Workspace, name: str) -> None:
    """Call it otherwise."""
    workspace.name = name.strip()
    workspace.save(update_fields=["name"])


@transaction.atomic
def delete(*, workspace: Workspace) -> None:
    """Delete an empty workspace; PersonalWorkspace, WorkspaceNotEmpty."""
    held = _held(workspace.pk)
    if held.personal:
        raise PersonalWorkspace
    if held.meetings.exists():
        raise WorkspaceNotEmpty
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
    return Membership.objects.create(workspace=held, user=person, role=role)


@transaction.atomic
def change_role(*, membership: Membership, role: str) -> None:
    """Another role; LastOwner where nobody would own the workspace any more."""
    _keep_an_owner(membership, role)
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def remove(*, membership: Membership) -> None:
    """Let the person in no more, from the next request on; their sockets close within 5 s.

    LastOwner where nobody would own the workspace any more.
    """
    _keep_an_owner(membership)
    membership.delete()


def _keep_an_owner(membership: Membership, role: str = "") -> None:
    held = _held(membership.workspace_id)
    others = held.memberships.filter(role=Membership.Role.OWNER).exclude(pk=membership.pk)
    if role != Membership.Role.OWNER and not others.exists():
        raise LastOwner


def _held(pk: Any) -> Workspace:
    """The workspace, held until the end: of two owners who leave at once, one stays."""
    return Workspace.objects.select_for_update().get(pk=pk)
