"""The caller over HTTP."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_caller_learns_who_they_are(api, user):
    body = api.get("/api/v1/me/").json()
    assert body == {
        "email": user.email,
        "name": user.name,
        "organization": "",
        "language": "en",
        "time_zone": "",
        "mail_when_done": True,
        "mail_reminders": True,
        "remind_days_before": 1,
        "two_steps": False,
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


def test_the_caller_changes_their_whole_profile(api, user):
    asked = {
        "name": "Анна",
        "organization": "ООО «Пример»",
        "language": "ru",
        "time_zone": "Asia/Yekaterinburg",
    }
    body = api.patch("/api/v1/me/", asked).json()
    assert {name: body[name] for name in asked} == asked
    user.refresh_from_db()
    assert user.time_zone == "Asia/Yekaterinburg"


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Moon/Crater"}, {"language": "xx"}, {"name": "x" * 151}, {"name": "\0"}]
)
def test_what_cannot_be_is_refused_by_field(api, wrong):
    response = api.patch("/api/v1/me/", wrong)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(wrong)
