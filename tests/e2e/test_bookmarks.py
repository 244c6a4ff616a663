"""A moment is marked, found again, commented on, settled and removed, by keys and by pointer."""

import os
import re
from pathlib import Path

import pytest

from accounts.models import User
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    TranscriptFactory,
    UserFactory,
    WorkspaceFactory,
)
from transcription.models import Bookmark

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def transcript(transactional_db):
    workspace = WorkspaceFactory.create()
    for name, role in (("Anna", "editor"), ("Boris", "viewer")):
        MembershipFactory(workspace=workspace, user=UserFactory.create(name=name), role=role)
    meeting = MeetingFactory(workspace=workspace)
    meeting.recording.rendition_key = "none"
    meeting.recording.save()
    return TranscriptFactory.create(job=JobFactory(meeting=meeting, done=True))


def opened(open_browser, transcript, name):
    page = open_browser(User.objects.get(name=name))
    page.goto(f"/meetings/{transcript.meeting_id}/")
    expect(page.locator("#bookmarks")).to_be_attached()
    return page


def test_a_moment_is_marked_found_and_removed(transcript, open_browser):
    page = opened(open_browser, transcript, "Anna")
    third = page.locator(".segment").nth(2)
    third.locator(".segment__time").focus()
    page.keyboard.press("b")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Mark the moment 0:06")
    page.keyboard.type("Сверить сумму.")
    dialog.get_by_label("A comment").check()
    dialog.get_by_role("button", name="Mark", exact=True).click()
    mark = page.locator(".bookmark")
    expect(page.locator("#bookmarks summary")).to_contain_text("1")
    expect(mark).to_be_hidden()  # the words stay where they were
    page.locator("#bookmarks summary").click()
    expect(mark).to_contain_text("Сверить сумму.")
    expect(third).to_have_class(re.compile("marked"))
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "bookmark.png")
    mark.get_by_role("button", name="Settle").click()
    expect(mark).to_contain_text("settled")
    mark.get_by_role("link", name="0:06").click()
    expect(page.locator("#position")).to_have_text("0:06")
    mark.get_by_role("button", name="Remove").click()
    expect(page.locator(".bookmark")).to_have_count(0)
    expect(page.locator(".segment.marked")).to_have_count(0)


def test_who_only_reads_marks_for_themselves(transcript, open_browser):
    page = opened(open_browser, transcript, "Boris")
    page.keyboard.press("b")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("A comment")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bookmark")).to_contain_text("only for me")
    assert Bookmark.objects.get().is_shared is False


def test_the_list_is_closed_until_it_is_opened_and_stays_as_it_was_left(transcript, open_browser):
    anna = User.objects.get(name="Anna")
    Bookmark.objects.create(meeting=transcript.meeting, author=anna, at=1.0)
    page = opened(open_browser, transcript, "Anna")
    expect(page.locator("#bookmarks summary")).to_contain_text("1")
    expect(page.locator(".bookmark")).to_be_hidden()
    page.locator("#bookmarks summary").click()
    expect(page.locator(".bookmark")).to_be_visible()
    page.reload()
    expect(page.locator(".bookmark")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == [f"bookmarks-open-{anna.pk}"]
    Bookmark.objects.create(meeting=transcript.meeting, author=anna, at=2.0)
    page.locator("#bookmarks summary").click()
    page.reload()
    expect(page.locator(".bookmark").first).to_be_hidden()
    expect(page.locator("#bookmarks summary")).to_contain_text("2")
