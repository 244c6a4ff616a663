"""Who may do what over HTTP: strangers, nobody, viewers, editors, keys."""

import pytest
from rest_framework.test import APIClient

from accounts.models import ApiKey, Membership
from accounts.services import api_keys
from meetings.models import Meeting
from tests.factories import JobFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db

MEETING_CALLS = [
    ("get", ""),
    ("patch", ""),
    ("delete", ""),
    ("post", "process/"),
    ("post", "cancel/"),
    ("post", "ticket/"),
    ("get", "media/"),
    ("get", "peaks/"),
    ("get", "transcript/"),
    ("get", "transcript/export/?format=txt"),
    ("get", "minutes/"),
    ("post", "minutes/"),
]


@pytest.mark.parametrize(("method", "path"), MEETING_CALLS)
def test_strangers_find_nothing(api_of, user, stranger, method, path):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="failed")
    response = getattr(api_of(stranger), method)(f"/api/v1/meetings/{job.meeting.pk}/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(("method", "path"), MEETING_CALLS)
def test_nobody_is_asked_to_sign_in(api_of, user, method, path):
    meeting = MeetingFactory(owner=user)
    response = getattr(api_of(None), method)(f"/api/v1/meetings/{meeting.pk}/{path}")
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Api-Key"


@pytest.mark.parametrize(
    ("method", "path"),
    [call for call in MEETING_CALLS if call[0] != "get" and "ticket" not in call[1]],
)
def test_viewers_see_and_change_nothing(api, user, method, path):
    home = MembershipFactory(user=user, role=Membership.Role.VIEWER).workspace
    job = JobFactory(meeting=MeetingFactory(workspace=home), done=True)
    assert api.get(f"/api/v1/meetings/{job.meeting.pk}/").status_code == 200
    response = getattr(api, method)(f"/api/v1/meetings/{job.meeting.pk}/{path}")
    assert (response.status_code, response.json()["code"]) == (403, "read_only")
    assert Meeting.objects.filter(pk=job.meeting.pk).exists()


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_owners_and_editors_change_what_they_see(api, user, role):
    home = MembershipFactory(user=user, role=role).workspace
    meeting = MeetingFactory(workspace=home)
    response = api.patch(f"/api/v1/meetings/{meeting.pk}/", {"title": "Новое"})
    assert response.status_code == 200


def key_client(api_of, user, scope):
    client = api_of(None)
    key = api_keys.create(user=user, name="test", scope=scope)
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
    return client


def test_a_key_for_reading_only_reads(api_of, user):
    client = key_client(api_of, user, "read")
    meeting = MeetingFactory(owner=user)
    assert client.get(f"/api/v1/meetings/{meeting.pk}/").status_code == 200
    response = client.patch(f"/api/v1/meetings/{meeting.pk}/", {"title": "x"})
    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")


def test_a_key_for_writing_writes_without_a_session(api_of, user):
    client = key_client(api_of, user, "write")
    meeting = MeetingFactory(owner=user)
    response = client.patch(f"/api/v1/meetings/{meeting.pk}/", {"title": "x"})
    assert response.status_code == 200


def test_a_revoked_key_opens_nothing(api_of, user):
    client = key_client(api_of, user, "write")
    ApiKey.objects.update(revoked_at="2026-01-01T00:00:00Z")
    response = client.get("/api/v1/meetings/")
    assert (response.status_code, response.json()["code"]) == (401, "authentication_failed")


def test_a_session_without_a_csrf_token_changes_nothing(user):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(user)
    meeting = MeetingFactory(owner=user)
    response = client.patch(f"/api/v1/meetings/{meeting.pk}/", {"title": "x"})
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert response.json()["reason"] == "CSRF cookie not set."
    user.language = "ru"
    user.save()
    response = client.patch(f"/api/v1/meetings/{meeting.pk}/")
    assert "Обновите страницу" in response.json()["detail"]
