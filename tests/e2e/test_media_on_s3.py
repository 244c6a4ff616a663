"""On S3 the sound outlives its short addresses, for whoever is let in still and for nobody else."""

import pytest
from csp.constants import SELF
from django.conf import settings as configured
from django.core.files import File
from django.core.files.storage import default_storage

from accounts.models import Membership
from meetings import storage
from tests import interrupted
from tests.e2e.test_listening import POSITION, until
from tests.factories import (
    JobFactory,
    MeetingFactory,
    SegmentFactory,
    TranscriptFactory,
    UserFactory,
)

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

SECONDS = 4
BEGUN = """addEventListener("loadstart", () => (window.begun = performance.now()), true)"""
"""When the player asked for an address last."""
PAUSED_AT = """(place) => {
  const sound = document.getElementById("audio");
  const look = () => sound.currentTime > place && sound.pause();
  sound.addEventListener("seeked", () => setInterval(look, 20));
}"""


@pytest.fixture
def meeting(on_s3, settings, tmp_path, transactional_db):
    """Six minutes, of which a browser keeps some seconds only."""
    settings.AWS_S3_ADDRESS_SECONDS = SECONDS
    directives = configured.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {"media-src": [SELF, on_s3.endpoint]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives | allowed}
    made = MeetingFactory.create(owner=UserFactory.create(), recording__duration=349.0)
    key = storage.output_key(made.pk, "convert", "t", "player.wav")
    with interrupted.recording(tmp_path / "talk.wav", 64).open("rb") as source:
        made.recording.rendition_key = default_storage.save(key, File(source))
    made.recording.save()
    transcript = TranscriptFactory.create(job=JobFactory(meeting=made, done=True))
    for start in (100, 300):
        SegmentFactory(transcript=transcript, start=start, end=start + 30, text="Снег идёт.")
    return made


@pytest.fixture
def page(meeting, open_browser, on_s3):
    """The meeting's, with what its player was answered by the product since it was asked last."""
    open_browser.expects(f"a request to another host: {on_s3.endpoint}")
    open_browser.expects("status of 403")  # what was asked before the player could know
    shown = open_browser(meeting.workspace.memberships.get().user)
    shown.add_init_script(BEGUN)
    shown.answers = []
    shown.on("response", lambda answer: note(shown.answers, answer))
    shown.goto(f"/meetings/{meeting.pk}/")
    until(shown, "document.getElementById('audio').readyState > 0")
    return shown


def note(answers, answer):
    if answer.url.endswith("/media/"):
        answers.append(answer.status)


def play(page):
    page.locator("#play").click()
    until(page, f"{POSITION} > 0.5")


def go_to_after_the_end(page, seconds):
    """Goes there when the address that the player knows is good no more."""
    until(page, f"performance.now() - window.begun > {(SECONDS + 1.1) * 1000}")
    page.answers.clear()
    page.evaluate(f"document.getElementById('audio').currentTime = {seconds}")


def test_who_seeks_after_the_address_has_ended_hears_what_is_there(page):
    page.locator("#rate").select_option("1.5")
    play(page)
    for place in (200, 100):
        go_to_after_the_end(page, place)
        until(page, f"{place} + 1 < {POSITION} && {POSITION} < {place} + 30")
        expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
        assert page.evaluate("document.getElementById('audio').playbackRate") == 1.5
        assert page.answers[0] == 302


def test_who_paused_goes_on_paused(page):
    go_to_after_the_end(page, 250)
    until(page, f"{POSITION} === 250 && document.getElementById('audio').readyState > 1")
    assert page.evaluate("document.getElementById('audio').paused")
    assert page.answers[0] == 302


def test_what_is_there_already_is_not_asked_for(page):
    play(page)
    page.evaluate(PAUSED_AT, 2)
    go_to_after_the_end(page, 1)
    until(page, "document.getElementById('audio').paused")
    assert 2 < page.evaluate(POSITION) < 4
    assert page.answers == []


def test_who_was_withdrawn_hears_no_more_and_the_page_does_not_insist(page, meeting, open_browser):
    open_browser.expects("status of 404")
    play(page)
    Membership.objects.filter(workspace=meeting.workspace).delete()
    go_to_after_the_end(page, 300)
    until(page, "document.getElementById('audio').error !== null")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
    page.wait_for_timeout(1000)
    assert page.answers == [404]


def test_a_moment_that_was_found_is_heard_after_the_address_of_another_has_ended(page):
    page.goto("/search/?q=снег")
    for place, moment in enumerate((100, 300)):
        page.locator("[data-moment] a[data-from]").nth(place).click()
        until(page, f"{moment} + 0.5 < {POSITION} && {POSITION} < {moment} + 30")
        expect(page.locator(".moment__hear--now")).to_have_count(1)
        page.wait_for_timeout((SECONDS + 1.1) * 1000)
