"""Signing in with an OpenID Connect provider, a real one on this machine."""

from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from accounts.services import invitations
from tests.accounts.oidc import Provider
from tests.factories import WorkspaceFactory

pytestmark = pytest.mark.django_db

BORIS = {"sub": "7", "email": "Boris@example.org", "email_verified": True, "name": "Борис"}


@pytest.fixture
def provider(settings):
    made = Provider()
    made.claims = dict(BORIS)
    app = {
        "provider_id": "work",
        "name": "Work",
        "client_id": "protokol",
        "secret": "s",
        "settings": {"server_url": made.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield made
    made.close()


def come(client):
    """Through the provider and back."""
    away = client.get("/sign-in/with/work/?next=/meetings/new/")
    assert away.status_code == 302
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    told = urlsplit(back)
    assert told.path == "/sign-in/with/work/back/"
    return client.get(f"{told.path}?{told.query}")


def test_the_door_offers_the_provider(client, provider):
    assert "/sign-in/with/work/" in client.get("/sign-in/").content.decode()


def test_who_has_the_address_is_let_in_where_they_wanted(client, provider, anna):
    provider.claims |= {"email": "Anna@example.org"}
    response = come(client)
    assert response["Location"] == "/meetings/new/"
    assert client.get("/").context["user"] == anna
    assert provider.challenges[0]
    assert come(Client())["Location"] == "/meetings/new/"
    assert SocialAccount.objects.get().user == anna


def test_a_stranger_is_let_in_only_where_they_may_register(provider, settings):
    client = Client(headers={"Accept-Language": "en"})
    refused = come(client)
    assert refused["Location"] == "/sign-in/"
    assert "invitation" in client.get("/sign-in/").content.decode()
    settings.REGISTRATION, settings.REGISTRATION_DOMAINS = "domains", ["example.org"]
    assert come(client)["Location"] == "/meetings/new/"
    boris = User.objects.get(email="boris@example.org")
    assert boris.name == "Борис"
    assert boris.workspaces.get().personal
    assert not boris.has_usable_password()


def test_who_is_invited_comes_by_the_provider(client, provider):
    workspace = WorkspaceFactory()
    invitations.invite(email="boris@example.org", workspace=workspace, role="editor")
    assert come(client)["Location"] == "/meetings/new/"
    assert workspace.members.get().email == "boris@example.org"


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email": ""}])
def test_an_address_that_is_not_verified_lets_nobody_in(client, provider, anna, claims):
    provider.claims |= {"email": anna.email} | claims
    assert come(client)["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_two_steps_hold_for_who_comes_by_a_provider(client, provider, anna):
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    provider.claims |= {"email": anna.email}
    assert come(client)["Location"] == "/sign-in/code/"
    assert client.get("/").status_code == 302


def test_closed_accounts_stay_closed(client, provider, anna):
    anna.is_active = False
    anna.save()
    provider.claims |= {"email": anna.email}
    assert come(client)["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_a_made_up_way_back_leads_to_the_door(client, provider):
    response = client.get("/sign-in/with/work/back/?code=c&state=made-up", follow=True)
    assert response.request["PATH_INFO"] == "/sign-in/"


def test_a_provider_that_nobody_named_is_not_there(client, provider):
    assert client.get("/sign-in/with/other/").status_code == 404
