"""The page of a workspace's usage."""

import pytest

from accounts.models import Quota
from accounts.months import this_month
from meetings.services import uploads
from tests.factories import MeetingFactory, MembershipFactory
from tests.reports.services.test_usage import called, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return user.workspaces.get()


def page(browser, workspace, query=""):
    answer = browser.get(f"/workspaces/{workspace.pk}/usage/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_owners_see_limits_months_and_meetings(browser, user, home):
    Quota.objects.create(workspace=home, hours=1)
    meeting = MeetingFactory.create(owner=user, title="Совет <b>директоров</b>")
    worked(meeting, 3600)
    called(meeting)
    text = page(browser, home)
    assert "1 h 00 min" in text and "of 1 h 00 min" in text
    assert "Recordings are taken again from the first of the month on." in text
    assert "Совет &lt;b&gt;директоров" in text
    assert f"/usage/export/?month={this_month()}" in text


def test_the_page_tells_what_unfinished_uploads_take(browser, user, home):
    uploads.begin(by=user, workspace=home, filename="talk.ogg", size=3 * 1024**2)
    assert "3.0\xa0MB of it by unfinished uploads" in page(browser, home)


def test_without_limits_the_page_says_so_and_shows_no_bar(browser, home):
    text = page(browser, home)
    assert text.count("no limit") == 4
    assert "<progress" not in text
    assert "Nothing was worked on." in text


@pytest.mark.parametrize(
    "query", ["?month=nonsense", "?page=x", "?by=drop", "?month=2001-01&page=99"]
)
def test_what_nobody_can_mean_is_ignored(browser, home, query):
    page(browser, home, query)


def test_pages_hold_fifty_meetings(browser, user, home):
    for meeting in MeetingFactory.create_batch(51, owner=user):
        worked(meeting)
    first, second = page(browser, home), page(browser, home, "?page=2")
    assert first.count("/meetings/") - second.count("/meetings/") >= 49
    assert "?page=2#by-meeting" in first and 'rel="next"' not in second


def test_only_owners_are_led_there(browser, user):
    home = MembershipFactory(user=user, role="editor").workspace
    assert "/usage/" not in browser.get(f"/workspaces/{home.pk}/").content.decode()
    assert browser.get(f"/workspaces/{home.pk}/usage/").status_code == 403
    assert (
        "/usage/"
        in browser.get(f"/workspaces/{user.workspaces.get(personal=True).pk}/").content.decode()
    )
