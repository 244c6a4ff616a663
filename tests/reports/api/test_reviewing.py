"""Review, approval, comments, versions and writing anew over HTTP."""

import pytest

from accounts.models import Membership
from reports.models import Statement
from reports.serializers.reviewing import DifferenceSerializer, VersionSerializer
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return MembershipFactory(user=user, workspace=WorkspaceFactory()).workspace


@pytest.fixture
def viewer(home):
    return MembershipFactory(workspace=home, role=Membership.Role.VIEWER).user


@pytest.fixture
def minutes(home):
    job = JobFactory(meeting=MeetingFactory(workspace=home), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4)


def at(minutes, what=""):
    return f"/api/v1/minutes/{minutes.pk}/{what}"


def test_the_way_to_approval(api, api_of, user, viewer, minutes):
    before = api.get(at(minutes, "review/")).json()
    assert {p["id"] for p in before["candidates"]} == {user.pk, viewer.pk}
    sent = api.post(at(minutes, "review/"), {"reviewers": [viewer.pk]}, format="json").json()
    assert (sent["state"], sent["reviewers"][0]["decision"]) == ("in_review", "waiting")
    reviewer = api_of(viewer)
    empty = reviewer.post(at(minutes, "return/"), {"reason": " "}, format="json")
    assert empty.status_code == 400
    back = reviewer.post(at(minutes, "return/"), {"reason": "Нет."}, format="json").json()
    assert back["state"] == "draft"
    api.post(at(minutes, "review/"), {"reviewers": [viewer.pk]}, format="json")
    done = reviewer.post(at(minutes, "approve/")).json()
    assert (done["state"], done["approval"]["number"]) == ("approved", 1)
    assert api.get(at(minutes)).json()["approval"]["digest"] == done["approval"]["digest"]
    again = reviewer.post(at(minutes, "approve/"))
    assert (again.status_code, again.json()["code"]) == (409, "not_in_review")


def test_reviewers_comment_and_other_viewers_do_not(api, api_of, viewer, minutes):
    lineage = str(Statement.objects.first().lineage)
    given = {"lineage": lineage, "text": "Точно?"}
    path = at(minutes, "comments/")
    refused = api_of(viewer).post(path, given, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only")
    api.post(at(minutes, "review/"), {"reviewers": [viewer.pk]}, format="json")
    made = api_of(viewer).post(path, given, format="json")
    assert made.status_code == 201
    whole = api.post(path, {"text": "Всё верно."}, format="json").json()
    assert whole["lineage"] is None
    one = f"/api/v1/comments/{made.json()['id']}/"
    settled = api.patch(one, {"resolved": True}, format="json").json()
    assert settled["resolved_by"] is not None
    opened = api.patch(one, {"resolved": False}, format="json").json()
    assert opened["resolved_at"] is None
    assert len(api.get(path).json()) == 2
    foreign = {"lineage": "00000000-0000-0000-0000-000000000000", "text": "?"}
    assert api.post(path, foreign, format="json").json()["code"] == "unknown_statement"


def test_versions_are_listed_copied_and_compared(api, minutes):
    made = api.post(at(minutes, "versions/"))
    assert (made.status_code, made.json()["version"]) == (201, 2)
    assert made["Location"].endswith(f"/api/v1/minutes/{made.json()['id']}/")
    listed = api.get(f"/api/v1/meetings/{minutes.meeting_id}/minutes/versions/").json()
    assert [version["version"] for version in listed] == [2, 1]
    assert set(listed[0]) == set(VersionSerializer().fields)
    path = f"/api/v1/minutes/{made.json()['id']}/diff/"
    found = api.get(path).json()
    fields = DifferenceSerializer().fields
    assert set(found) == set(fields)
    entry = fields["sections"].child.fields["entries"].child.fields
    assert set(found["sections"][0]["entries"][0]) == set(entry)
    assert found["totals"] == {"added": 0, "dropped": 0, "changed": 0, "moved": 0, "same": 4}
    assert api.get(f"{path}?against=1").json() == found
    assert api.get(f"{path}?against=7").status_code == 404


def test_writing_anew_is_a_job_and_asks_before_it_overwrites(api, minutes):
    statement = Statement.objects.first()
    api.patch(f"/api/v1/statements/{statement.pk}/", {"revision": 1, "text": "Моё."}, format="json")
    asked = {"statement": str(statement.lineage)}
    refused = api.post(at(minutes, "regenerate/"), asked, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "edited_by_people")
    started = api.post(at(minutes, "regenerate/"), asked | {"overwrite": True}, format="json")
    assert started.status_code == 202
    assert "/api/v1/jobs/" in started["Location"]
    busy = api.post(at(minutes, "regenerate/"), {}, format="json")
    assert (busy.status_code, busy.json()["code"]) == (409, "job_running")


CALLS = [
    ("get", "review/"),
    ("post", "review/"),
    ("post", "approve/"),
    ("post", "return/"),
    ("get", "comments/"),
    ("post", "comments/"),
    ("post", "versions/"),
    ("get", "diff/"),
    ("post", "regenerate/"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_strangers_find_nothing_and_nobody_is_asked_to_sign_in(
    api_of, stranger, minutes, method, path
):
    assert getattr(api_of(stranger), method)(at(minutes, path)).status_code == 404
    assert getattr(api_of(None), method)(at(minutes, path)).status_code == 401


@pytest.mark.parametrize("path", ["review/", "versions/", "regenerate/"])
def test_viewers_start_nothing(api_of, viewer, minutes, path):
    answer = api_of(viewer).post(at(minutes, path), {"reviewers": [viewer.pk]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "read_only")


def test_a_comment_that_is_sent_twice_is_made_once(api, minutes):
    key = {"Idempotency-Key": "once"}
    answers = [
        api.post(at(minutes, "comments/"), {"text": "Why?"}, format="json", headers=key)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len(api.get(at(minutes, "comments/")).json()) == 1
