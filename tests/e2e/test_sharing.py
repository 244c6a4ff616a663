"""A meeting is shared by its owner and read by somebody without an account, in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from meetings import storage
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
)
from tests.meetings.media_files import tone

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def owner(transactional_db):
    return UserFactory.create(name="Olga")


@pytest.fixture
def meeting(owner, tmp_path):
    """A meeting with minutes that can be heard."""
    home = MembershipFactory(user=owner, role="owner", workspace__name="Board").workspace
    made = MeetingFactory.create(workspace=home, title="Budget")
    MinutesFactory(transcript=TranscriptFactory(job=JobFactory(meeting=made, done=True)))
    recording = made.recording
    recording.rendition_key = storage.output_key(made.pk, "convert", "t", "player.ogg")
    recording.peaks_key = storage.output_key(made.pk, "convert", "t", "peaks.json")
    recording.save()
    sound = tone(tmp_path / "sound.ogg", seconds=12)
    default_storage.save(recording.rendition_key, ContentFile(sound.read_bytes()))
    storage.put_json(recording.peaks_key, {"version": 1, "duration": 12.0, "peaks": [0.5] * 100})
    yield made
    storage.delete_meeting(made.pk)


def test_a_link_is_made_by_keyboard_and_opened_without_an_account(open_browser, owner, meeting):
    page = open_browser(owner)
    page.goto(f"/meetings/{meeting.pk}/")
    page.get_by_role("button", name="Share", exact=True).press("Enter")
    dialog = page.get_by_role("dialog", name="Share this meeting")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Share", exact=True).press("Enter")
    dialog.get_by_label("Password, if wanted").fill("secret")
    dialog.get_by_role("button", name="Make a link").press("Enter")
    url = dialog.get_by_label("The new link. It is shown this one time.").input_value()

    guest = page.context.browser.new_context(base_url=page.url, locale="en-US").new_page()
    guest.goto(urlsplit(url).path)
    guest.get_by_label("Password").fill("secret")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("heading", name="Budget")).to_be_visible()
    guest.wait_for_load_state()
    expect(guest.get_by_role("button", name="Share")).to_have_count(0)
    guest.locator("a.statement__text").nth(1).click()
    expect(guest.locator("#position")).to_have_text(re.compile("0:0[2-9]"))

    page.reload()
    expect(dialog).to_contain_text("last opened")
    dialog.get_by_role("button", name="Revoke").press("Enter")
    expect(dialog).to_contain_text("revoked")
    guest.reload()
    expect(guest.get_by_role("heading", name="This link leads nowhere")).to_be_visible()


def test_somebody_is_let_into_a_meeting_and_told_so_in_the_list(open_browser, owner, meeting):
    guest = UserFactory.create(name="Ann")
    page = open_browser(owner)
    page.goto(f"/meetings/{meeting.pk}/#sharing")
    dialog = page.get_by_role("dialog", name="Share this meeting")
    dialog.get_by_label("E-mail").fill(guest.email)
    dialog.get_by_role("button", name="Let in").click()
    expect(dialog.get_by_text(guest.email)).to_be_visible()

    theirs = open_browser(guest)
    theirs.goto("/")
    expect(theirs.get_by_role("listitem").filter(has_text="Budget")).to_contain_text(
        "shared with you"
    )
    expect(theirs.get_by_text("Board")).to_have_count(0)
