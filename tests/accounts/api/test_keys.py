"""API keys over the API."""

import pytest
from rest_framework.test import APIClient

from accounts.models import ApiKey
from accounts.services import api_keys

pytestmark = pytest.mark.django_db

URL = "/api/v1/api-keys/"


def client_with(key):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
    return client


def test_a_key_is_shown_once_works_and_is_revoked(api, mailoutbox):
    made = api.post(URL, {"name": "nightly", "scope": "write"})
    assert made.status_code == 201
    key = made.json()["key"]
    assert client_with(key).get("/api/v1/me/").status_code == 200
    [listed] = api.get(URL).json()
    assert "key" not in listed
    assert (listed["name"], listed["prefix"]) == ("nightly", key[:10])
    assert listed["last_used_at"] is not None
    assert api.delete(f"{URL}{listed['id']}/").status_code == 204
    assert client_with(key).get("/api/v1/me/").status_code == 401
    assert api.get(URL).json() == []
    assert api.delete(f"{URL}{listed['id']}/").status_code == 404


def test_a_key_that_only_reads_only_reads(user):
    client = client_with(api_keys.create(user=user, name="reader", scope="read"))
    assert client.get(URL).status_code == 200
    assert client.patch("/api/v1/me/", {"name": "x"}).status_code == 403


def test_a_key_cannot_make_keys(user):
    response = client_with(api_keys.create(user=user, name="leaked")).post(
        URL, {"name": "more", "scope": "write"}
    )
    assert (response.status_code, response.json()["code"]) == (403, "key_makes_no_keys")
    assert ApiKey.objects.count() == 1


def test_keys_of_others_are_not_there(api, stranger):
    api_keys.create(user=stranger, name="theirs")
    assert api.get(URL).json() == []
    assert api.delete(f"{URL}{ApiKey.objects.get().pk}/").status_code == 404
    assert ApiKey.objects.usable().exists()


@pytest.mark.parametrize(
    "wrong",
    [{"scope": "write"}, {"name": "x", "scope": "all"}, {"name": "x" * 101, "scope": "read"}],
)
def test_a_key_needs_a_name_and_a_scope(api, wrong):
    assert api.post(URL, wrong).status_code == 400


def test_keys_of_closed_accounts_open_nothing(user):
    client = client_with(api_keys.create(user=user, name="old"))
    user.is_active = False
    user.save()
    assert client.get("/api/v1/me/").status_code == 401


def test_a_list_of_many_keys_costs_as_much_as_one_of_few(api, user, django_assert_num_queries):
    api_keys.create(user=user, name="one")
    with django_assert_num_queries(3):
        api.get(URL)
    for n in range(9):
        api_keys.create(user=user, name=str(n))
    with django_assert_num_queries(3):
        api.get(URL)
