"""On a telephone a statement shows its tools when they are asked for, and only then."""

import pytest

from tests.factories import (
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def owner(transactional_db):
    return UserFactory.create(name="Anna")


@pytest.fixture
def minutes(owner):
    job = JobFactory(meeting=MeetingFactory(owner=owner), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4)


def test_a_statement_shows_its_tools_when_asked(minutes, owner, open_browser):
    from playwright.sync_api import expect  # noqa: PLC0415  (only where there is a browser)

    page = open_browser(owner)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/meetings/{minutes.meeting_id}/")
    shown = page.locator(".statement__tools:visible")
    expect(page.locator(".statement").first).to_be_visible()
    expect(shown).to_have_count(0)
    touched = page.locator(".statement", has_text="Бюджет составит")
    touched.get_by_role("button", name="What to do with it").click()
    expect(shown).to_have_count(1)
    touched.get_by_role("button", name="Drop").click()
    expect(touched).to_have_count(0)
    expect(shown).to_have_count(1)


def test_the_head_of_a_meeting_leaves_its_facts_the_width_of_the_screen(
    minutes, owner, open_browser
):
    page = open_browser(owner)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/meetings/{minutes.meeting_id}/")
    assert page.locator(".meeting-head__facts").bounding_box()["width"] > 300
    assert page.locator(".meeting-head__tools").bounding_box()["width"] > 300
