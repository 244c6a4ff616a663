"""On paper there are the minutes and the transcript, and none of the tools."""

import pytest
from playwright.sync_api import expect

from meetings.services import sharing
from tests.factories import JobFactory, MeetingFactory, MinutesFactory, TranscriptFactory

pytestmark = pytest.mark.slow

TOOLS = (
    ".bar",
    "#player",
    "#exports",
    "#attachments",
    "#bookmarks",
    "#job",
    ".switch",
    ".tools",
    ".find",
)
PAPER = {"width": 794, "height": 1123}
"""A4 in CSS pixels, at which a screen would show one pane alone."""


@pytest.fixture
def meeting(user):
    job = JobFactory(meeting=MeetingFactory(owner=user, agenda=["Бюджет"]), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4).meeting


@pytest.fixture
def addresses(user, meeting):
    _, token = sharing.make_link(meeting=meeting, by=user, days=1, may_download=True)
    return [f"/meetings/{meeting.pk}/", f"/shared/{token}/"]


def test_a_printed_meeting_is_clean_paper(addresses, user, open_browser):
    page = open_browser(user)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    for address in addresses:
        page.goto(address)
        for tool in TOOLS:
            for found in page.locator(tool).all():
                expect(found).to_be_hidden()
        for kept in (
            "h1",
            ".statement__text",
            ".segment__name",
            ".segment__time",
            ".segment__text",
        ):
            expect(page.locator(kept).first).to_be_visible()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        breaks = "getComputedStyle(document.querySelector('.statement')).breakInside"
        assert page.evaluate(breaks) == "avoid"
