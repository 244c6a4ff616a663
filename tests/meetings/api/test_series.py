"""Series over HTTP: who sees and changes them, and what their meetings take from them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import Meeting, Series
from tests.factories import MeetingFactory, MembershipFactory, SeriesFactory

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[3] / "samples" / "meeting_ru.ogg"
URL = "/api/v1/series/"


def upload(api, **fields):
    recording = SimpleUploadedFile("talk.ogg", SAMPLE.read_bytes(), "audio/ogg")
    return api.post("/api/v1/meetings/", {"recording": recording, **fields})


def test_a_series_is_made_read_changed_and_deleted(api, user):
    told = {"name": " Планёрка ", "agenda": ["Итоги", ""], "language": "ru"}
    made = api.post(URL, told, format="json")
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["name"], body["agenda"], body["meetings_count"]) == ("Планёрка", ["Итоги"], 0)
    assert body["workspace"] == user.workspaces.get().pk
    assert api.get(made["Location"]).json() == body
    changed = api.patch(made["Location"], {"vocabulary": "Кафка"}, format="json").json()
    assert (changed["vocabulary"], changed["agenda"]) == ("Кафка", ["Итоги"])
    meeting = MeetingFactory(owner=user, series=Series.objects.get())
    assert api.delete(made["Location"]).status_code == 204
    meeting.refresh_from_db()
    assert meeting.series is None


def test_the_same_key_makes_one_series(api):
    headers = {"Idempotency-Key": "once"}
    first = api.post(URL, {"name": "Weekly"}, headers=headers)
    assert api.post(URL, {"name": "Weekly"}, headers=headers).json() == first.json()
    assert Series.objects.count() == 1


@pytest.mark.parametrize("name", ["Weekly", "weekly "])
def test_a_workspace_has_one_series_of_a_name(api, user, name):
    SeriesFactory(owner=user, name="Weekly")
    response = api.post(URL, {"name": name})
    assert (response.status_code, response.json()["code"]) == (409, "name_taken")
    other = SeriesFactory(owner=user, name="Another")
    response = api.patch(f"{URL}{other.pk}/", {"name": name})
    assert (response.status_code, response.json()["code"]) == (409, "name_taken")


def test_strangers_find_no_series_and_viewers_change_none(api, api_of, user, stranger):
    series = SeriesFactory(owner=user)
    for method in ("get", "patch", "delete"):
        assert getattr(api_of(stranger), method)(f"{URL}{series.pk}/").status_code == 404
    assert api_of(stranger).get(URL).json()["results"] == []
    reader = MembershipFactory(workspace=series.workspace, role="viewer").user
    assert api_of(reader).get(f"{URL}{series.pk}/").status_code == 200
    for method in ("patch", "delete"):
        response = getattr(api_of(reader), method)(f"{URL}{series.pk}/")
        assert (response.status_code, response.json()["code"]) == (403, "read_only")
    theirs = api_of(reader).post(URL, {"name": "x", "workspace": series.workspace_id})
    assert theirs.status_code == 400


@pytest.mark.parametrize("rows", [10, 100])
def test_the_list_costs_constant_queries(api, user, rows, django_assert_num_queries):
    for _ in range(rows):
        MeetingFactory(owner=user, series=SeriesFactory(owner=user))
    with django_assert_num_queries(3):  # session, person, series
        body = api.get(f"{URL}?page_size=200").json()
    assert [len(body["results"]), body["results"][0]["meetings_count"]] == [rows, 1]


def test_the_list_is_searched_by_name(api, user):
    SeriesFactory(owner=user, name="Планёрка")
    SeriesFactory(owner=user, name="Совет директоров")
    assert [s["name"] for s in api.get(f"{URL}?q=совет").json()["results"]] == ["Совет директоров"]


def test_a_new_meeting_takes_from_its_series_what_nobody_told(api, user):
    series = SeriesFactory(
        workspace=MembershipFactory(user=user).workspace,
        language="ru",
        agenda=["Итоги"],
        participants=["Ольга"],
        vocabulary="Кафка",
    )
    body = upload(api, series=str(series.pk), agenda="Бюджет", vocabulary="").json()
    assert (body["series"], body["workspace"]) == (str(series.pk), series.workspace_id)
    told = (body["language"], body["agenda"], body["participants"], body["vocabulary"])
    assert told == ("ru", ["Бюджет"], ["Ольга"], "Кафка")


def test_a_meeting_is_not_sent_into_another_workspaces_series(api, user):
    series = SeriesFactory(owner=user)
    other = MembershipFactory(user=user).workspace
    response = upload(api, series=str(series.pk), workspace=other.pk)
    assert (response.status_code, response.json()["code"]) == (409, "other_workspace")
    assert upload(api, series=str(SeriesFactory().pk)).status_code == 400
    assert not Meeting.objects.exists()


def test_meetings_are_narrowed_to_a_series(api, user):
    series = SeriesFactory(owner=user)
    MeetingFactory(owner=user, series=series, title="In")
    MeetingFactory(owner=user, title="Out")
    body = api.get(f"/api/v1/meetings/?series={series.pk}").json()
    assert [(m["title"], m["series"]) for m in body["results"]] == [("In", str(series.pk))]


def test_a_meeting_changes_its_series_within_its_workspace(api, user):
    meeting, series = MeetingFactory(owner=user), SeriesFactory(owner=user)
    elsewhere = SeriesFactory()
    MembershipFactory(workspace=elsewhere.workspace, user=user)
    url = f"/api/v1/meetings/{meeting.pk}/"
    changed = api.patch(url, {"series": str(series.pk)}, format="json")
    assert changed.json()["series"] == str(series.pk)
    for foreign in (elsewhere, SeriesFactory()):
        response = api.patch(url, {"series": str(foreign.pk)}, format="json")
        assert (response.status_code, list(response.json()["errors"])) == (400, ["series"])
    assert api.patch(url, {"series": None}, format="json").json()["series"] is None
