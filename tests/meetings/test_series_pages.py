"""The pages of series, and where meetings are put into them."""

import pytest

from meetings.models import Series
from tests.factories import MeetingFactory, MembershipFactory, SeriesFactory

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_series_is_made_on_its_page(browser, user):
    home = user.workspaces.get()
    form = {"workspace": home.pk, "name": "Weekly", "participants": "Anna\n\n Tom ", "agenda": ""}
    assert browser.post("/series/new/", form)["Location"] == "/series/"
    made = Series.objects.get()
    assert (made.workspace, made.name, made.participants) == (home, "Weekly", ["Anna", "Tom"])
    assert "Weekly" in page(browser, "/series/")
    again = browser.post("/series/new/", form).content.decode()
    assert "There is a series of this name already." in again


def test_a_series_is_changed_and_deleted_on_its_page(browser, user):
    series = SeriesFactory(owner=user, agenda=["One", "Two"])
    assert "One\nTwo" in page(browser, f"/series/{series.pk}/")
    browser.post(f"/series/{series.pk}/", {"name": "New", "agenda": "Three"})
    series.refresh_from_db()
    assert (series.name, series.agenda) == ("New", ["Three"])
    browser.post(f"/series/{series.pk}/delete/")
    assert not Series.objects.exists()


def test_strangers_and_viewers(browser, client, user):
    series = SeriesFactory(name="Secret", vocabulary="Terms of the house")
    page(browser, f"/series/{series.pk}/", 404)
    assert "Secret" not in page(browser, "/series/")
    MembershipFactory(workspace=series.workspace, user=user, role="viewer")
    shown = page(browser, f"/series/{series.pk}/")
    assert "Terms of the house" in shown
    assert "<textarea" not in shown
    browser.post(f"/series/{series.pk}/", {"name": "Mine"})
    assert browser.post(f"/series/{series.pk}/delete/").status_code == 404
    series.refresh_from_db()
    assert series.name == "Secret"


def test_the_list_of_meetings_is_narrowed_to_a_series(browser, user):
    series = SeriesFactory(owner=user, name="Weekly")
    MeetingFactory(owner=user, series=series, title="Within")
    MeetingFactory(owner=user, title="Outside")
    shown = page(browser, f"/?series={series.pk}")
    assert ("Within" in shown, "Outside" in shown) == (True, False)
    assert f'<option value="{series.pk}" selected>Weekly</option>' in shown
    empty = SeriesFactory(owner=user)
    assert "No such meetings" in page(browser, f"/?series={empty.pk}")
    assert page(browser, "/?series=nonsense")


def test_a_meeting_is_put_into_a_series_of_its_workspace_on_its_page(browser, user):
    meeting, series = MeetingFactory(owner=user), SeriesFactory(owner=user)
    address = f"/meetings/{meeting.pk}/"
    assert series.name in page(browser, address)
    assert browser.post(f"{address}series/", {"series": series.pk})["Location"] == address
    meeting.refresh_from_db()
    assert meeting.series == series
    assert f"/?series={series.pk}" in page(browser, address)
    browser.post(f"{address}series/", {"series": SeriesFactory().pk})
    meeting.refresh_from_db()
    assert meeting.series == series
    browser.post(f"{address}series/", {"series": ""})
    meeting.refresh_from_db()
    assert meeting.series is None


def test_a_new_recording_may_be_put_into_a_series(browser, user):
    SeriesFactory(owner=user, name="Weekly")
    SeriesFactory(name="Elsewhere")
    shown = page(browser, "/meetings/new/")
    assert ("Weekly" in shown, "Elsewhere" in shown) == (True, False)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_series_costs_constant_queries(browser, user, rows, django_assert_num_queries):
    for _ in range(rows):
        MeetingFactory(owner=user, series=SeriesFactory(owner=user))
    with django_assert_num_queries(4):  # session, person, series, may add
        page(browser, "/series/")
