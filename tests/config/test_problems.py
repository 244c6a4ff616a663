"""Every error under the API is a problem document, and none of them is HTML."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError
from redis.exceptions import ConnectionError as RedisAway
from rest_framework import exceptions

from config import problems
from meetings.errors import JobIsRunning
from meetings.models import Meeting
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db

MEMBERS = {"type", "title", "status", "detail", "code", "request_id"}


def is_problem(response, status, code):
    assert (response.status_code, response["Content-Type"]) == (status, problems.CONTENT_TYPE)
    body = response.json()
    assert set(body) >= MEMBERS
    assert (body["status"], body["code"]) == (status, code)
    return body


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v1/a%0Ab/", "/api/v2/meetings/"]
)
@pytest.mark.parametrize("debug", [False, True])
def test_an_unknown_route_is_a_problem(client, settings, path, debug):
    settings.DEBUG = debug
    is_problem(client.get(path), 404, "no_such_route")
    is_problem(client.post(path, {}), 404, "no_such_route")


def test_a_method_that_is_not_there(api):
    is_problem(api.put("/api/v1/meetings/", {}), 405, "method_not_allowed")


def test_a_body_that_is_no_json(api, user):
    meeting = MeetingFactory(owner=user)
    url = f"/api/v1/meetings/{meeting.pk}/"
    body = is_problem(api.patch(url, "{", content_type="application/json"), 400, "parse_error")
    assert "JSON" in body["detail"]
    response = api.patch(url, "<a/>", content_type="application/xml")
    is_problem(response, 415, "unsupported_media_type")
    is_problem(api.patch(url, "[1]", content_type="application/json"), 400, "invalid")


def test_a_wish_for_html_is_answered_with_json(api):
    response = api.get("/api/v1/meetings/nothing/", headers={"Accept": "text/html"})
    is_problem(response, 404, "no_such_route")
    response = api.get("/api/v1/meetings/", headers={"Accept": "text/html"})
    is_problem(response, 406, "not_acceptable")


def broken(error):
    def visible_to(self, user):
        raise error

    return visible_to


def test_an_unexpected_error_says_nothing_but_its_number(api, monkeypatch):
    secret = ValueError("the secret is hush")
    monkeypatch.setattr(type(Meeting.objects.all()), "visible_to", broken(secret))
    body = is_problem(api.get("/api/v1/meetings/"), 500, "server_error")
    assert "hush" not in str(body)
    assert body["request_id"]


def test_a_database_that_is_away_is_503_with_a_time_to_ask_again(api, monkeypatch):
    away = OperationalError("connection to server at 10.0.0.1 failed")
    monkeypatch.setattr(type(Meeting.objects.all()), "visible_to", broken(away))
    response = api.get("/api/v1/meetings/")
    body = is_problem(response, 503, "unavailable")
    assert response["Retry-After"] == "5"
    assert "10.0.0.1" not in str(body)


@pytest.mark.parametrize("path", ["/api/v1/meetings/", "/admin/"])
def test_a_database_that_is_away_before_any_view_is_503_as_well(api, monkeypatch, path):
    def load(self):
        raise OperationalError("away")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", load)
    api.raise_request_exception = False
    response = api.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    if path.startswith("/api/"):
        is_problem(response, 503, "unavailable")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (JobIsRunning(), 409, "job_running"),
        (exceptions.Throttled(wait=7), 429, "throttled"),
        (exceptions.NotFound(), 404, "not_found"),
        (RequestDataTooBig(), 413, "too_large"),
        (SuspiciousOperation(), 400, "bad_request"),
        (DjangoValidationError("x"), 400, "invalid"),
        (exceptions.ValidationError(["x"]), 400, "invalid"),
        (RedisAway(), 503, "unavailable"),
        (RuntimeError(), 500, "server_error"),
    ],
)
def test_errors_have_a_status_and_a_stable_code(error, status, code):
    problem = problems.describe(error)
    assert (problem.status, problem.code) == (status, code)
    assert problem.detail
    assert problem.status in problems.TITLES


def test_who_asks_too_often_is_told_how_long_to_wait():
    assert problems.describe(exceptions.Throttled(wait=7)).headers["Retry-After"] == "7"
