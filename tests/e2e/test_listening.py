"""A stretch is heard again and again; who spoke when is seen; the speaker's name stays in sight."""

import os
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage

from tests.factories import (
    JobFactory,
    MeetingFactory,
    SegmentFactory,
    TranscriptFactory,
    UserFactory,
)

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

SAMPLE = Path(__file__).parents[2] / "samples" / "meeting_ru.ogg"
SELECT = """([first, last]) => {
  const words = document.querySelectorAll("#transcript .segment__text span[data-start]");
  getSelection().setBaseAndExtent(words[first].firstChild, 0, words[last].firstChild, 1);
}"""
POSITION = "document.getElementById('audio').currentTime"


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }


@pytest.fixture
def transcript(transactional_db):
    meeting = MeetingFactory.create(owner=UserFactory.create(name="Anna"))
    with SAMPLE.open("rb") as source:
        meeting.recording.rendition_key = default_storage.save("x/rendition.ogg", File(source))
    meeting.recording.duration = 60.0
    meeting.recording.save()
    made = TranscriptFactory.create(job=JobFactory(meeting=meeting, done=True))
    speaker = made.speakers.first()
    for n in range(60):
        SegmentFactory(transcript=made, start=15 + 0.7 * n, text="Да, да.", speaker=speaker)
    return made


@pytest.fixture
def page(transcript, open_browser):
    shown = open_browser(transcript.meeting.workspace.memberships.get().user)
    shown.goto(f"/meetings/{transcript.meeting_id}/")
    expect(shown.locator("#loop")).to_be_visible()
    until(shown, "document.getElementById('audio').readyState > 0")
    return shown


def until(page, so):
    """Waits for an expression; the policy of contents lets none be evaluated later."""
    page.evaluate(
        "() => new Promise(done => { const look = () => "
        f"{so} ? done() : setTimeout(look, 30); look(); }})"
    )


def picture(page, name):
    """For the eye, where a folder is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def times(page):
    return page.locator("#loop-times")


def test_selected_words_are_heard_again_and_again(page):
    page.evaluate(SELECT, [0, 4])
    page.keyboard.press("l")
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "true")
    expect(times(page)).to_have_text("0:00–0:01")
    picture(page, "loop")
    page.evaluate(
        "window.backs = 0; let was = 0; setInterval(() => {"
        f"const now = {POSITION}; if (now < was) window.backs += 1; was = now; }}, 20)"
    )
    until(page, "window.backs >= 2")
    page.keyboard.press("Escape")
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "false")
    until(page, f"{POSITION} > 2")


def test_a_loop_goes_from_one_press_to_the_other(page):
    page.keyboard.press("Shift+ArrowRight")
    page.locator("#loop").click()
    expect(times(page)).to_have_text("0:10–…")
    page.keyboard.press("ArrowRight")
    page.locator("#loop").click()
    expect(times(page)).to_have_text("0:10–0:13")
    page.locator("#loop").click()
    expect(times(page)).to_be_hidden()


def test_a_stretch_is_drawn_on_the_waveform(page):
    box = page.locator("#wave").bounding_box()
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(times(page)).to_have_text("0:30–0:36")


def test_who_goes_elsewhere_has_done_with_the_loop(page):
    page.evaluate(SELECT, [0, 4])
    page.keyboard.press("l")
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "false")


def test_the_name_of_who_speaks_stays_in_sight(page, transcript):
    name = page.locator("#speaker-now")
    expect(name).to_be_hidden()
    page.evaluate("document.querySelectorAll('.segment')[40].scrollIntoView({block: 'center'})")
    expect(name).to_be_in_viewport()
    expect(name).to_contain_text("Speaker 1")
    picture(page, "name")


def test_each_speaker_has_a_lane(page):
    height = page.locator("#wave").evaluate("wave => getComputedStyle(wave).height")
    assert height == "68px"  # 50 and two lanes


@pytest.mark.parametrize(
    ("asked", "scrolled"), [("reduce", "instant"), ("no-preference", "smooth")]
)
def test_following_glides_unless_less_motion_was_asked_for(page, asked, scrolled):
    page.emulate_media(reduced_motion=asked)
    page.evaluate(
        "() => { window.how = []; const original = scrollTo;"
        "window.scrollTo = (to) => { how.push(to.behavior); original(to); }; }"
    )
    page.locator("#position").wait_for()
    page.locator("#play").click()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")  # the words there are far below
    until(page, "window.how.length > 0")
    expect(page.locator(".segment.now")).to_be_in_viewport()
    assert set(page.evaluate("window.how")) == {scrolled}
