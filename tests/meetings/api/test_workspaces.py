"""Workspaces over the API."""

import pytest

from accounts.models import User, Workspace
from accounts.services import invitations
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(user):
    return MembershipFactory(user=user, role="owner").workspace


def test_a_workspace_is_made_once_for_a_key(api, user):
    answers = [
        api.post(
            "/api/v1/workspaces/", {"name": "Совет"}, format="json", HTTP_IDEMPOTENCY_KEY="once"
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    made = answers[0].json()
    assert (made["role"], made["members_count"], made["personal"]) == ("owner", 1, False)
    assert answers[0]["Location"].endswith(f"/api/v1/workspaces/{made['id']}/")
    assert Workspace.objects.filter(name="Совет").count() == 1


def test_the_list_has_the_callers_role_in_each(api, team):
    MembershipFactory(workspace=team)
    listed = {row["id"]: row for row in api.get("/api/v1/workspaces/").json()["results"]}
    assert (listed[team.pk]["role"], listed[team.pk]["members_count"]) == ("owner", 2)
    assert len(listed) == 2


@pytest.mark.parametrize("count", [2, 20])
def test_the_lists_cost_the_same_however_long(api, user, team, count, django_assert_num_queries):
    for _ in range(count):
        MembershipFactory(workspace=team)
        MembershipFactory(user=user)
    with django_assert_num_queries(3):  # session, person, rows
        api.get("/api/v1/workspaces/")
    with django_assert_num_queries(4):
        assert len(api.get(f"/api/v1/workspaces/{team.pk}/members/").json()) == count + 1


def test_people_without_an_account_are_invited_and_come_with_their_role(api, team, mailoutbox):
    invited = f"/api/v1/workspaces/{team.pk}/invitations/"
    sent = {"email": "New@example.org", "role": "editor"}
    made = api.post(invited, sent, format="json")
    assert (made.status_code, made.json()["email"]) == (201, "new@example.org")
    assert [row["id"] for row in api.get(invited).json()] == [made.json()["id"]]
    user = User.objects.create_user("new@example.org")
    invitations.accept(invitation=team.invitations.get(), user=user)
    assert team.memberships.get(user=user).role == "editor"
    assert api.get(invited).json() == []
    assert api.post(invited, sent, format="json").json()["code"] == "already_member"


def test_an_invitation_is_taken_back(api, team):
    invited = f"/api/v1/workspaces/{team.pk}/invitations/"
    pk = api.post(invited, {"email": "new@example.org"}, format="json").json()["id"]
    assert api.delete(f"{invited}{pk}/").status_code == 204
    assert api.delete(f"{invited}{pk}/").status_code == 404
    assert not team.invitations.open().exists()


def test_nobody_is_invited_into_a_personal_workspace(api, user):
    own = user.workspaces.get(personal=True)
    answer = api.post(
        f"/api/v1/workspaces/{own.pk}/invitations/", {"email": "a@example.org"}, format="json"
    )
    assert answer.json()["code"] == "personal_workspace"


def test_members_come_change_and_go(api, team):
    person = UserFactory(name="Анна")
    members = f"/api/v1/workspaces/{team.pk}/members/"
    added = api.post(members, {"email": person.email}, format="json")
    assert (added.status_code, added.json()["id"], added.json()["role"]) == (
        201,
        person.pk,
        "viewer",
    )
    one = f"{members}{person.pk}/"
    assert api.patch(one, {"role": "editor"}, format="json").json()["role"] == "editor"
    assert api.delete(one).status_code == 204
    assert api.delete(one).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"email": "nobody@example.org"}, 422, "no_account"),
        ({"email": "nobody"}, 400, "invalid"),
        ({"email": "a@example.org", "role": "king"}, 400, "invalid"),
    ],
)
def test_why_nobody_was_let_in_is_told(api, team, sent, status, code):
    answer = api.post(f"/api/v1/workspaces/{team.pk}/members/", sent, format="json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_everybody_may_leave_and_the_last_owner_may_not(api_of, user, team):
    other = MembershipFactory(workspace=team, role="viewer").user
    members = f"/api/v1/workspaces/{team.pk}/members/"
    assert api_of(other).delete(f"{members}{other.pk}/").status_code == 204
    answer = api_of(user).delete(f"{members}{user.pk}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
