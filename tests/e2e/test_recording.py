"""A recording made in the browser: saved as it is spoken, sent, and what goes wrong in words."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from meetings.media.convert import convert
from meetings.media.probe import probe
from meetings.models import Meeting
from tests.e2e import indexed
from tests.factories import UserFactory

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

REFUSING = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '%s'); }"
FULL = """
  const put = IDBObjectStore.prototype.put;
  let parts = 0;
  IDBObjectStore.prototype.put = function (value) {
    if (this.name === "parts" && (parts += 1) > 1) throw new DOMException("", "QuotaExceededError");
    return put.call(this, value);
  };
"""
SOURCES = """
  const tone = (name) => {
    const context = new AudioContext();
    const source = context.createOscillator();
    const out = context.createMediaStreamDestination();
    window.volume = new GainNode(context, {gain: window.gain ?? 1});
    source.connect(window.volume).connect(out);
    source.start();
    window[name] = out.stream.getAudioTracks()[0];
    return out.stream;
  };
  window.end = (name) => {
    window[name].stop();
    window[name].dispatchEvent(new Event("ended"));
  };
  navigator.mediaDevices.getUserMedia = async () => tone("microphone");
  navigator.mediaDevices.getDisplayMedia = async () =>
    window.isMute ? new MediaStream() : tone("tab");
