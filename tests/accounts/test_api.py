"""The caller over HTTP."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_caller_learns_who_they_are(api, user):
    body = api.get("/api/v1/me/").json()
    assert body == {
        "email": user.email,
        "name": user.name,
        "language": "en",
        "mail_when_done": True,
        "mail_reminders": True,
        "remind_days_before": 1,
    }


def test_nobody_is_asked_to_sign_in(api_of):
    assert api_of(None).get("/api/v1/me/").status_code == 401


def test_the_caller_switches_mails_off_and_nothing_else(api, user):
    response = api.patch("/api/v1/me/", {"mail_when_done": False, "email": "other@example.org"})
    assert response.status_code == 200
    assert (response.json()["mail_when_done"], response.json()["email"]) == (False, user.email)
    user.refresh_from_db()
    assert not user.mail_when_done
    assert api.patch("/api/v1/me/", {"mail_when_done": "perhaps"}).status_code == 400
