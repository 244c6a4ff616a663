"""A workspace's usage over HTTP: its owners', by month and meeting, as JSON and as a table."""

import csv
import io

import pytest

from accounts.models import Quota
from accounts.months import this_month
from meetings.models import Deletion
from meetings.services import deletion
from tests.factories import MeetingFactory, MembershipFactory
from tests.reports.services.test_usage import called, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return user.workspaces.get()


def url(workspace, end=""):
    return f"/api/v1/workspaces/{workspace.pk}/usage/{end}"


def test_owners_are_told_quotas_and_months(api, user, home):
    Quota.objects.create(workspace=home, hours="1.5")
    worked(MeetingFactory.create(owner=user), 90)
    body = api.get(url(home)).json()
    assert (body["workspace"], body["month"]) == (home.pk, str(this_month()))
    assert body["quotas"][0] == {"quota": "hours", "used": 90, "under_way": 0, "limit": 5400}
    assert [gauge["quota"] for gauge in body["quotas"]] == [
        "hours",
        "storage",
        "llm_tokens",
        "jobs",
    ]
    assert (len(body["months"]), body["months"][0]["recording_seconds"]) == (12, 90)


@pytest.mark.parametrize("end", ["", "meetings/", "export/"])
def test_members_who_are_no_owners_are_told_nothing(api, user, end):
    home = MembershipFactory(user=user, role="editor").workspace
    answer = api.get(url(home, end))
    assert (answer.status_code, answer.json()["code"]) == (403, "owners_only")


def test_meetings_are_paged_and_ordered(api, user, home):
    for size in (3, 1, 2):
        worked(MeetingFactory.create(owner=user, recording__bytes=size), size * 60)
    seen, where = [], url(home, "meetings/?ordering=-bytes&page_size=1")
    while where:
        body = api.get(where).json()
        seen += [row["bytes"] for row in body["results"]]
        where = body["next"]
    assert seen == [3, 2, 1]
    assert set(body["results"][0]) == {
        *("meeting", "title", "held_at", "recording_seconds"),
        *("work_seconds", "tokens", "cost", "bytes"),
    }


def test_another_month_can_be_asked_for_and_what_is_none_is_400(api, user, home):
    month = this_month()
    worked(MeetingFactory.create(owner=user), at=month.later(-1).start)
    assert api.get(url(home, "meetings/")).json()["results"] == []
    found = api.get(url(home, f"meetings/?month={month.later(-1)}")).json()["results"]
    assert [row["recording_seconds"] for row in found] == [60]
    for end in ("meetings/?month=2026-13", "export/?month=yesterday"):
        answer = api.get(url(home, end))
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["month"])


def test_the_table_has_every_meeting_and_what_is_gone_and_no_formula(api, user, home):
    stays = MeetingFactory.create(owner=user, title="=cmd|' /C calc'!A0")
    goes = MeetingFactory.create(owner=user, title="Секрет")
    for meeting in (stays, goes):
        worked(meeting)
        called(meeting)
    deletion.purge(meeting_id=goes.pk, cause=Deletion.Cause.PERSON)
    answer = api.get(url(home, "export/"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"usage-{home.pk}-{this_month()}.csv" in answer["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    _head, first, rest = csv.reader(io.StringIO(text))
    assert first[1] == "'=cmd|' /C calc'!A0"
    assert first[3:8] == ["60.0", "10.0", "120", "0.000000", "1000"]
    assert rest[3:6] == ["60.0", "10.0", "120"]
    assert "Секрет" not in text
