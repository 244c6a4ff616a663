"""The transcript's export: choices with their first lines, remembered by the browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.test_accessibility import violations
from tests.factories import JobFactory, MeetingFactory, TranscriptFactory

pytestmark = pytest.mark.slow


@pytest.fixture
def meeting(user):
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Планёрка"), done=True)
    return TranscriptFactory.create(job=job).meeting


@pytest.fixture
def dialog(open_browser, user, meeting):
    page = open_browser(user)
    page.goto(f"/meetings/{meeting.pk}/")
    return opened(page)


def opened(page):
    page.locator("#exports summary").click()
    page.get_by_role("button", name="With options…").click()
    return page.get_by_role("dialog")


def test_choices_show_at_once_how_the_file_will_read(dialog):
    preview = dialog.locator("#export-preview")
    expect(preview).to_contain_text("[00:00:00] Speaker 1: Предлагаю")
    dialog.get_by_label("Names of the speakers").uncheck()
    expect(preview).not_to_contain_text("Speaker")
    dialog.get_by_label("Times").select_option("none")
    expect(preview).not_to_contain_text("[")
    dialog.get_by_label("Format").select_option("vtt")
    expect(preview).to_contain_text("WEBVTT")
    expect(dialog.get_by_label("Times")).to_be_hidden()


def test_the_file_is_what_was_chosen(dialog):
    dialog.get_by_label("Format").select_option("srt")
    dialog.get_by_label("Characters of a line").fill("20")
    with dialog.page.expect_download() as download:
        dialog.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Планёрка.srt"
    lines = download.value.path().read_text().splitlines()
    assert max(len(line) for line in lines if "-->" not in line) <= 20


def test_a_length_that_makes_no_sense_gives_no_file(dialog):
    dialog.get_by_label("Format").select_option("srt")
    dialog.get_by_label("Characters of a line").fill("7")
    assert dialog.locator("#export-download").get_attribute("href") is None


def test_the_last_choices_are_remembered(dialog):
    dialog.get_by_label("Format").select_option("md")
    dialog.get_by_label("Words that may be wrong are marked [?]").check()
    dialog.page.reload()
    again = opened(dialog.page)
    assert again.get_by_label("Format").input_value() == "md"
    assert again.get_by_label("Words that may be wrong are marked [?]").is_checked()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_dialog_shuts_nobody_out(dialog, theme, size):
    dialog.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    dialog.page.set_viewport_size({"width": size[0], "height": size[1]})
    assert violations(dialog.page) == []
