"""A recording beyond the quota, in a real browser: it is said why, and nothing typed is lost."""

import pytest

from accounts.models import Quota
from meetings import storage
from meetings.models import Meeting
from tests.factories import UserFactory
from tests.faults.house import ROOT

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.mark.parametrize(
    ("full", "said"),
    [("hours", "there is no room for this recording"), ("storage", "This workspace may keep")],
)
def test_a_refused_recording_is_kept_with_all_that_was_typed_and_can_be_sent_again(
    open_browser, full, said
):
    owner = UserFactory.create()
    quota = Quota.objects.create(workspace=owner.workspaces.get(), **{full: 0})
    open_browser.expects("status of 402")
    page = open_browser(owner)
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(ROOT / "samples" / "meeting_ru.ogg")
    page.get_by_label("Title").fill("Board, October")
    page.get_by_label("Agenda").fill("Budget")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".upload__status")).to_contain_text(said)
    expect(page.get_by_label("Title")).to_have_value("Board, October")
    expect(page.get_by_label("Agenda")).to_have_value("Budget")
    quota.delete()
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url("**/meetings/*-*/")
    made = Meeting.objects.get()
    assert (made.title, made.agenda) == ("Board, October", ["Budget"])
    storage.delete_meeting(made.pk)
