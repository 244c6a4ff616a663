"""The caller over HTTP."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_caller_learns_who_they_are(api, user):
    body = api.get("/api/v1/me/").json()
    assert body == {"email": user.email, "name": user.name, "language": "en"}


def test_nobody_is_asked_to_sign_in(api_of):
    assert api_of(None).get("/api/v1/me/").status_code == 401