"""


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
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
def reopen(open_browser, tmp_path):
    """Opens the browser with the same profile once more."""
    opened = []

    def again(person):
        page = open_browser.with_profile(person, tmp_path / "profile")
        page.asked = []
        page.on("dialog", lambda asked: (page.asked.append(asked.type), asked.accept()))
        opened.append(page.context)
        return page

    yield again
    for context in opened:
        context.close()


@pytest.fixture
def page(reopen, owner):
    return reopen(owner)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def tool(page, name):
    page.locator("#unsent").get_by_role("button", name=re.compile(f"^{name}:")).click()


def record(page, seconds, source="Microphone"):
    page.goto("/meetings/new/")
    page.get_by_label(source, exact=True).check()
    press(page, "Record")
    wait(page, seconds)


def left(page):
    """How many parts of recordings the browser still has."""
    return indexed.count(page, "protokol-recordings", "parts")


def wait(page, seconds):
    lasts = re.compile(rf"^0:0[{seconds}-9]|^0:[1-5]|^[1-9]")  # or longer, on a busy machine
    expect(page.locator(".recorder__time").filter(visible=True)).to_have_text(lasts)


def stop(page):
    press(page, "Stop")
    expect(page.locator("#announcer")).to_contain_text("The recording has stopped.")


def killed(profile):
    """The browser of ``profile``, and nothing else, dies at once."""
    mine = f"--user-data-dir={profile}".encode()
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            said = (directory / "cmdline").read_bytes()
        except OSError:
            continue
        if mine in said and b"--type=" not in said:
            os.kill(int(directory.name), signal.SIGKILL)


def test_what_was_recorded_outlives_the_browser_and_arrives_whole(page, reopen, owner, tmp_path):
    record(page, 7)
    looked = time.monotonic()
    minutes, seconds = page.locator(".recorder__time").text_content().split(":")
    said = 60 * int(minutes) + int(seconds)
    killed(tmp_path / "profile")
    meanwhile = time.monotonic() - looked
    time.sleep(1)

    page = reopen(owner)
    page.goto("/")
    expect(page.locator("#notices")).to_contain_text("was not sent. It lies in this browser only.")
    page.locator("#notices").get_by_role("link", name="Open").click()
    expect(page.locator("#unsent .upload__name")).to_contain_text("Recording 20")
    tool(page, "Send")
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert left(page) == 0
    meeting = Meeting.objects.get()
    assert re.fullmatch(r"Recording \d{4}-\d\d-\d\d \d\d-\d\d", meeting.title)
    lasts = meeting.recording.duration
    assert said - 3 <= lasts <= said + 1 + max(1, meanwhile)
    [path] = [file for file in (tmp_path / "objects").rglob("*") if file.suffix == ".webm"]
    heard = convert(
        path, probe(path), flac=tmp_path / "whole.flac", rendition=tmp_path / "whole.m4a"
    )
    assert heard.duration == pytest.approx(lasts, abs=0.3)


def test_it_is_paused_stopped_heard_and_sent_with_the_form(page, owner):
    record(page, 2)
    press(page, "Pause")
    expect(page.locator("#announcer")).to_have_text("The recording is paused.")
    page.evaluate("() => new Promise((done) => setTimeout(done, 250))")  # it is shown as it stands
    shown = page.locator(".recorder__time").text_content()
    page.wait_for_timeout(2500)
    assert page.locator(".recorder__time").text_content() == shown
    press(page, "Continue")
    expect(page.locator(".recorder__time")).to_have_text(re.compile("0:0[4-9]|0:[1-5]|[1-9]:"))
    page.get_by_label("Title").fill("Budget")
    press(page, "Send")
    expect(page.locator(".recorder__trouble")).to_contain_text("It is still being recorded.")
    stop(page)
    assert page.locator(".recorder__trouble").text_content() == ""
    heard = "() => Number.isFinite(document.querySelector('#unsent audio')?.duration)"
    page.wait_for_function(heard)
    lasts = page.evaluate("() => document.querySelector('#unsent audio').duration")
    assert lasts > 3
    with page.expect_download() as saved:
        tool(page, "Save to disk")
    assert saved.value.suggested_filename.endswith(".webm")
    press(page, "Send")
    expect(page.get_by_role("heading", name="Budget")).to_be_visible()
    assert Meeting.objects.get().title == "Budget"
    assert left(page) == 0


def test_nobody_else_is_shown_it_nor_another_page_while_it_runs(page, owner, reopen):
    record(page, 2)
    other = page.context.new_page()
    other.goto("/meetings/new/")
    expect(other.get_by_role("button", name="Record", exact=True)).to_be_visible()
    expect(other.locator("#unsent")).to_be_hidden()
    stop(page)
    expect(page.locator("#unsent .upload")).to_have_count(1)
    page.context.close()

    page = reopen(UserFactory.create())
    page.goto("/meetings/new/")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#unsent")).to_be_hidden()
    page.goto("/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#notices")).to_be_empty()
    assert left(page) > 0


def test_leaving_asks_first_and_loses_nothing(page):
    record(page, 5)
    while left(page) < 2:
        page.wait_for_timeout(50)
    page.goto("/")
    assert page.asked == ["beforeunload"]
    expect(page.locator("#notices")).to_contain_text("was not sent.")
    press(page, "Dismiss")
    page.goto("/series/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#notices")).to_be_empty()
    assert left(page) > 1


def test_it_is_deleted_when_a_person_says_so_twice(page):
    record(page, 3)
    press(page, "Delete")
    expect(page.locator("#announcer")).to_have_text("The recording is deleted.")
    expect(page.locator("#unsent")).to_be_hidden()
    assert left(page) == 0
    record(page, 2)
    stop(page)
    tool(page, "Delete")
    expect(page.locator("#unsent")).to_be_hidden()
    assert left(page) == 0


def test_an_upload_of_it_goes_on_by_itself_after_a_reload(page, open_browser, owner):
    open_browser.expects("ERR_CONNECTION_RESET")
    page.route(re.compile(r"/parts/\d+/data/$"), lambda route: route.abort("connectionreset"))
    record(page, 3)
    stop(page)
    tool(page, "Send")
    expect(page.locator("#uploads")).to_contain_text("The connection broke.")
    expect(page.locator("#unsent")).to_be_hidden()
    page.unroute_all()
    page.reload()
    expect(page.locator("#uploads")).to_contain_text("Received.")
    assert Meeting.objects.get().recording.duration > 2
    assert left(page) == 0


def test_a_full_disk_ends_it_and_keeps_what_is_there(page):
    page.add_init_script(FULL)
    page.goto("/meetings/new/")
    press(page, "Record")
    expect(page.locator(".recorder__trouble")).to_contain_text("There is no more room")
    expect(page.locator("#unsent .upload")).to_have_count(1)
    [kept] = indexed.records(page, "protokol-recordings", "recordings")
    assert kept["seconds"] >= 1.5
    told = page.locator("#unsent .upload__size")
    expect(told).to_contain_text(f"{int(kept['seconds'] + 0.5)} sec ")
    assert left(page) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("NotAllowedError", "does not let this page hear the microphone"),
        ("NotFoundError", "No microphone was found"),
        ("NotReadableError", "The microphone does not answer"),
    ],
)
def test_without_a_microphone_it_says_why(page, error, said):
    page.add_init_script(REFUSING % error)
    page.goto("/meetings/new/")
    press(page, "Record")
    expect(page.locator(".recorder__trouble")).to_contain_text(said)
    assert left(page) == 0


def test_a_tab_and_the_microphone_are_mixed_and_one_may_go(page):
    page.add_init_script(SOURCES)
    record(page, 2, source="Both")
    page.wait_for_function("() => document.querySelector('.recorder__level').value > 0.5")
    page.evaluate("() => window.microphone.dispatchEvent(new Event('mute'))")
    expect(page.locator(".recorder__doubt")).to_have_text("The microphone is muted.")
    page.evaluate("() => window.microphone.dispatchEvent(new Event('unmute'))")
    expect(page.locator(".recorder__doubt")).to_be_empty()
    page.evaluate("() => window.end('tab')")
    expect(page.locator(".recorder__trouble")).to_contain_text("The tab is no longer shared.")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    page.evaluate("() => window.end('microphone')")
    expect(page.locator(".recorder__trouble")).to_contain_text("The microphone is gone")
    expect(page.locator("#unsent .upload")).to_have_count(1)


def test_a_recording_stopped_before_any_sound_came_is_told_and_leaves_nothing(page):
    page.add_init_script("""
      const start = MediaRecorder.prototype.start;
      MediaRecorder.prototype.start = function (part) {
        start.call(this, part);
        this.stop();
      };
    """)
    page.goto("/meetings/new/")
    press(page, "Record")
    expect(page.get_by_role("alert").filter(has_text="Nothing was recorded")).to_be_visible()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_focused()
    expect(page.locator(".recorder__time")).to_be_hidden()
    assert left(page) == 0


def test_a_microphone_that_gives_nothing_is_noticed(page):
    page.add_init_script(SOURCES + "window.gain = 0;")
    record(page, 2)
    doubt = page.locator(".recorder__doubt")
    expect(doubt).to_contain_text("Nothing has been heard for 15 sec.")
    page.evaluate("() => (window.volume.gain.value = 1)")
    expect(doubt).to_be_empty()


def test_a_tab_without_its_sound_is_refused_in_words(page):
    page.add_init_script(SOURCES + "window.isMute = true;")
    page.goto("/meetings/new/")
    page.get_by_label("Browser tab").check()
    expect(page.get_by_text("The browser asks which tab")).to_be_visible()
    press(page, "Record")
    expect(page.locator(".recorder__trouble")).to_contain_text("What was chosen gives no sound.")


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "on HTTPS only"),
        ("delete window.MediaRecorder", "This browser cannot record."),
    ],
)
def test_browsers_that_cannot_record_are_told_so(page, without, said):
    page.add_init_script(without)
    page.goto("/meetings/new/")
    expect(page.locator(".recorder__trouble")).to_contain_text(said)
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_hidden()


def test_the_last_choices_are_there_again_for_the_same_person_alone(page, reopen, owner):
    page.goto("/meetings/new/")
    page.get_by_label("Language", exact=True).select_option("ru")
    page.get_by_label("Number of speakers").fill("4")
    page.get_by_label("Title").fill("Budget")
    record_again = page.get_by_role("button", name="Record", exact=True)
    record_again.click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    press(page, "Delete")
    page.reload()
    expect(page.get_by_label("Language", exact=True)).to_have_value("ru")
    expect(page.get_by_label("Number of speakers")).to_have_value("4")
    expect(page.get_by_label("Title")).to_have_value("")
    page.context.close()

    page = reopen(UserFactory.create())
    page.goto("/meetings/new/")
    expect(page.get_by_label("Number of speakers")).to_have_value("")
    expect(page.get_by_label("Language", exact=True)).to_have_value("")


def test_among_several_microphones_one_is_chosen_and_remembered(page):
    page.add_init_script(
        "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = (what) => (window.wanted = what, ask(what));"
    )
    record(page, 1)
    expect(page.get_by_label("Which microphone")).to_be_hidden()
    stop(page)
    chosen = page.get_by_label("Which microphone").locator("option").nth(2)
    expect(chosen).to_be_attached()
    name = chosen.text_content()
    page.get_by_label("Which microphone").select_option(name)
    press(page, "Record")
    wait(page, 1)
    used = page.evaluate("window.wanted.audio.deviceId.exact")
    assert used == chosen.get_attribute("value") != ""
    stop(page)
    page.reload()
    expect(page.get_by_label("Which microphone").locator("option:checked")).to_have_text(name)
    page.get_by_label("Browser tab", exact=True).check()
    expect(page.get_by_label("Which microphone")).to_be_hidden()
