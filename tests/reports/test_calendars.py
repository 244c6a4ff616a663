"""The calendar at a secret address: what is in it, who can fetch it, until when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from reports.models import CalendarFeed
from reports.services import calendar_feeds
from tests.factories import ActionItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db

IN_A_WEEK = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def item(user):
    meeting = MeetingFactory(owner=user, title="Планёрка; «важная»")
    return ActionItemFactory(meeting=meeting, assignee="Анна", text="Отчёт, срочно", due=IN_A_WEEK)


def address(user, scope="all"):
    return f"/calendar/{calendar_feeds.create(user=user, scope=scope)}.ics"


def events(response):
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_an_open_item_is_a_day_long_event_with_an_alarm(client, user, item, settings):
    settings.PUBLIC_URL = "https://protokol.example.org"
    user.remind_days_before = 2
    user.save()
    response = client.get(address(user))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = events(response)
    assert event["SUMMARY"] == "Анна: Отчёт, срочно"
    assert event.decoded("DTSTART") == IN_A_WEEK
    assert event.decoded("DTEND") == IN_A_WEEK + timedelta(days=1)
    assert type(event.decoded("DTSTART")) is date
    segment = item.statement.evidence.get().segment_id
    link = f"https://protokol.example.org/meetings/{item.meeting_id}/#segment-{segment}"
    assert event["URL"] == link
    assert event["UID"] == f"action-item-{item.pk}@protokol.example.org"
    assert "Планёрка; «важная», 1:00" in event["DESCRIPTION"]
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=9) - timedelta(days=2)


def test_what_is_done_has_no_day_or_is_anothers_is_not_there(client, user, stranger, item):
    meeting = item.meeting
    ActionItemFactory(meeting=meeting, due=IN_A_WEEK, state="done")
    ActionItemFactory(meeting=meeting)
    ActionItemFactory(meeting=MeetingFactory(owner=stranger), due=IN_A_WEEK)
    assert [e["SUMMARY"] for e in events(client.get(address(user)))] == ["Анна: Отчёт, срочно"]


def test_only_my_own(client, user, item):
    ActionItemFactory(meeting=item.meeting, assignee="Пётр", text="Счёт", due=IN_A_WEEK)
    user.name = "Пётр Иванов"
    user.save()
    shown = events(client.get(address(user, "mine")))
    assert [e["SUMMARY"] for e in shown] == ["Пётр: Счёт"]


def test_nothing_new_is_not_sent_again(client, user, item):
    url = address(user)
    first = client.get(url)
    assert client.get(url).content == first.content
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    item.text = "Другое"
    item.save()
    changed = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_the_address_needs_no_session_and_is_closed_by_revoking(client, user, item):
    url = address(user)
    assert client.get(url).status_code == 200
    calendar_feeds.revoke(user=user)
    assert client.get(url).status_code == 404
    assert client.get("/calendar/guess.ics").status_code == 404


def test_a_new_address_closes_the_one_before_and_dismissal_closes_all(client, user, item):
    first, second = address(user), address(user)
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]
    user.is_active = False
    user.save()
    assert client.get(second).status_code == 404


def test_the_token_is_not_stored_and_its_use_is_noted(client, user, item):
    url = address(user)
    feed = CalendarFeed.objects.get()
    assert url.split("/")[-1].removesuffix(".ics") not in str(feed.__dict__)
    client.get(url)
    feed.refresh_from_db()
    assert feed.last_used_at is not None


def test_the_page_shows_the_address_once(browser, user):
    shown = browser.post("/action-items/calendar/", {"scope": "mine"}, follow=True).content.decode()
    assert "/calendar/" in shown
    assert ".ics" in shown
    assert ".ics" not in browser.get("/action-items/").content.decode()
    assert CalendarFeed.objects.get().scope == "mine"
    browser.post("/action-items/calendar/revoke/")
    assert not CalendarFeed.objects.exists()


def test_the_api_makes_shows_and_revokes(api, client):
    assert api.get("/api/v1/calendar/").status_code == 404
    made = api.post("/api/v1/calendar/", {"scope": "all"})
    assert made.status_code == 201
    assert client.get(made.json()["url"]).status_code == 200
    body = api.get("/api/v1/calendar/").json()
    assert (body["scope"], "url" in body) == ("all", False)
    assert api.delete("/api/v1/calendar/").status_code == 204
    assert client.get(made.json()["url"]).status_code == 404


def test_a_thousand_items_cost_as_many_queries_as_one(
    client, user, item, django_assert_num_queries
):
    for number in range(20):
        ActionItemFactory(meeting=item.meeting, text=f"Item {number}", due=IN_A_WEEK)
    url = address(user)
    client.get(url)
    with django_assert_num_queries(5):  # address, items, evidence, segments, speakers
        assert len(events(client.get(url))) == 21
