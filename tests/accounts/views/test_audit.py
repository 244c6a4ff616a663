"""The pages of the audit log."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.acts import Act
from accounts.audit_forms import ABOUT
from accounts.models import AuditEntry
from accounts.services import audit
from tests.factories import MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return MembershipFactory.create(user=user, role="owner").workspace


def page(browser, path, **query):
    answer = browser.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def at(home):
    return f"/workspaces/{home.pk}/audit/"


def test_every_code_can_be_chosen():
    assert {code.partition(".")[0] for code in Act.values} == set(ABOUT)


def test_a_deed_is_told_in_words(browser, user, home):
    meeting = MeetingFactory(workspace=home, title="<b>Board</b>")
    audit.record(Act.MEETING_SHARED, of=meeting, by=user, person="b@example.org", right="read", x=1)
    shown = page(browser, at(home))
    assert "Meeting shared with a person" in shown
    assert "&lt;b&gt;Board&lt;/b&gt;" in shown
    assert "person: <bdi>b@example.org</bdi>" in shown
    assert user.email in shown


def test_the_workspace_leads_its_owners_there_and_nobody_else(client, user, home):
    viewer = MembershipFactory.create(workspace=home, role="viewer").user
    for person, led in ((user, True), (viewer, False)):
        client.force_login(person)
        assert (at(home) in page(client, f"/workspaces/{home.pk}/")) is led


def test_days_are_whole_where_the_reader_lives(browser, user, home):
    user.time_zone = "Asia/Vladivostok"
    user.save()
    for hour, title in ((13, "eve"), (15, "morning")):  # 23:00 and 01:00 there
        AuditEntry.objects.create(
            kind="system",
            what="meeting.deleted",
            workspace_id=home.pk,
            object_title=title,
            created_at=datetime(2026, 3, 2, hour, tzinfo=UTC),
        )
    shown = page(browser, at(home), **{"from": "2026-03-02", "until": "2026-03-02"})
    assert "eve" in shown
    assert "morning" not in shown
    export = re.search(r'href="([^"]+/export/[^"]*)"', shown)[1].replace("&amp;", "&")
    table = browser.get(export).content.decode()
    assert "eve" in table
    assert "morning" not in table


def test_what_makes_no_sense_is_said_and_shows_nothing(browser, user, home):
    audit.record(Act.WORKSPACE_RENAMED, of=home, by=user)
    shown = page(browser, at(home), what="nonsense", until="9999-12-31")
    assert "field__error" in shown
    assert "There is nothing here." in shown


def test_earlier_entries_follow(browser, user, home):
    for number in range(60):
        audit.record(Act.MINUTES_EXPORTED, of=home, by=user, version=1000 + number)
    first = page(browser, at(home))
    assert "1059" in first
    assert "1009" not in first
    earlier = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = page(browser, at(home) + earlier)
    assert "1009" in second
    assert "1010" not in second


@pytest.mark.parametrize("rows", [1, 40])
def test_the_page_costs_constant_queries(browser, user, home, rows, django_assert_num_queries):
    for _ in range(rows):
        audit.record(Act.MINUTES_EXPORTED, of=home, by=user)
    with django_assert_num_queries(4):  # session, person, workspace, entries
        page(browser, at(home))


def test_ones_own_account(browser, user, stranger):
    audit.record(Act.ACCOUNT_PASSWORD_CHANGED, of=user, by=user)
    audit.record(Act.ACCOUNT_EMAIL_CHANGED, of=stranger, by=stranger)
    shown = page(browser, "/activity/")
    assert "<strong>Password changed</strong>" in shown
    assert "<strong>E-mail changed</strong>" not in shown
    later = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "<strong>Password changed</strong>" not in page(browser, "/activity/", **{"from": later})
