"""The pages of registration, of a forgotten password and of invitations."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.errors import AlreadyMember
from accounts.models import Invitation, Membership, User
from accounts.services import invitations
from tests.accounts.conftest import PASSWORD
from tests.factories import MembershipFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

BORIS = {"email": "boris@example.org", "name": "Борис", "password": PASSWORD}


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def invite(commit, mailoutbox):
    """Sends an invitation; the address of its page."""

    def send(**options):
        with commit():
            link = invitations.invite(**options)
        assert link in mailoutbox[-1].body
        return re.sub(r"^https?://[^/]+", "", link)

    return send


def test_somebody_registers_by_a_code_and_is_in(client, settings, commit, code_in):
    settings.REGISTRATION = "open"
    with commit():
        assert client.post("/register/", BORIS)["Location"] == "/register/code/"
    assert client.post("/register/code/", {"code": "1"}).context["form"].errors
    code = code_in("boris@example.org")
    assert client.post("/register/code/", {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/"
    assert client.get("/").context["user"].email == "boris@example.org"


def test_a_known_address_gets_the_same_page(client, settings, anna):
    settings.REGISTRATION = "open"
    response = client.post("/register/", BORIS | {"email": anna.email})
    assert response["Location"] == "/register/code/"


def test_where_registration_is_closed_the_page_says_so(client):
    assert client.get("/register/").status_code == 403
    assert "/register/" not in client.get("/sign-in/").content.decode()


def test_a_weak_password_is_told_beside_its_field(client, settings):
    settings.REGISTRATION = "open"
    page = client.post("/register/", BORIS | {"password": "boris@example.org"})
    assert list(page.context["form"].errors) == ["password"]


def test_a_forgotten_password_is_set_anew_by_a_code(client, anna, commit, code_in):
    with commit():
        client.post("/password/reset/", {"email": anna.email})
    fields = {"code": code_in(anna.email), "password": "another long passphrase"}
    assert client.post("/password/reset/code/", fields)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_an_unknown_address_gets_the_same_page(client, commit, mailoutbox):
    with commit():
        response = client.post("/password/reset/", {"email": "nobody@example.org"})
    assert response["Location"] == "/password/reset/code/"
    assert mailoutbox == []


@pytest.mark.parametrize("page", ["/register/code/", "/password/reset/code/"])
def test_codes_are_asked_of_who_has_asked_for_one(client, page):
    assert client.get(page).status_code == 302


def test_who_is_invited_registers_though_registration_is_closed(client, invite, anna):
    workspace = WorkspaceFactory(name="Правление")
    link = invite(email="Boris@example.org", by=anna, workspace=workspace, role="editor")
    assert "Правление" in client.get(link).content.decode()
    assert client.post(link, {"name": "Борис", "password": PASSWORD})["Location"] == "/"
    boris = User.objects.get(email="boris@example.org")
    assert boris.workspaces.filter(personal=True).exists()
    assert Membership.objects.get(user=boris, workspace=workspace).role == "editor"
    assert Client().get(link).status_code == 410


def test_who_is_here_already_joins(client, invite, anna):
    workspace = WorkspaceFactory()
    link = invite(email=anna.email, workspace=workspace, role="viewer")
    assert f"/sign-in/?next={link}" in client.get(link).content.decode()
    client.force_login(anna)
    assert client.get(link).status_code == 200
    assert not workspace.members.exists()
    client.post(link)
    assert list(workspace.members.all()) == [anna]


def test_an_invitation_is_good_for_its_address_only(browser, invite, anna):
    workspace = WorkspaceFactory()
    link = invite(email=anna.email, workspace=workspace, role="owner")
    browser.post(link)
    assert not workspace.members.exists()
    assert Invitation.objects.open().exists()


def test_an_invitation_ends_by_time_and_by_hand(client, invite, later):
    link = invite(email="boris@example.org")
    other = invite(email="vera@example.org")
    invitations.revoke(invitation=Invitation.objects.get(email="vera@example.org"))
    assert client.get(other).status_code == 410
    assert client.get(link).status_code == 200
    later(7 * 86_400 + 1)
    assert client.get(link).status_code == 410


def test_a_second_invitation_replaces_the_first(client, invite):
    first = invite(email="boris@example.org")
    second = invite(email="boris@example.org")
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    assert Invitation.objects.count() == 1


def test_members_need_no_invitation(anna):
    workspace = MembershipFactory(user=anna).workspace
    with pytest.raises(AlreadyMember):
        invitations.invite(email=anna.email, workspace=workspace, role="viewer")


def test_the_operator_invites_without_a_mail_server(capsys, client):
    call_command("invite", "boris@example.org")
    link = capsys.readouterr().out.strip()
    assert client.get(re.sub(r"^https?://[^/]+", "", link)).status_code == 200


def test_only_a_hash_of_the_link_is_kept(invite):
    link = invite(email="boris@example.org")
    token = link.strip("/").split("/")[-1]
    assert token not in str(Invitation.objects.values())
