"""Workspaces and their members, as the services change them."""

import pytest

from accounts.errors import (
    AlreadyMember,
    LastOwner,
    NoAccount,
    PersonalWorkspace,
    WorkspaceNotEmpty,
)
from accounts.models import Membership, Workspace
from accounts.services import workspaces
from tests.factories import MeetingFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(user):
    return workspaces.create(name=" Команда ", by=user)


def test_who_makes_a_workspace_owns_it(user, team):
    assert team.name == "Команда"
    assert team.memberships.get().role == "owner"
    assert Workspace.objects.as_seen_by(user).get(pk=team.pk).role == "owner"


def test_people_are_let_in_by_their_address(team, stranger):
    workspaces.add(workspace=team, email=f" {stranger.email.upper()} ", role="viewer")
    assert team.memberships.get(user=stranger).role == "viewer"
    with pytest.raises(AlreadyMember):
        workspaces.add(workspace=team, email=stranger.email, role="editor")


def test_nobody_without_an_account_is_let_in(team):
    with pytest.raises(NoAccount):
        workspaces.add(workspace=team, email="nobody@example.org", role="viewer")
    closed = UserFactory(is_active=False)
    with pytest.raises(NoAccount):
        workspaces.add(workspace=team, email=closed.email, role="viewer")


def test_a_personal_workspace_stays_its_persons_alone(user, stranger):
    own = user.workspaces.get(personal=True)
    with pytest.raises(PersonalWorkspace):
        workspaces.add(workspace=own, email=stranger.email, role="viewer")
    with pytest.raises(PersonalWorkspace):
        workspaces.delete(workspace=own)


def test_the_last_owner_neither_goes_nor_steps_down(user, team):
    mine = team.memberships.get(user=user)
    with pytest.raises(LastOwner):
        workspaces.remove(membership=mine)
    with pytest.raises(LastOwner):
        workspaces.change_role(membership=mine, role="editor")
    MembershipFactory(workspace=team, role="owner")
    workspaces.remove(membership=mine)
    assert team.memberships.get().role == "owner"


def test_of_two_owners_one_may_step_down(user, team):
    MembershipFactory(workspace=team, role="owner")
    workspaces.change_role(membership=team.memberships.get(user=user), role="viewer")
    assert Membership.objects.get(workspace=team, user=user).role == "viewer"


def test_only_an_empty_workspace_is_deleted(team):
    meeting = MeetingFactory(workspace=team)
    with pytest.raises(WorkspaceNotEmpty):
        workspaces.delete(workspace=team)
    meeting.delete()
    workspaces.delete(workspace=team)
    assert not Workspace.objects.filter(pk=team.pk).exists()
