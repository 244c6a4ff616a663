"""Deleting an account on its page, over the API, and by an operator."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import api_keys
from tests.accounts.conftest import PASSWORD
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

PAGE = "/security/delete/"


@pytest.fixture
def here(anna, client):
    client.post("/sign-in/", {"username": anna.email, "password": PASSWORD})
    return client


@pytest.fixture
def proven(here):
    """The password has been asked for again."""
    here.post(f"/sign-in/again/?next={PAGE}", {"password": PASSWORD})
    return here


def test_a_person_deletes_their_account(anna, proven, django_capture_on_commit_callbacks):
    here = proven
    assert PAGE in here.get("/security/").content.decode()
    page = here.get(PAGE).content.decode()
    assert str(anna.workspaces.get()) in page
    wrong = here.post(PAGE, {"email": "somebody@example.org"})
    assert "This is not the e-mail of this account." in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert here.post(PAGE, {"email": anna.email}).url == "/sign-in/"
    assert here.get("/").status_code == 302
    assert not User.objects.filter(email=anna.email).exists()


def test_the_password_is_asked_for_again(anna, here):
    assert here.get(PAGE).url.startswith("/sign-in/again/")


def test_the_page_says_how_to_go_on(anna, proven):
    here = proven
    home = MembershipFactory(user=anna, role="owner", workspace__name="Board").workspace
    MembershipFactory(workspace=home)
    page = here.get(PAGE).content.decode()
    assert f'href="/workspaces/{home.pk}/"' in page
    assert 'name="email"' not in page
    refused = here.post(PAGE, {"email": anna.email})
    assert refused.status_code == 200
    assert User.objects.filter(email=anna.email).exists()


def test_over_the_api_the_password_is_wanted(anna):
    api = APIClient()
    api.force_login(anna)
    assert api.delete("/api/v1/me/", {}, format="json").status_code == 400
    wrong = api.delete("/api/v1/me/", {"password": "wrong"}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_credentials")
    assert api.delete("/api/v1/me/", {"password": PASSWORD}, format="json").status_code == 204
    assert api.get("/api/v1/me/").status_code in (401, 403)


def test_a_key_closes_nothing(anna):
    key = api_keys.create(user=anna, name="x")
    api = APIClient(headers={"Authorization": f"Api-Key {key}"})
    answer = api.delete("/api/v1/me/", {"password": PASSWORD}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "key_closes_no_account")


def test_an_operator_closes_accounts_by_the_same_service(anna, client):
    client.force_login(User.objects.create_superuser("operator@example.org"))
    client.post(reverse("admin:accounts_user_delete", args=[anna.pk]), {"post": "yes"})
    anna.refresh_from_db()
    assert anna.closed_at is not None


def test_an_operator_is_told_why_not(anna, client):
    home = MembershipFactory(user=anna, role="owner", workspace__name="Board").workspace
    MembershipFactory(workspace=home)
    client.force_login(User.objects.create_superuser("operator@example.org", language="en"))
    address = reverse("admin:accounts_user_delete", args=[anna.pk])
    page = client.post(address, {"post": "yes"}, follow=True)
    assert "Board" in page.content.decode()
    anna.refresh_from_db()
    assert anna.is_active
