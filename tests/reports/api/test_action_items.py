"""Action items over HTTP: who sees and changes them, how they are narrowed, the table."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.spreadsheets import guarded
from reports.api.action_items import ActionItemSerializer
from tests.factories import (
    ActionItemFactory,
    MeetingFactory,
    MembershipFactory,
    SeriesFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

URL = "/api/v1/action-items/"


@pytest.fixture
def meeting(user):
    return MeetingFactory(owner=user, series=SeriesFactory(owner=user))


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def texts(api, query=""):
    body = api.get(URL + query).json()
    return {item["text"] for item in body["results"]}


def test_an_item_is_the_one_of_the_schema_with_the_moment_it_was_said(api, meeting):
    item = ActionItemFactory(meeting=meeting, due=in_days(-1))
    [body] = api.get(URL).json()["results"]
    assert set(body) == set(ActionItemSerializer().fields)
    assert (body["overdue"], body["series"]) == (True, str(meeting.series_id))
    assert body["meeting"]["title"] == meeting.title
    assert body["moment"] == body["evidence"][0]
    assert body["moment"]["quote"] == item.text
    assert api.get(f"{URL}{item.pk}/").json() == body


def test_an_item_is_done_and_reopened_and_signed(api, user, meeting):
    item = ActionItemFactory(meeting=meeting)
    body = api.patch(f"{URL}{item.pk}/", {"state": "done"}, format="json").json()
    assert (body["state"], body["changed_by"]) == ("done", str(user))
    assert body["changed_at"] is not None
    assert api.patch(f"{URL}{item.pk}/", {"state": "open"}, format="json").json()["state"] == "open"


def test_assignee_day_and_text_are_changed(api, meeting):
    item = ActionItemFactory(meeting=meeting)
    told = {"assignee": "Пётр", "due": "2026-04-01", "text": "Другое."}
    body = api.patch(f"{URL}{item.pk}/", told, format="json").json()
    assert {name: body[name] for name in told} == told
    assert api.patch(f"{URL}{item.pk}/", {"due": None}, format="json").json()["due"] is None


@pytest.mark.parametrize("change", [{"state": "finished"}, {"due": "soon"}, {"text": ""}])
def test_a_change_that_makes_no_sense_is_refused(api, meeting, change):
    item = ActionItemFactory(meeting=meeting)
    response = api.patch(f"{URL}{item.pk}/", change, format="json")
    assert (response.status_code, list(response.json()["errors"])) == (400, list(change))


def test_what_is_not_to_be_set_stays(api, meeting):
    item = ActionItemFactory(meeting=meeting)
    api.patch(f"{URL}{item.pk}/", {"changed_by": "x", "meeting": "y", "due_text": "z"})
    item.refresh_from_db()
    assert (item.changed_by, item.meeting, item.due_text) == (None, meeting, "")


def test_strangers_find_nothing_and_viewers_change_nothing(api_of, meeting, stranger):
    item = ActionItemFactory(meeting=meeting)
    for method in ("get", "patch"):
        assert getattr(api_of(stranger), method)(f"{URL}{item.pk}/").status_code == 404
    assert texts(api_of(stranger)) == set()
    assert item.text not in api_of(stranger).get(f"{URL}export/").content.decode()
    reader = api_of(MembershipFactory(workspace=meeting.workspace, role="viewer").user)
    assert reader.get(f"{URL}{item.pk}/").status_code == 200
    response = reader.patch(f"{URL}{item.pk}/", {"state": "done"})
    assert (response.status_code, response.json()["code"]) == (403, "read_only")


def test_the_list_is_narrowed(api, user, meeting):
    ActionItemFactory(meeting=meeting, text="late", assignee="Анна", due=in_days(-2))
    ActionItemFactory(meeting=meeting, text="soon", assignee="Пётр", due=in_days(2))
    ActionItemFactory(meeting=meeting, text="done", assignee="Анна", due=in_days(-2), state="done")
    ActionItemFactory(meeting=MeetingFactory(owner=user), text="elsewhere", state="dropped")
    for query, found in {
        "?state=open": {"late", "soon"},
        "?state=done&state=dropped": {"done", "elsewhere"},
        "?overdue=true": {"late"},
        "?overdue=false": {"soon", "done", "elsewhere"},
        "?assignee=анна&state=open": {"late"},
        "?q=пётр soon": {"soon"},
        f"?series={meeting.series_id}&state=open": {"late", "soon"},
        f"?meeting={meeting.pk}&state=done": {"done"},
        f"?due_from={in_days(0)}&due_to={in_days(7)}": {"soon"},
    }.items():
        assert texts(api, query) == found, query
    assert api.get(f"{URL}?state=nonsense").status_code == 400


@pytest.mark.parametrize("rows", [10, 60])
def test_the_list_costs_constant_queries(api, meeting, rows, django_assert_num_queries):
    for number in range(rows):
        ActionItemFactory(meeting=meeting, text=f"Item {number}")
    # session, person, items, evidence, segments, speakers
    with django_assert_num_queries(7):
        body = api.get(f"{URL}?page_size=200").json()
    assert len(body["results"]) == rows


def table(api, query=""):
    response = api.get(f"{URL}export/{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = response.content.decode("utf-8")
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True)), text


def test_the_table_is_read_by_spreadsheets(api, meeting):
    awkward = 'Quote "it", comma;\nand a second line'
    ActionItemFactory(meeting=meeting, text=awkward, due=date(2026, 3, 20))
    ActionItemFactory(meeting=meeting, text="No day")
    (header, first, second), text = table(api)
    assert [first[header.index("Action item")], first[header.index("Due")]] == [
        awkward,
        "2026-03-20",
    ]
    assert second[header.index("Action item")] == "No day"
    assert first[-1].split("#")[0].endswith(f"/meetings/{meeting.pk}/")
    assert text.count("\r\n") == 3


def test_the_table_is_narrowed_and_in_the_readers_language(api_of, meeting):
    reader = UserFactory(language="ru")
    MembershipFactory(workspace=meeting.workspace, user=reader)
    ActionItemFactory(meeting=meeting, text="открыто")
    ActionItemFactory(meeting=meeting, text="сделано", state="done")
    (header, *rows), _text = table(api_of(reader), "?state=done")
    assert header[:2] == ["Состояние", "Поручение"]
    assert [row[1] for row in rows] == ["сделано"]


@pytest.mark.parametrize("cell", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "2026-03-20", "Анна", "'=1"])
def test_other_cells_stay_as_they_are(cell):
    assert guarded(cell) == cell


def test_what_was_said_is_no_formula_in_the_table(api, meeting):
    ActionItemFactory(meeting=meeting, text='=HYPERLINK("http://evil","x")')
    (header, row), _text = table(api)
    assert row[header.index("Action item")].startswith("'=")
