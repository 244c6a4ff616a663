"""A recording in the browser: interrupted, reloaded and resumed, paused, recognised."""

import re
from collections import Counter
from pathlib import Path

import pytest

from meetings.models import Meeting, Upload
from tests.e2e import indexed
from tests.factories import UserFactory

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

SAMPLE = Path(__file__).parents[2] / "samples" / "meeting_ru.ogg"
PART = 200_000
PICKER = """() => {
  const input = Object.assign(document.createElement("input"), {type: "file", id: "dropped"});
  document.body.append(input);
}"""
DROP = """() => {
  const input = document.getElementById("dropped");
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(input.files[0]);
  input.remove();
  const event = new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true});
  document.body.dispatchEvent(event);
}"""
DATA = re.compile(r"/parts/(\d+)/data/$")


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.UPLOAD_PART_BYTES = PART
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    settings.TEMP_DIR = tmp_path


@pytest.fixture
def owner(transactional_db):
    return UserFactory.create(name="Olga")


@pytest.fixture
def page(owner, open_browser):
    """One whose line breaks behind the part ``page.until``."""
    open_browser.expects("ERR_CONNECTION_RESET")
    page = open_browser(owner)
    page.until, page.sent = 0, Counter()

    def pass_on(route):
        number = int(DATA.search(route.request.url)[1])
        if page.until and number > page.until:
            route.abort("connectionreset")
            return
        page.sent[number] += 1
        route.continue_()

    page.route(DATA, pass_on)
    page.on("dialog", lambda asked: asked.accept())  # “leave this page?”
    return page


def card(page):
    return page.locator(".upload")


def press(page, name):
    page.get_by_role("button", name=re.compile(f"^{name}:")).click()


def remembered(page):
    """How many uploads the browser remembers."""
    return indexed.count(page, "protokol", "uploads")


def forgotten(page):
    """Waits until it remembers none."""
    while remembered(page):
        page.wait_for_timeout(50)


def test_an_upload_goes_on_after_a_reload_where_it_was(page):
    page.until = 3
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.get_by_label("Title").fill("Budget")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(card(page)).to_contain_text("The connection broke. It goes on by itself")
    assert page.sent == {1: 1, 2: 1, 3: 1}

    page.reload()
    expect(card(page)).to_contain_text("Interrupted: 600 kB of")
    with page.expect_file_chooser() as asked:
        press(page, "Choose the file")
    asked.value.set_files({"name": SAMPLE.name, "mimeType": "audio/ogg", "buffer": b"other"})
    expect(card(page)).to_contain_text("This is another file.")
    page.until = 0
    drop(page, SAMPLE)
    expect(card(page)).to_contain_text("Received.")
    assert set(page.sent.values()) == {1}
    assert len(page.sent) == -(-SAMPLE.stat().st_size // PART)
    forgotten(page)
    card(page).get_by_role("link", name="Open the meeting").click()
    expect(page.get_by_role("heading", name="Budget")).to_be_visible()
    page.goto("/")
    assert remembered(page) == 0  # asked behind the page, which has looked by now
    expect(card(page)).to_have_count(0)


def test_a_broken_line_mends_itself_and_the_page_of_the_meeting_opens(page):
    page.until = 2
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(card(page)).to_contain_text("The connection broke.")
    page.until = 0
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert set(page.sent.values()) == {1}


def test_an_upload_is_paused_and_goes_on_or_is_stopped_for_good(page):
    page.until = 1
    page.goto("/")
    drop(page, SAMPLE)
    expect(card(page)).to_contain_text("The connection broke.")
    press(page, "Pause")
    expect(card(page)).to_contain_text("Paused. What was sent is kept.")
    assert Upload.objects.count() == 1
    page.until = 3
    press(page, "Continue")
    expect(card(page)).to_contain_text("The connection broke.")
    assert page.sent == {1: 1, 2: 1, 3: 1}
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        press(page, "Stop")
    expect(card(page)).to_contain_text("Stopped. Nothing was kept.")
    assert not Upload.objects.exists()
    press(page, "Dismiss")
    expect(card(page)).to_have_count(0)


def test_what_is_here_already_is_recognised_and_may_be_sent_anyway(page):
    page.goto("/")
    drop(page, SAMPLE)
    expect(card(page)).to_contain_text("Received.")
    press(page, "Dismiss")
    count = sum(page.sent.values())
    drop(page, SAMPLE)
    expect(card(page)).to_contain_text("You have this recording already: meeting_ru")
    assert sum(page.sent.values()) == count
    press(page, "Send anyway")
    expect(card(page)).to_contain_text("Received.")
    assert Meeting.objects.count() == 2


def test_a_file_that_is_no_recording_is_refused_in_words_and_can_be_dismissed(
    page, open_browser, tmp_path
):
    open_browser.expects("status of 422|status of 404 .*/api/v1/uploads/")  # and is gone then
    (tmp_path / "talk.mp3").write_bytes(b"only text " * 100)
    page.goto("/")
    drop(page, tmp_path / "talk.mp3")
    expect(card(page)).to_contain_text("This is not an audio or video file that can be read")
    press(page, "Dismiss")
    assert not Upload.objects.exists()


def drop(page, path):
    """Let go of a file over the page, as from a folder."""
    page.wait_for_load_state("networkidle")
    page.evaluate(PICKER)
    page.locator("#dropped").set_input_files(path)
    page.evaluate(DROP)
