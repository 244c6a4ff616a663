"""The pages of the profile and of API keys."""

import pytest

from accounts.models import ApiKey
from accounts.services import api_keys

pytestmark = pytest.mark.django_db


def test_the_profile_is_kept_and_the_pages_follow_it(browser, user):
    fields = {"name": "Анна", "organization": "", "language": "ru", "time_zone": "Asia/Omsk"}
    assert browser.post("/profile/", fields)["Location"] == "/profile/"
    user.refresh_from_db()
    assert (user.name, user.language, user.time_zone) == ("Анна", "ru", "Asia/Omsk")
    assert browser.get("/profile/")["Content-Language"] == "ru"


def test_what_was_refused_is_not_shown_as_the_persons_name(browser, user):
    page = browser.post("/profile/", {"name": "x" * 200, "language": "en", "time_zone": ""})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert f'<span class="menu__name">{user.name}</span>' in page.content.decode()


def test_a_new_key_is_in_the_answer_alone(browser):
    page = browser.post("/api-keys/", {"name": "nightly", "scope": "read"})
    key = page.context["made"]
    assert key in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    again = browser.get("/api-keys/").content.decode()
    assert key not in again
    assert key[:10] in again


def test_a_key_is_revoked_by_its_person_only(browser, user, stranger):
    api_keys.create(user=user, name="mine")
    api_keys.create(user=stranger, name="theirs")
    mine, theirs = ApiKey.objects.get(name="mine"), ApiKey.objects.get(name="theirs")
    assert browser.post(f"/api-keys/{mine.pk}/revoke/").status_code == 302
    assert browser.post(f"/api-keys/{theirs.pk}/revoke/").status_code == 404
    assert list(ApiKey.objects.usable()) == [theirs]


def test_names_of_keys_are_text(browser):
    page = browser.post("/api-keys/", {"name": "<script>alert(1)</script>", "scope": "read"})
    assert "<script>alert" not in page.content.decode()


def test_mails_are_switched_off_and_on_by_their_reader(browser, user):
    page = browser.get("/notifications/").content.decode()
    assert "checked" in page
    assert user.email in page
    assert browser.post("/notifications/", {})["Location"] == "/notifications/"
    user.refresh_from_db()
    assert not user.mail_when_done
    browser.post("/notifications/", {"mail_when_done": "on"})
    user.refresh_from_db()
    assert user.mail_when_done


@pytest.mark.parametrize(
    "address", ["/profile/", "/notifications/", "/api-keys/", "/security/", "/security/password/"]
)
def test_nobody_is_asked_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/sign-in/?next={address}"
