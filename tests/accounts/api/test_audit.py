"""The audit log over the API: pages, filters, a table; who may read which."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.acts import Act
from accounts.models import AuditEntry
from accounts.services import audit
from tests.factories import MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return MembershipFactory.create(user=user, role="owner").workspace


def listed(api, path="", **query):
    answer = api.get(path, query)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def at(home, end=""):
    return f"/api/v1/workspaces/{home.pk}/audit/{end}"


def test_owners_read_what_was_done_in_their_workspace(api, user, home):
    meeting = MeetingFactory(workspace=home, title="Board")
    audit.record(Act.MEETING_SHARED, of=meeting, by=user, person="b@example.org", right="read")
    audit.record(Act.MEETING_SHARED, of=MeetingFactory(), by=user)
    [entry] = listed(api, at(home))
    assert entry | {"created_at": "", "id": 0} == {
        "id": 0,
        "created_at": "",
        "what": "meeting.shared",
        "label": "Meeting shared with a person",
        "kind": "person",
        "user": user.pk,
        "name": user.name,
        "email": user.email,
        "via": "",
        "workspace": home.pk,
        "object": {"type": "meeting", "id": str(meeting.pk), "title": "Board"},
        "address": None,
        "agent": "",
        "details": {"person": "b@example.org", "right": "read"},
    }


def test_it_is_narrowed_by_who_what_and_when(api, user, stranger, home):
    meeting = MeetingFactory(workspace=home)
    for person, what in ((user, Act.MEETING_SEEN), (stranger, Act.MINUTES_EXPORTED)):
        audit.record(what, of=meeting, by=person)
    AuditEntry.objects.create(
        kind="system",
        what="meeting.deleted",
        workspace_id=home.pk,
        created_at=timezone.now() - timedelta(days=40),
    )

    def codes(**query):
        return [entry["what"] for entry in listed(api, at(home), **query)]

    lately = (timezone.now() - timedelta(days=1)).isoformat()
    assert codes() == ["meeting.deleted", "minutes.exported", "meeting.seen"]
    assert codes(who=stranger.email.upper()) == ["minutes.exported"]
    assert codes(what="meeting") == ["meeting.deleted", "meeting.seen"]
    assert codes(what="meeting.seen") == ["meeting.seen"]
    assert codes(what="meet") == []
    assert codes(**{"from": lately}) == ["minutes.exported", "meeting.seen"]
    assert codes(until=lately) == ["meeting.deleted"]
    assert api.get(at(home), {"from": "yesterday"}).status_code == 400
    assert api.get(at(home), {"who": "a\0b"}).status_code == 400


def test_pages_follow_each_other_without_gaps(api, user, home):
    meeting = MeetingFactory(workspace=home)
    for _ in range(5):
        audit.record(Act.MINUTES_EXPORTED, of=meeting, by=user)
    first = api.get(at(home), {"page_size": 2}).json()
    second = api.get(first["next"]).json()
    third = api.get(second["next"]).json()
    ids = [entry["id"] for page in (first, second, third) for entry in page["results"]]
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == 5
    assert third["next"] is None


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_constant_queries(api, user, home, rows, django_assert_num_queries):
    for _ in range(rows):
        audit.record(Act.MINUTES_EXPORTED, of=home, by=user)
    with django_assert_num_queries(4):  # session, person, workspace, entries
        listed(api, at(home))


def test_a_table_has_no_formula_and_is_noted(api, user, home):
    audit.record(Act.MEETING_DELETED, of=MeetingFactory(workspace=home, title="=cmd()"), by=user)
    answer = api.get(at(home, "export/"), {"what": "meeting"})
    text = answer.content.decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text, newline=""))
    told = dict(zip(header, row, strict=True))
    assert (told["Code"], told["Object"]) == ("meeting.deleted", "'=cmd()")
    assert [entry["what"] for entry in listed(api, at(home), what="audit")] == ["audit.exported"]


def test_everybody_reads_what_happened_with_their_own_account(api, api_of, user, stranger):
    audit.record(Act.ACCOUNT_SIGNED_IN, of=user, by=user)
    audit.record(Act.ACCOUNT_SESSION_ENDED, of=user, by=stranger)
    audit.record(Act.ACCOUNT_SIGNED_IN, of=stranger, by=stranger)
    codes = [entry["what"] for entry in listed(api, "/api/v1/me/audit/")]
    assert codes[0] == "account.session_ended"
    assert set(codes[1:]) == {"account.signed_in"}
    table = api.get("/api/v1/me/audit/export/").content.decode()
    assert "account.session_ended" in table
    theirs = listed(api_of(stranger), "/api/v1/me/audit/")
    assert {entry["object"]["id"] for entry in theirs} == {str(stranger.pk)}
