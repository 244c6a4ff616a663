"""Five hours on one page: what is not in the page yet is found, heard, followed and edited."""

import re

import pytest

from accounts.models import User
from tests.bench.long_meeting import long_meeting
from tests.factories import SegmentFactory, UserFactory
from transcription.models import Segment, Transcript

pytestmark = pytest.mark.slow
MOST_ROWS = 400
"""Rows that may stand in the page; the transcript has many times as many."""


@pytest.fixture
def owner(transactional_db) -> User:
    return UserFactory.create(name="Anna")


@pytest.fixture
def transcript(owner) -> Transcript:
    made = long_meeting(words=12_000, seconds=4320, statements=4, owner=owner)
    SegmentFactory.create(
        transcript=made, text="Договорились о Перегрине.", start=4000.0, end=4001.0
    )
    return made


@pytest.fixture
def page(transcript, owner, open_browser):
    from playwright.sync_api import expect  # noqa: PLC0415  (skipped where there is no browser)

    shown = open_browser(owner)
    shown.goto(f"/meetings/{transcript.meeting_id}/#transcript")
    expect(shown.locator(".segments[data-windowed]")).to_be_visible()
    shown.expect = expect
    return shown


def rows(page):
    return page.locator("#transcript .segment").count()


def last(transcript):
    return transcript.segments.order_by("-start").first()


def test_the_end_is_a_scroll_away(page, transcript):
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.expect(page.locator(f"#segment-{last(transcript).pk}")).to_be_attached()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.expect(page.locator(f"#segment-{last(transcript).pk}")).to_be_in_viewport()
    assert rows(page) < MOST_ROWS < transcript.segments.count()


def test_words_that_are_not_in_the_page_are_found(page):
    page.locator("#find-text").fill("перегрине")
    found = page.locator(".segment.found")
    page.expect(found).to_be_in_viewport()
    page.expect(page.locator("#find-count")).to_have_text("1 of 1")
    assert "Договорились" in found.inner_text()


def test_a_moment_on_the_waveform_is_followed_in_the_words(page, transcript):
    box = page.locator("#wave").bounding_box()
    page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + 10)
    page.locator("#audio").evaluate("audio => { audio.play = async () => {}; }")
    page.locator("#audio").evaluate(
        "audio => Object.defineProperty(audio, 'paused', {get: () => false})"
    )
    page.keyboard.press("ArrowRight")
    page.expect(page.locator(".segment.now").first).to_be_in_viewport()
    at = float(page.locator(".segment.now").first.get_attribute("data-start"))
    assert 0.85 * 4320 < at < 0.95 * 4320


def test_evidence_far_down_is_shown(page, transcript):
    minutes = transcript.minutes.get()
    evidence = minutes.sections.first().statements.first().evidence.get()
    far = last(transcript)
    evidence.segment, evidence.start, evidence.end = far, far.start, far.end
    evidence.save()
    page.reload()
    page.locator("a[data-from]").first.click()
    page.expect(page.locator(f"#segment-{far.pk}.cited")).to_be_in_viewport()


def test_an_address_leads_to_a_segment_far_down(page, transcript):
    far = last(transcript)
    page.goto(f"/meetings/{transcript.meeting_id}/#segment-{far.pk}")
    page.expect(page.locator(f"#segment-{far.pk}.cited")).to_be_in_viewport()


def test_the_next_doubt_is_brought(page, transcript):
    Segment.objects.filter(transcript=transcript).exclude(pk=last(transcript).pk).update(
        words=[], flags=[]
    )
    Segment.objects.filter(pk=last(transcript).pk).update(flags=["loop"])
    page.reload()
    page.expect(page.locator(".segments[data-windowed]")).to_be_visible()
    page.keyboard.press("u")
    page.expect(page.locator(".uncertain-now")).to_be_in_viewport()


def test_a_segment_far_down_is_edited_and_split(page, transcript):
    far = Segment.objects.get(text__startswith="Договорились")
    page.locator("#find-text").fill("перегрине")
    row = page.locator(f"#segment-{far.pk}")
    row.locator(".segment__time").focus()
    page.keyboard.press("e")
    field = page.locator(".segment-form textarea")
    field.fill("Договорились о Перегрине вчера.")
    page.expect(page.locator(".segment-form__state")).to_have_text("Saved")
    field.evaluate("field => field.setSelectionRange(14, 14)")
    page.keyboard.press("Control+Enter")
    page.expect(field).to_have_value("Перегрине вчера.")
    page.keyboard.press("Enter")
    page.expect(page.locator(".segment", has_text="Перегрине вчера.")).to_be_in_viewport()
    assert rows(page) < MOST_ROWS


def test_what_somebody_else_changes_far_away_is_known_when_one_gets_there(page, transcript, owner):
    far = last(transcript)
    page.evaluate(
        """([pk, etag]) => fetch(`/api/v1/segments/${pk}/`, {
            method: "PATCH", body: JSON.stringify({text: "Совсем иное."}),
            headers: {"Content-Type": "application/json", "If-Match": etag,
                "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content}})""",
        [far.pk, far.etag],
    )
    page.locator("#find-text").fill("совсем иное")
    page.expect(page.locator(f"#segment-{far.pk}")).to_have_text(re.compile("Совсем иное"))


def test_without_scripts_the_parts_are_read_one_by_one(transcript, owner, open_browser):
    from playwright.sync_api import expect  # noqa: PLC0415  (skipped where there is no browser)

    open_browser.expects(r"ERR_FAILED .*\.js$")
    page = open_browser(owner)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/meetings/{transcript.meeting_id}/")
    page.get_by_role("link", name="Later").click()
    expect(page.locator(".parts").last).to_contain_text("Part 2 of")
    rows = transcript.segments.order_by("start", "end", "pk")
    expect(page.locator(f"#segment-{rows[120].pk}")).to_be_attached()
