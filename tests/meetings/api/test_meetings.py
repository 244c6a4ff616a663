"""Meetings over HTTP: who sees what, what is taken, what is refused."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import Deletion, Job, Meeting
from meetings.services import deletion
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[3] / "samples" / "meeting_ru.ogg"


def sample(name="планёрка.ogg"):
    return SimpleUploadedFile(name, SAMPLE.read_bytes(), "audio/ogg")


def test_an_upload_becomes_a_meeting_with_a_queued_job(
    api, user, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = api.post(
            "/api/v1/meetings/",
            {
                "recording": sample(),
                "language": "ru",
                "speakers": "4",
                "agenda": "Дата запуска\nБюджет\n",
                "participants": ["Марина", "Алексей"],
                "held_at": "2026-03-16T10:00:00+03:00",
            },
        )
    assert response.status_code == 202, response.content
    body = response.json()
    assert body["title"] == "планёрка"
    assert body["speakers"] == 4
    assert body["agenda"] == ["Дата запуска", "Бюджет"]
    assert body["participants"] == ["Марина", "Алексей"]
    assert body["recording"]["bytes"] == SAMPLE.stat().st_size
    assert body["recording"]["duration"] == pytest.approx(135, abs=60)
    assert body["job"]["state"] == "queued"
    assert body["job"]["stage"] == "convert"
    watched = api.get(response["Location"]).json()
    assert watched["id"] == body["job"]["id"]
    assert watched["meeting"] == body["id"]
    assert [stage["name"] for stage in watched["stages"]] == [
        *("convert", "diarize", "transcribe", "align", "report")
    ]
    meeting = Meeting.objects.get(pk=body["id"])
    assert meeting.workspace == user.workspaces.get(personal=True)
    assert default_storage.size(meeting.recording.key) == SAMPLE.stat().st_size
    assert meeting.job.messages.get().sent_at is not None


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [("empty.ogg", b"", 422), ("talk.mp3", b"only text, and some more of it" * 100, 422)],
)
def test_what_is_no_recording_is_refused_and_nothing_is_kept(api, name, content, status):
    response = api.post("/api/v1/meetings/", {"recording": SimpleUploadedFile(name, content)})
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] not in ("", "error", "server_error")
    assert not Meeting.objects.exists()


def test_an_upload_without_its_recording_says_which_field_is_missing(api):
    response = api.post("/api/v1/meetings/", {"title": "x"}, format="multipart")
    assert response.status_code == 400
    assert response.json()["errors"] == {"recording": ["No file was submitted."]}


def test_a_json_body_names_a_recording_and_cannot_carry_one(api):
    response = api.post("/api/v1/meetings/", {"title": "x", "recording": "OggS"}, format="json")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["upload"]
    response = api.post("/api/v1/meetings/", "OggS", content_type="audio/ogg")
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


def test_the_same_key_and_body_give_the_same_answer(api):
    form = {"title": "Планёрка", "HTTP_IDEMPOTENCY_KEY": "k1"}
    key = form.pop("HTTP_IDEMPOTENCY_KEY")
    headers = {"Idempotency-Key": key}
    first = api.post("/api/v1/meetings/", {"recording": sample(), **form}, headers=headers)
    second = api.post("/api/v1/meetings/", {"recording": sample(), **form}, headers=headers)
    assert (second.status_code, second.json(), second["Location"]) == (
        202,
        first.json(),
        first["Location"],
    )
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"title": "Другое"}, {"recording": SimpleUploadedFile("планёрка.ogg", b"not the same")}],
)
def test_the_same_key_with_another_body_is_a_conflict(api, other):
    headers = {"Idempotency-Key": "k1"}
    form = {"title": "Планёрка"}
    api.post("/api/v1/meetings/", {"recording": sample(), **form}, headers=headers)
    second = api.post("/api/v1/meetings/", {"recording": sample(), **form} | other, headers=headers)
    assert second.status_code == 409
    assert second.json()["code"] == "idempotency_key_reused"
    assert Meeting.objects.count() == 1


def test_a_refused_upload_leaves_its_key_free(api):
    headers = {"Idempotency-Key": "k1"}
    bad = SimpleUploadedFile("x.ogg", b"no sound")
    assert api.post("/api/v1/meetings/", {"recording": bad}, headers=headers).status_code == 422
    good = api.post("/api/v1/meetings/", {"recording": sample()}, headers=headers)
    assert good.status_code == 202


def test_another_workspace_takes_uploads_of_its_editors_only(api, user):
    mine, theirs = WorkspaceFactory(), WorkspaceFactory()
    MembershipFactory(workspace=mine, user=user, role="editor")
    MembershipFactory(workspace=theirs, user=user, role="viewer")
    response = api.post("/api/v1/meetings/", {"recording": sample(), "workspace": mine.pk})
    assert response.json()["workspace"] == mine.pk
    response = api.post("/api/v1/meetings/", {"recording": sample(), "workspace": theirs.pk})
    assert response.status_code == 400
    assert "workspace" in response.json()["errors"]


def test_the_list_holds_what_is_in_sight_newest_first(api, user, stranger):
    for day, title in ((1, "old"), (3, "new"), (2, "middle")):
        MeetingFactory(owner=user, title=title, held_at=f"2026-01-0{day}T09:00:00Z")
    MeetingFactory(owner=stranger)
    body = api.get("/api/v1/meetings/").json()
    assert [meeting["title"] for meeting in body["results"]] == ["new", "middle", "old"]
    assert body["next"] is None


def test_pages_of_the_list_neither_repeat_nor_skip_rows_held_at_one_time(api, user):
    for _ in range(7):
        MeetingFactory(owner=user, held_at="2026-01-01T09:00:00Z")
    seen, url = [], "/api/v1/meetings/?page_size=3"
    while url:
        body = api.get(url).json()
        seen += [meeting["id"] for meeting in body["results"]]
        url = body["next"]
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=бюджет", ["Бюджет 2026"]),
        ("q=ольга бюджет", ["Бюджет 2026"]),
        ("q=nothing", []),
        ("state=running", ["Планёрка"]),
        ("state=running&state=failed", ["Бюджет 2026", "Планёрка"]),
        ("ordering=title", ["Бюджет 2026", "Планёрка"]),
        ("ordering=-title", ["Планёрка", "Бюджет 2026"]),
        ("held_after=2026-02-01T00:00:00Z", ["Бюджет 2026"]),
        ("held_before=0420-09-14T06:02:52%2B19:24", []),  # PostgreSQL knows no such zone
    ],
)
def test_the_list_is_narrowed_and_ordered(api, user, query, titles):
    first = MeetingFactory(owner=user, title="Планёрка", held_at="2026-01-01T09:00:00Z")
    second = MeetingFactory(
        owner=user,
        title="Бюджет 2026",
        participants=["Ольга Никитина"],
        held_at="2026-03-01T09:00:00Z",
    )
    JobFactory(meeting=first, state="failed")
    JobFactory(meeting=first, state="running", stages={"convert": "running"})
    JobFactory(meeting=second, state="failed", stages={"convert": "dead"})
    body = api.get(f"/api/v1/meetings/?{query}").json()
    assert [meeting["title"] for meeting in body["results"]] == titles


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "cursor=bm9uc2Vuc2U",
        "cursor=cD1ub25zZW5zZQ==",
        "cursor=cD0wNDIwLTA5LTE0KzA2JTNBMDIlM0E1MiUyQjE5JTNBMjQ%3D",
        "held_after=0001-01-01T00:00:00%2B01:00",
    ],
)
def test_a_query_that_makes_no_sense_is_a_problem_of_the_caller(api, query):
    response = api.get(f"/api/v1/meetings/?{query}")
    assert response.status_code in (400, 404)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("rows", [10, 100])
def test_the_list_costs_as_many_queries_for_10_rows_as_for_100(
    api, user, rows, django_assert_num_queries
):
    for _ in range(rows):
        JobFactory(meeting=MeetingFactory(owner=user), state="running")
    api.get("/api/v1/meetings/")  # learns the rates of stages, kept in the cache
    with django_assert_num_queries(6):  # session, person, meetings, jobs, stages, own workspaces
        body = api.get("/api/v1/meetings/?page_size=200").json()
    assert len(body["results"]) == rows


def test_the_job_in_brief_says_how_far_it_is(api, user):
    meeting = MeetingFactory(owner=user)
    states = {"convert": "succeeded", "diarize": "running"}
    JobFactory(meeting=meeting, state="running", stages=states)
    brief = api.get(f"/api/v1/meetings/{meeting.pk}/").json()["job"]
    assert brief["stage"] == "diarize"
    assert 0 < brief["progress"] < 0.2
    assert brief["eta_seconds"] > 0
    assert brief["error"] is None


def test_a_failed_jobs_error_stands_in_the_brief(api, user):
    meeting = MeetingFactory(owner=user)
    job = JobFactory(meeting=meeting, state="failed", stages={"convert": "dead"})
    error = {"code": "no_sound", "detail": "There is no sound.", "retryable": False}
    stored = {"code": "no_sound", "sentence": "There is no {what}.", "facts": {"what": "sound"}}
    job.stages.filter(name="convert").update(error=stored)
    brief = api.get(f"/api/v1/meetings/{meeting.pk}/").json()["job"]
    assert (brief["state"], brief["error"], brief["stage"]) == ("failed", error, None)


def test_a_meeting_is_changed_in_what_is_known_about_it(api, user):
    meeting = MeetingFactory(owner=user)
    response = api.patch(
        f"/api/v1/meetings/{meeting.pk}/",
        {"title": "Новое", "speakers": 3, "agenda": ["Один", ""], "language": "en"},
        format="json",
    )
    assert response.status_code == 200
    meeting.refresh_from_db()
    assert (meeting.title, meeting.speakers_expected, meeting.agenda) == ("Новое", 3, ["Один"])
    assert meeting.workspace == user.workspaces.get()


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"speakers": 51},
        {"speakers": 0},
        {"language": "russian"},
        {"agenda": [1, {}]},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(api, user, change):
    meeting = MeetingFactory(owner=user)
    response = api.patch(f"/api/v1/meetings/{meeting.pk}/", change, format="json")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(change)


def test_a_deleted_meeting_leaves_no_object(api, user, django_capture_on_commit_callbacks):
    pk = api.post("/api/v1/meetings/", {"recording": sample()}).json()["id"]
    key = Meeting.objects.get(pk=pk).recording.key
    with django_capture_on_commit_callbacks(execute=True):
        assert api.delete(f"/api/v1/meetings/{pk}/?for_good=1").status_code == 204
    for row in Deletion.objects.all():
        deletion.work_off(deletion_id=row.pk)
    assert not default_storage.exists(key)
    assert api.get(f"/api/v1/meetings/{pk}/").status_code == 404


def test_a_meeting_with_minutes_is_deleted_with_all_that_was_made_of_it(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    MinutesFactory(transcript=TranscriptFactory(job=job))
    assert api.delete(f"/api/v1/meetings/{job.meeting_id}/?for_good=1").status_code == 204
    assert not Meeting.objects.exists()


def test_a_meeting_is_processed_again_from_a_stage_whose_predecessors_are_done(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    response = api.post(
        f"/api/v1/meetings/{job.meeting.pk}/process/",
        {"from_stage": "transcribe", "language": "en"},
    )
    assert response.status_code == 202
    states = {stage["name"]: stage["state"] for stage in response.json()["stages"]}
    assert (states["diarize"], states["transcribe"]) == ("skipped", "pending")
    assert Job.objects.get(pk=response.json()["id"]).options == {"language": "en"}
    assert response["Location"] == f"http://testserver/api/v1/jobs/{response.json()['id']}/"


def test_a_stage_whose_predecessor_was_never_done_cannot_begin(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="failed", stages={"convert": "dead"})
    response = api.post(f"/api/v1/meetings/{job.meeting.pk}/process/", {"from_stage": "align"})
    assert (response.status_code, response.json()["code"]) == (409, "stage_not_done")


def test_a_meeting_is_not_processed_twice_at_once(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="running")
    response = api.post(f"/api/v1/meetings/{job.meeting.pk}/process/")
    assert (response.status_code, response.json()["code"]) == (409, "job_running")


def test_processing_again_is_done_once_a_key(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    url = f"/api/v1/meetings/{job.meeting.pk}/process/"
    first = api.post(url, headers={"Idempotency-Key": "again"})
    second = api.post(url, headers={"Idempotency-Key": "again"})
    assert (second.status_code, second.json()) == (202, first.json())


def test_cancelling_ends_the_active_job_once(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="running")
    response = api.post(f"/api/v1/meetings/{job.meeting.pk}/cancel/")
    assert (response.status_code, response.json()["state"]) == (202, "cancelled")
    response = api.post(f"/api/v1/meetings/{job.meeting.pk}/cancel/")
    assert (response.status_code, response.json()["code"]) == (409, "nothing_to_cancel")
