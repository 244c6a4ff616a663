"""What a tired person does: holds a key down, undoes in the wrong place, goes on while it loads."""

import re
from datetime import UTC, datetime

import pytest

from meetings.models import Meeting
from tests.e2e.test_editing import begin, open_page, row, transcript  # noqa: F401
from tests.e2e.test_listening import POSITION, until
from tests.e2e.test_uploads import SAMPLE, card, objects  # noqa: F401
from tests.factories import UserFactory
from transcription.models import Segment

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

SLOW = """
  const ask = fetch;
  window.fetch = async (address, how) => {
    const isPage = address === location.href;
    if (isPage) window.isAsked = true;
    const answer = await ask(address, how);
    if (isPage) await new Promise((done) => setTimeout(done, 1500));
    if (isPage) setTimeout(() => (window.isShown = true), 200);
    return answer;
  };
"""
"""The page's parts are a second and a half on their way."""


@pytest.fixture
def page(open_browser, transcript):  # noqa: F811
    return open_page(open_browser, transcript, "Anna", expect)


def test_a_key_held_down_merges_once(page):
    count = page.locator("#transcript .segment").count()
    begin(page, "Согласна")
    page.keyboard.press("Home")
    for _ in range(4):
        page.keyboard.down("Backspace")
    page.keyboard.up("Backspace")
    expect(page.locator("#transcript .segment")).to_have_count(count - 1)
    page.wait_for_timeout(500)
    expect(page.locator("#transcript .segment")).to_have_count(count - 1)
    assert Segment.objects.filter(text__contains="Согласна").count() == 1


def test_in_the_minutes_undo_brings_the_statement_back_and_leaves_the_transcript(page):
    begin(page, "Согласна").fill("Не согласна.")
    page.keyboard.press("Enter")
    expect(row(page, "Не согласна.")).to_be_visible()
    statements = page.locator("#minutes .statement")
    count = statements.count()
    statements.first.get_by_role("button", name="Edit").focus()
    statements.first.locator('[data-act="drop"]').click()
    expect(statements).to_have_count(count - 1)
    expect(page.locator("#minutes button:focus")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(statements).to_have_count(count)
    expect(row(page, "Не согласна.")).to_be_visible()


@pytest.mark.parametrize("pane", ["transcript", "minutes"])
def test_what_is_begun_while_the_page_is_taken_anew_stays(open_browser, transcript, pane):  # noqa: F811
    page = open_page(open_browser, transcript, "Anna", expect)
    page.add_init_script(SLOW)
    page.reload()
    until(page, "window.isAsked")  # without a socket pages ask every ten seconds
    if pane == "transcript":
        field = begin(page, "Согласна")
    else:
        page.locator("#minutes .statement").first.locator("a, button").first.focus()
        page.keyboard.press("e")
        field = page.locator("#minutes .statement-form textarea").first
    field.fill("Это я пишу.")
    until(page, "window.isShown")
    expect(field).to_have_value("Это я пишу.")


def test_after_a_press_on_play_the_arrows_move(page):
    page.evaluate("document.getElementById('play').focus()")
    page.keyboard.press("Shift+ArrowRight")
    until(page, f"{POSITION} >= 10")


def test_a_time_is_of_the_zone_in_which_it_is_shown(open_browser, transactional_db):
    page = open_browser(UserFactory.create(), timezone_id="Asia/Vladivostok")
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.get_by_label("Date and time").fill("2026-03-16T10:00")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert Meeting.objects.get().held_at == datetime(2026, 3, 16, 10, tzinfo=UTC)


def test_who_fills_in_the_next_meeting_is_not_led_away(open_browser, transactional_db):
    page = open_browser(UserFactory.create())
    page.route(re.compile("/parts/1/data/$"), lambda route: (page.pause_at(), route.continue_()))
    page.pause_at = lambda: page.get_by_label("Title").fill("The next one")
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(card(page)).to_contain_text("Received.")
    page.wait_for_timeout(1000)
    expect(page.get_by_label("Title")).to_have_value("The next one")
