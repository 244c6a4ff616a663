"""The pages and the API of deleting and of the bin."""

import pytest

from meetings.models import Deletion, Meeting
from meetings.services import binning
from reports.services import approving
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(user):
    return MeetingFactory.create(owner=user, title="Планёрка")


@pytest.fixture
def number(user, meeting):
    job = JobFactory(meeting=meeting, done=True)
    minutes = MinutesFactory.create(transcript=TranscriptFactory(job=job))
    approving.send(minutes=minutes, by=user, reviewers=[user.pk])
    approving.approve(minutes=minutes, by=user)
    found = meeting.protocol_number
    return f"{found.number}/{found.year}"


def test_a_meeting_goes_into_the_bin_and_comes_back_on_pages(browser, meeting):
    page = f"/meetings/{meeting.pk}/delete/"
    assert f'href="{page}"' in browser.get(f"/meetings/{meeting.pk}/").content.decode()
    asked = browser.get(page).content.decode()
    assert "meeting.ogg" in asked
    assert "30 days" in asked
    assert 'name="confirmation"' not in asked
    assert browser.post(page).url == "/"
    assert browser.get(f"/meetings/{meeting.pk}/").status_code == 404
    assert "Планёрка" not in browser.get("/").content.decode()
    assert "Планёрка" in browser.get("/bin/").content.decode()
    assert browser.post(f"/bin/{meeting.pk}/restore/").url == f"/meetings/{meeting.pk}/"
    assert browser.get(f"/meetings/{meeting.pk}/").status_code == 200


def test_from_the_bin_it_goes_for_good(browser, user, meeting):
    binning.delete(meeting=meeting, by=user)
    assert "cannot be undone" in browser.get(f"/bin/{meeting.pk}/delete/").content.decode()
    assert browser.post(f"/bin/{meeting.pk}/delete/").url == "/bin/"
    assert not Meeting.objects.exists()
    assert Deletion.objects.get().cause == "person"


def test_for_good_at_once_is_a_choice(browser, meeting):
    browser.post(f"/meetings/{meeting.pk}/delete/", {"for_good": "1"})
    assert not Meeting.objects.exists()


def test_approved_minutes_go_when_their_number_is_typed(browser, meeting, number):
    page = f"/meetings/{meeting.pk}/delete/"
    assert number in browser.get(page).content.decode()
    wrong = browser.post(page, {"confirmation": "1/1999"})
    assert wrong.status_code == 409
    assert "Confirm it with their number" in wrong.content.decode()
    browser.post(page, {"confirmation": number})
    assert not Meeting.objects.kept().exists()


def test_editors_are_told_that_approved_minutes_are_the_owners(client, user, number, meeting):
    team = MembershipFactory(user=user, role="owner").workspace
    Meeting.objects.update(workspace=team)
    client.force_login(MembershipFactory(workspace=team).user)
    sent = {"confirmation": number}
    assert client.post(f"/meetings/{meeting.pk}/delete/", sent).status_code == 403


def test_the_bin_over_the_api(api, meeting):
    one = f"/api/v1/meetings/{meeting.pk}/"
    assert api.delete(one).status_code == 204
    assert api.get(one).status_code == 404
    [row] = api.get("/api/v1/bin/").json()["results"]
    assert (row["id"], row["title"]) == (str(meeting.pk), "Планёрка")
    assert row["goes_at"] > row["binned_at"]
    assert api.post(f"/api/v1/bin/{meeting.pk}/restore/").json()["id"] == str(meeting.pk)
    assert api.post(f"/api/v1/bin/{meeting.pk}/restore/").status_code == 404
    api.delete(one)
    assert api.delete(f"/api/v1/bin/{meeting.pk}/").status_code == 204
    assert not Meeting.objects.exists()


def test_the_api_wants_the_number_too(api, meeting, number):
    one = f"/api/v1/meetings/{meeting.pk}/"
    refused = api.delete(one)
    assert (refused.status_code, refused.json()["code"]) == (409, "confirmation_needed")
    assert api.delete(f"{one}?confirmation={refused.json()['confirmation']}").status_code == 204
    assert api.delete(f"{one}?for_good=perhaps").status_code == 404


@pytest.mark.parametrize("rows", [2, 12])
def test_the_bin_costs_constant_queries(browser, user, rows, django_assert_max_num_queries):
    for _ in range(rows):
        binning.delete(meeting=MeetingFactory.create(owner=user), by=user)
    with django_assert_max_num_queries(6):
        browser.get("/bin/")


def test_the_bin_goes_on_on_further_pages(browser, user, monkeypatch):
    monkeypatch.setattr("meetings.deletion_views.PAGE_SIZE", 2)
    for _ in range(3):
        binning.delete(meeting=MeetingFactory.create(owner=user), by=user)
    first, second = (browser.get(f"/bin/{page}").content.decode() for page in ("", "?page=2"))
    assert 'rel="next" href="?page=2"' in first and 'rel="prev"' not in first
    assert 'rel="prev" href="?page=1"' in second and 'rel="next"' not in second
