"""The page of action items: who sees and ticks what, at what cost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import ActionItem
from tests.factories import ActionItemFactory, MeetingFactory, MembershipFactory, SeriesFactory

pytestmark = pytest.mark.django_db

URL = "/action-items/"


@pytest.fixture
def meeting(user):
    return MeetingFactory(owner=user, series=SeriesFactory(owner=user, name="Weekly"))


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def page(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def headings(shown):
    return re.findall(r'items__title">([^<]+)<', shown)


def test_nobody_is_sent_to_sign_in(client):
    assert client.get(URL)["Location"] == f"/sign-in/?next={URL}"


def test_items_lead_to_the_moment_they_were_said(browser, meeting):
    item = ActionItemFactory(meeting=meeting, text="Send the offer.")
    segment = item.statement.evidence.get().segment_id
    shown = page(browser)
    assert f'href="/meetings/{meeting.pk}/#segment-{segment}">Send the offer.' in shown
    assert "1:00" in shown


def test_items_are_shown_by_state(browser, meeting):
    ActionItemFactory(meeting=meeting, text="late", due=in_days(-1))
    ActionItemFactory(meeting=meeting, text="soon")
    ActionItemFactory(meeting=meeting, text="finished", state="done")
    ActionItemFactory(meeting=meeting, text="given up", state="dropped")
    for view, found in {
        "": {"late", "soon"},
        "?view=overdue": {"late"},
        "?view=done": {"finished"},
        "?view=dropped": {"given up"},
        "?view=nonsense": {"late", "soon"},
        f"?series={meeting.series_id}": {"late", "soon"},
        f"?series={SeriesFactory().pk}": set(),
    }.items():
        shown = page(browser, view)
        texts = ("late", "soon", "finished", "given up")
        assert {text for text in texts if f">{text}</a>" in shown} == found, view


def test_items_are_grouped_by_day_by_person_and_by_series(browser, user, meeting):
    ActionItemFactory(meeting=meeting, assignee="Tom", due=in_days(-1))
    ActionItemFactory(meeting=meeting, assignee="Ann", due=in_days(0))
    ActionItemFactory(meeting=MeetingFactory(owner=user), assignee="", due=in_days(3))
    ActionItemFactory(meeting=meeting, assignee="Ann", due=in_days(30))
    ActionItemFactory(meeting=meeting, assignee="Ann")
    days = ["Overdue", "Today", "Within a week", "Later", "Without a day"]
    assert headings(page(browser)) == days
    assert headings(page(browser, "?by=person")) == ["Nobody was named", "Ann", "Tom"]
    assert headings(page(browser, "?by=series")) == ["Weekly", "Outside of any series"]


def test_an_item_is_ticked_and_reopened_without_scripts(browser, user, meeting):
    item = ActionItemFactory(meeting=meeting)
    back = f"{URL}?by=person"
    answer = browser.post(f"{URL}{item.pk}/state/", {"state": "done", "next": back})
    assert answer["Location"] == back
    item.refresh_from_db()
    assert (item.state, item.changed_by) == ("done", user)
    browser.post(f"{URL}{item.pk}/state/", {"state": "open", "next": "https://evil.example"})
    item.refresh_from_db()
    assert item.state == "open"
    for nonsense in ("", "finished"):
        browser.post(f"{URL}{item.pk}/state/", {"state": nonsense})
    item.refresh_from_db()
    assert item.state == "open"


def test_nobody_is_led_elsewhere(browser, meeting):
    item = ActionItemFactory(meeting=meeting)
    form = {"state": "done", "next": "https://evil.example/"}
    assert browser.post(f"{URL}{item.pk}/state/", form)["Location"] == URL


def test_strangers_see_nothing_and_viewers_are_offered_nothing(client, meeting, stranger):
    item = ActionItemFactory(meeting=meeting, text="Our secret.")
    client.force_login(stranger)
    assert "Our secret." not in page(client)
    assert client.post(f"{URL}{item.pk}/state/", {"state": "done"}).status_code == 404
    client.force_login(MembershipFactory(workspace=meeting.workspace, role="viewer").user)
    shown = page(client)
    assert "Our secret." in shown
    assert "/state/" not in shown
    assert client.post(f"{URL}{item.pk}/state/", {"state": "done"}).status_code == 404
    assert ActionItem.objects.get().state == "open"


@pytest.mark.parametrize("rows", [2, 40])
def test_the_page_costs_constant_queries(browser, meeting, rows, django_assert_num_queries):
    for number in range(rows):
        ActionItemFactory(meeting=meeting, text=f"Item {number}")
    # session, person, items, evidence, segments, speakers, editable, counts, series, calendar
    with django_assert_num_queries(11):
        page(browser)


def test_more_than_a_page_goes_on(browser, meeting):
    first = ActionItemFactory(meeting=meeting)
    ActionItem.objects.bulk_create(
        ActionItem(meeting=meeting, statement=first.statement, text=f"Item {n}") for n in range(100)
    )
    assert page(browser).count("<li class=") == 100
    assert page(browser, "?page=2").count("<li class=") == 1


def test_the_page_carries_no_inline_script_or_style_and_no_markup_from_people(browser, meeting):
    ActionItemFactory(meeting=meeting, text="<script>alert(1)</script>", assignee="<b>x")
    shown = page(browser)
    assert "&lt;script&gt;alert" in shown
    assert "<b>x" not in shown
    assert "style=" not in shown
    assert not re.search(r"<script(?![^>]*\bsrc=)", shown)
