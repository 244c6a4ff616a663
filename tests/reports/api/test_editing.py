"""Editing over HTTP: rights, conflicts, verdicts as one types."""

import pytest

from accounts.models import Membership
from reports.models import Minutes, Statement
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4)


@pytest.fixture
def statement(minutes):
    """The one about the budget of two hundred thousand."""
    return Statement.objects.get(text__startswith="Бюджет")


def test_a_change_answers_with_the_statement_and_its_new_verdict(api, statement):
    body = {"revision": 1, "text": "Бюджет 300 тысяч."}
    answer = api.patch(f"/api/v1/statements/{statement.pk}/", body, format="json")
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "unverified"
    assert answer.json()["revision"] == 2


def test_a_conflict_answers_with_what_is_there_now(api, statement):
    path = f"/api/v1/statements/{statement.pk}/"
    api.patch(path, {"revision": 1, "text": "Бюджет двести тысяч."}, format="json")
    answer = api.patch(path, {"revision": 1, "text": "Иначе."}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_meanwhile")
    assert answer.json()["current"]["text"] == "Бюджет двести тысяч."
    assert answer.json()["current"]["revision"] == 2
    assert api.delete(f"{path}?revision=1").status_code == 409


def test_the_check_stores_nothing(api, statement):
    path = f"/api/v1/statements/{statement.pk}/check/"
    wrong = api.post(path, {"text": "Бюджет 300 тысяч."}, format="json").json()
    assert (wrong["verdict"], wrong["words"]) == ("unverified", "300 тысяч")
    assert wrong["label"]
    right = api.post(path, {"text": "Бюджет 200 тысяч."}, format="json").json()
    assert right == {"verdict": "supported", "reason": "", "label": "", "words": ""}
    bare = api.post(path, {"evidence": []}, format="json").json()
    assert bare["reason"] == "no_evidence"
    statement.refresh_from_db()
    assert (statement.revision, statement.verdict) == (1, "supported")


def test_a_statement_is_added_dropped_and_brought_back(api, minutes):
    path = f"/api/v1/minutes/{minutes.pk}/statements/"
    section = minutes.sections.first()
    segment = minutes.transcript.segments.first()
    given = {"section": section.pk, "text": segment.text, "evidence": [{"segment": segment.pk}]}
    checked = api.post(f"{path}check/", given, format="json").json()
    made = api.post(path, given, format="json")
    assert (made.status_code, made.json()["verdict"]) == (201, checked["verdict"])
    one = f"/api/v1/statements/{made.json()['id']}/"
    assert api.delete(f"{one}?revision=1").status_code == 204
    back = api.post(path, {"restore": made.json()["lineage"]}, format="json")
    assert (back.status_code, back.json()["text"]) == (201, segment.text)
    missing = api.post(path, {"kind": "decision"}, format="json").json()
    assert set(missing["errors"]) == {"section", "text"}


def test_a_statement_moves_by_section_and_position(api, minutes, statement):
    first = minutes.sections.first()
    body = {"revision": 1, "section": first.pk, "position": 0}
    assert api.patch(f"/api/v1/statements/{statement.pk}/", body, format="json").status_code == 200
    shown = api.get(f"/api/v1/minutes/{minutes.pk}/").json()["sections"]
    assert shown[0]["statements"][0]["id"] == statement.pk
    assert [len(section["statements"]) for section in shown] == [3, 1]


@pytest.mark.parametrize("state", ["in_review", "approved"])
def test_what_is_no_draft_is_not_edited(api, minutes, statement, state):
    Minutes.objects.update(state=state)
    body = {"revision": 1, "text": "Иначе."}
    answer = api.patch(f"/api/v1/statements/{statement.pk}/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, state)


def calls(minutes, statement):
    path = f"/api/v1/statements/{statement.pk}/"
    yield "patch", path
    yield "delete", f"{path}?revision=1"
    yield "post", f"{path}check/"
    yield "post", f"/api/v1/minutes/{minutes.pk}/statements/"
    yield "post", f"/api/v1/minutes/{minutes.pk}/statements/check/"


def test_strangers_find_no_statement_and_viewers_change_none(api_of, stranger, minutes, statement):
    viewer = MembershipFactory(
        workspace=minutes.meeting.workspace, role=Membership.Role.VIEWER
    ).user
    for person, code in ((stranger, 404), (viewer, 403), (None, 401)):
        for method, path in calls(minutes, statement):
            answer = getattr(api_of(person), method)(path, {"revision": 1}, format="json")
            assert answer.status_code == code, (person, method, path)
    assert Statement.objects.count() == 4


def test_a_statement_that_is_sent_twice_is_added_once(api, minutes, statement):
    path = f"/api/v1/minutes/{minutes.pk}/statements/"
    body = {"section": statement.section_id, "text": "Бюджет двести тысяч рублей."}
    key = {"Idempotency-Key": "once"}
    first, second = (api.post(path, body, format="json", headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first["Location"].endswith(f"/api/v1/statements/{first.json()['id']}/")
    assert Statement.objects.filter(text=body["text"]).count() == 1
    other = api.post(path, body | {"text": "x"}, format="json", headers=key)
    assert other.json()["code"] == "idempotency_key_reused"
