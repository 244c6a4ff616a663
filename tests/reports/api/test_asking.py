"""Questions over HTTP: asked, watched, deleted; everybody's own."""

import uuid

import pytest

from accounts.models import AuditEntry
from meetings.models import Deletion, IdempotencyKey
from meetings.services import deletion
from reports.models import Question
from reports.services import asking
from tests.factories import MembershipFactory, SeriesFactory, UserFactory
from tests.reports.services.test_asking import QUESTION, ROOF, asked, home
from tests.transcription.test_meaning import told

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/ask/"


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    monkeypatch.setattr(asking, "_send", lambda pks: None)


def test_a_question_is_accepted_and_then_answered(api, user):
    meeting = told(user, ROOF, title="Совет")
    accepted = api.post(ROOT, {"question": f"  {QUESTION}\n"}, format="json")
    assert accepted.status_code == 202
    watched = accepted.json()
    assert accepted["Location"].endswith(f"{ROOT}{watched['id']}/")
    assert (watched["state"], watched["question"], watched["answer"]) == ("waiting", QUESTION, [])
    asking.answer(question_id=watched["id"])
    answer = api.get(accepted["Location"]).json()
    assert (answer["state"], answer["writer"], answer["is_withheld"]) == (
        "done",
        "extractive",
        False,
    )
    assert answer["answer"] == [
        {"text": ROOF, "verdict": "supported", "reason": "", "citations": [1]}
    ]
    [citation] = answer["citations"]
    assert citation["meeting"]["id"] == str(meeting.pk) and citation["meeting"]["title"] == "Совет"
    assert (citation["speaker"], citation["start"]) == ("Ольга Смирнова", 0.0)
    assert citation["stands"] and citation["segment"] == meeting.transcripts.get().segments.get().pk


def test_sent_twice_it_is_asked_once(api, user):
    answers = [
        api.post(ROOT, {"question": QUESTION}, format="json", headers={"Idempotency-Key": "a"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert Question.objects.count() == 1
    api.delete(answers[0]["Location"])
    assert not IdempotencyKey.objects.exists()  # it holds the question's words


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": " "}, "question"),
        ({"question": "x" * 501}, "question"),
        ({"question": "a\0b"}, "question"),
        ({"question": "a", "workspace": 0}, "workspace"),
        ({"question": "a", "held_from": "yesterday"}, "held_from"),
        ({"question": "a", "series": "x"}, "series"),
    ],
)
def test_what_is_wrong_is_told_by_field(api, body, field):
    answer = api.post(ROOT, body, format="json")
    assert answer.status_code == 400 and field in answer.json()["errors"]


def test_only_ones_own_workspaces_and_their_series_are_asked_about(api, user):
    stranger, series = UserFactory(), SeriesFactory(owner=user)
    team = MembershipFactory(user=user, role="viewer").workspace
    status = {
        home(stranger).pk: 404,
        10**12: 404,
        team.pk: 202,
    }
    for pk, expected in status.items():
        answer = api.post(ROOT, {"question": "a", "workspace": pk}, format="json")
        assert answer.status_code == expected, answer.content
    for pk in (SeriesFactory(owner=stranger).pk, uuid.uuid4()):
        assert (
            api.post(ROOT, {"question": "a", "series": str(pk)}, format="json").status_code == 404
        )
    foreign = api.post(
        ROOT, {"question": "a", "workspace": team.pk, "series": str(series.pk)}, format="json"
    )
    assert foreign.status_code == 400 and "series" in foreign.json()["errors"]


def test_a_series_tells_its_workspace(api, user):
    team = MembershipFactory(user=user, role="viewer").workspace
    series = SeriesFactory(workspace=team)
    answer = api.post(ROOT, {"question": "a", "series": str(series.pk)}, format="json")
    assert answer.status_code == 202 and answer.json()["workspace"] == team.pk


def test_everybody_sees_their_own_questions_alone(api, user):
    mine, other = asked(user), asked(UserFactory())
    rows = api.get(ROOT).json()["results"]
    assert [row["id"] for row in rows] == [str(mine.pk)]
    assert api.get(f"{ROOT}{other.pk}/").status_code == 404
    assert api.delete(f"{ROOT}{other.pk}/").status_code == 404
    assert api.delete(f"{ROOT}{mine.pk}/").status_code == 204
    assert list(Question.objects.all()) == [other]


def test_an_answer_is_withheld_from_who_lost_sight_of_its_meeting(api, user):
    meeting = told(UserFactory(), ROOF)
    membership = MembershipFactory(workspace=meeting.workspace, user=user, role="viewer")
    question = asked(user, workspace=meeting.workspace)
    membership.delete()
    shown = api.get(f"{ROOT}{question.pk}/")
    assert shown.json()["is_withheld"] and "крыши обойдётся" not in shown.content.decode()
    listed = api.get(ROOT).json()["results"][0]
    assert listed["is_withheld"] and listed["answer"] == listed["citations"] == []


@pytest.mark.parametrize("address", [ROOT, ROOT + "{}/"])
def test_who_reads_an_answer_has_seen_the_meetings_that_it_quotes(api, user, address):
    meeting = told(user, ROOF)
    question = asked(user)
    api.get(address.format(question.pk))
    [entry] = AuditEntry.objects.filter(what="meeting.seen")
    assert str(entry.object_id) == str(meeting.pk)


def test_with_an_answer_goes_what_was_kept_of_its_request(api, user):
    meeting = told(user, ROOF)
    accepted = api.post(
        ROOT, {"question": QUESTION}, format="json", headers={"Idempotency-Key": "a"}
    )
    asking.answer(question_id=accepted.json()["id"])
    deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON, by=user)
    assert not Question.objects.exists() and not IdempotencyKey.objects.exists()


def test_three_may_wait(api):
    status = [api.post(ROOT, {"question": "a"}, format="json").status_code for _ in range(4)]
    assert status == [202, 202, 202, 409]


def test_the_list_takes_as_many_queries_for_many(api, user, django_assert_max_num_queries):
    def listed():
        with django_assert_max_num_queries(99) as captured:
            assert api.get(ROOT).status_code == 200
        return len(captured)

    told(user, ROOF)
    asked(user)
    listed()
    one = listed()
    for _ in range(4):
        asked(user)
    assert listed() == one
