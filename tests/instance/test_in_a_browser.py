"""A secretary's whole way in a browser, on a real installation with real models, by keyboard."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from tests.e2e.conftest import CHROMIUM, Browsers
from tests.instance.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

EMAIL, PASSWORD = "secretary@example.com", "correct horse battery staple"
SAMPLE = ROOT / "samples" / "meeting_ru.ogg"
SECONDS = 70
"""Of the sample: enough for several windows of words, and for words that come in several turns."""
RUN = 600_000
"""Milliseconds that the models may take on a busy machine."""
SAID = ".segment .segment__text"


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    """The beginning of the sample."""
    samples, rate = soundfile.read(SAMPLE, frames=-1)
    path = tmp_path_factory.mktemp("browser") / "Совещание по выпуску.wav"
    soundfile.write(path, samples[: SECONDS * rate], rate)
    return path


@pytest.fixture
def secretary(installation):
    """Somebody with a password."""
    create = ["create_api_key", EMAIL, "--create-user", "--password", PASSWORD]
    command = [sys.executable, "-m", "config.embedded", "manage", *create]
    subprocess.run(
        command, env=installation.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


@pytest.fixture
def page(installation, secretary):
    """A page of a browser that has never been here; it may log no error and ask no other host."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    home = f"http://127.0.0.1:{installation.port}"
    with playwright.sync_playwright() as driver:
        browsers = Browsers(driver.chromium, home)
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = chromium.new_context(base_url=home, locale="en-US", accept_downloads=True)
        browsers.watch(made)
        expect.set_options(timeout=60_000)
        yield made.new_page()
        chromium.close()
    assert browsers.wrong == []


def sign_in(page):
    """No mouse."""
    page.goto("/")
    page.get_by_label("E-mail").focus()
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Meetings", exact=True)).to_be_visible()


def send(page, recording):
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(recording)
    page.get_by_label("Title").fill("Выпуск")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))


def watch(page):
    """Words come while the job is at work; the tab's title tells how far it is."""
    expect(page).to_have_title(re.compile(r"^\d+% · Выпуск"))
    expect(page.locator(SAID).first).to_be_visible(timeout=RUN)
    assert page.locator("[data-job]").get_attribute("data-state") == "running"
    expect(page.locator('[data-job][data-state="succeeded"]')).to_be_attached(timeout=RUN)
    expect(page.locator(".segments[data-editable]")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^Выпуск"))
    assert page.locator(SAID).count() > 3


def reword(page):
    page.locator(".segment__time").first.focus()
    page.keyboard.press("e")
    field = page.locator(".segment-form textarea")
    expect(field).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Коллеги, начнём с журавлиного вопроса.")
    page.keyboard.press("Enter")
    expect(page.locator(SAID).first).to_have_text("Коллеги, начнём с журавлиного вопроса.")


def name_the_speaker(page):
    page.locator(".segment__time").first.focus()
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Their name").fill("Ольга Ким")
    dialog.get_by_role("button", name="Change").press("Enter")
    expect(page.locator("#talks")).to_contain_text("Ольга Ким")
    expect(page.locator(".segment__name").first).to_have_text("Ольга Ким")


def replace_and_undo(page):
    page.get_by_role("button", name="Find and replace").press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Find", exact=True).fill("журавлиного")
    dialog.get_by_label("Replace with").fill("главного")
    expect(dialog.locator("[data-count]")).to_have_text("Places: 1. Segments: 1.")
    dialog.get_by_role("button", name="Replace").press("Enter")
    expect(page.locator(SAID).first).to_contain_text("с главного вопроса")
    page.locator(".segment__time").first.focus()
    page.keyboard.press("Control+z")
    expect(page.locator(SAID).first).to_contain_text("с журавлиного вопроса")


def listen(page):
    """What the minutes say is heard where they say it was said."""
    link = page.locator("#minutes a.evidence").first
    start = float(link.get_attribute("data-start") or "0")
    link.press("Enter")
    page.wait_for_function(
        "start => { const { played } = document.querySelector('audio');"
        " for (let i = 0; i < played.length; i += 1)"
        " if (played.start(i) < start + 1 && played.end(i) > start) return true; }",
        arg=start,
    )
    page.evaluate("document.querySelector('audio').pause()")


def take_along(page):
    page.locator("#exports summary", has_text="Export").press("Enter")
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("Plain text")).first.press("Enter")
    text = Path(saved.value.path()).read_text()
    assert "Ольга Ким" in text and "журавлиного" in text


def elsewhere(page):
    """The same in Russian, on a telephone: nothing is wider than the screen."""
    address = page.url
    page.goto("/profile/")
    page.get_by_label("Language", exact=True).select_option("ru")
    page.get_by_role("button", name="Save").first.press("Enter")
    expect(page.get_by_role("heading", name="Профиль")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    expect(page.get_by_role("link", name="Расшифровка")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_recording_becomes_minutes_under_the_eyes_of_a_secretary(page, recording):
    sign_in(page)
    send(page, recording)
    watch(page)
    reword(page)
    name_the_speaker(page)
    replace_and_undo(page)
    listen(page)
    take_along(page)
    elsewhere(page)
