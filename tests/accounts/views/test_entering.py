"""Sign in, sign out, and the language of the pages."""

import pytest

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough passphrase"


def sign_in(client, **fields):
    return client.post("/sign-in/", fields)


def test_a_person_signs_in_whatever_the_case_of_the_address(client):
    UserFactory(email="anna@example.org", password=PASSWORD)
    response = sign_in(client, username="Anna@Example.org", password=PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"


@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_a_wrong_pair_gets_one_answer_whether_the_address_is_known_or_not(client, email):
    UserFactory(email="anna@example.org", password=PASSWORD)
    response = sign_in(client, username=email, password="wrong")
    assert response.status_code == 200
    errors = response.context["form"].non_field_errors()
    assert len(errors) == 1
    assert email not in errors[0]


def test_after_signing_in_a_person_is_where_they_wanted_to_go(client):
    UserFactory(email="anna@example.org", password=PASSWORD)
    fields = {"username": "anna@example.org", "password": PASSWORD, "next": "/meetings/new/"}
    assert sign_in(client, **fields)["Location"] == "/meetings/new/"
    client.logout()
    fields["next"] = "https://elsewhere.example.org/"
    assert sign_in(client, **fields)["Location"] == "/"


def test_signing_out_takes_a_post(browser):
    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/").status_code == 200
    browser.post("/sign-out/")
    assert browser.get("/").status_code == 302


def test_the_language_is_remembered_with_the_person(browser, user):
    response = browser.post("/language/", {"language": "ru", "next": "/meetings/new/"})
    assert response["Location"] == "/meetings/new/"
    user.refresh_from_db()
    assert user.language == "ru"
    assert browser.get("/")["Content-Language"] == "ru"


def test_the_language_is_remembered_in_a_cookie_before_signing_in(client):
    client.post("/language/", {"language": "en"})
    assert client.get("/sign-in/")["Content-Language"] == "en"
    client.post("/language/", {"language": "ru"})
    assert client.get("/sign-in/")["Content-Language"] == "ru"


@pytest.mark.parametrize("there", ["https://elsewhere.example.org/", "//elsewhere.example.org"])
def test_choosing_a_language_leads_to_no_other_host(client, there):
    response = client.post("/language/", {"language": "ru", "next": there})
    assert response["Location"] == "/"


def test_an_unknown_language_changes_nothing(browser, user):
    browser.post("/language/", {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "en"
