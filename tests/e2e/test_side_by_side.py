"""Two people in one transcript, and a page that asks for itself: nobody loses words or place."""

import json
import re

import pytest

from accounts.models import User
from tests.e2e.test_editing import begin, open_page, row, transcript  # noqa: F401
from tests.e2e.test_listening import until
from transcription.models import Segment

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

OLD_NEWS = """
  const ask = fetch;
  window.fetch = async (address, how) => {
    const isPart = String(address).includes("segments=");
    const answer = await ask(address, how);
    if (isPart) await new Promise((go) => (window.letGo = go));
    return answer;
  };
"""
"""What the page asks for of single segments is on its way until it is let go."""
COUNTED = """
  const ask = fetch;
  window.asked = 0;
  window.fetch = async (address, how) => {
    const answer = await ask(address, how);
    if (address === location.href) setTimeout(() => (window.asked += 1), 300);
    return answer;
  };
"""


def with_socket(open_browser, meeting, name, script=""):
    """The page, and what tells it an edit of somebody."""
    page = open_browser(User.objects.get(name=name))
    page.add_init_script(script)
    sockets = []
    page.route_web_socket(re.compile("/ws/"), lambda socket: sockets.append(socket))
    page.goto(f"/meetings/{meeting}/")
    until(page, "document.readyState === 'complete'")
    while not sockets:
        page.wait_for_timeout(50)

    def edited(*segments, seq):
        told = {"type": "edit", "meeting": str(meeting), "segment_ids": list(segments)}
        sockets[-1].send(json.dumps(told | {"seq": seq, "names": [], "whole": False}))

    return page, edited


def test_a_segment_that_is_merged_away_keeps_what_one_writes_in_it(open_browser, transcript):  # noqa: F811
    open_browser.expects("status of 400 .*/segments/")
    anna, edited = with_socket(open_browser, transcript.meeting_id, "Anna")
    boris = open_page(open_browser, transcript, "Boris", expect)
    gone = Segment.objects.get(text__startswith="Согласна")
    above = Segment.objects.filter(transcript=transcript, start__lt=gone.start).latest("start")
    field = begin(anna, "Согласна")
    field.fill("Согласна, если")
    expect(anna.locator(".segment-form__state")).to_have_text("Saved")
    tools = row(boris, "Согласна")
    tools.hover()
    tools.get_by_role("button", name="Merge up").click()
    expect(row(boris, "Согласна, если")).to_contain_text(above.text)
    field.press_sequentially(" успеем")
    edited(above.pk, gone.pk, seq=1)
    loss = anna.locator(".segment-form__loss")
    expect(loss).to_contain_text("This segment is no more")
    expect(row(anna, above.text)).to_contain_text("Согласна, если")  # where it went
    expect(field).to_have_value("Согласна, если успеем")
    field.press("Enter")
    expect(loss).to_be_visible()
    anna.context.grant_permissions(["clipboard-read", "clipboard-write"])
    loss.get_by_role("button", name="Copy what I wrote").click()
    expect(loss.get_by_role("button", name="Copied")).to_be_visible()
    assert anna.evaluate("navigator.clipboard.readText()") == "Согласна, если успеем"
    loss.get_by_role("button", name="Close without saving").click()
    expect(anna.locator(".segment-form")).to_have_count(0)
    expect(anna.locator(f"#segment-{gone.pk}")).to_have_count(0)
    begin(anna, "Бюджет составит").fill("Бюджет: двести.")
    anna.keyboard.press("Enter")
    expect(row(anna, "Бюджет: двести.")).to_be_visible()


def test_without_a_socket_it_is_learned_when_it_is_saved(open_browser, transcript):  # noqa: F811
    open_browser.expects("status of 400 .*/segments/")
    anna = open_page(open_browser, transcript, "Anna", expect)
    boris = open_page(open_browser, transcript, "Boris", expect)
    field = begin(anna, "Согласна")
    count = boris.locator(".segment").count()
    row(boris, "Согласна").hover()
    row(boris, "Согласна").get_by_role("button", name="Merge up").click()
    expect(boris.locator(".segment")).to_have_count(count - 1)
    field.fill("Согласна, если успеем")
    expect(anna.locator(".segment-form__loss")).to_be_visible()
    expect(field).to_have_value("Согласна, если успеем")
    field.press("Escape")
    expect(anna.locator(".segment-form")).to_have_count(0)


def test_old_news_do_not_undo_what_was_saved_since(open_browser, transcript):  # noqa: F811
    page, edited = with_socket(open_browser, transcript.meeting_id, "Anna", OLD_NEWS)
    segment = Segment.objects.get(text__startswith="Согласна")
    field = begin(page, "Согласна")
    field.fill("Согласна, но.")
    state = page.locator(".segment-form__state")
    expect(state).to_have_text("Saved")
    edited(segment.pk, seq=1)
    until(page, "window.letGo")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        field.fill("Согласна, но позже.")
    expect(state).to_have_text("Saved")
    page.evaluate("letGo()")
    page.wait_for_timeout(500)
    expect(field).to_have_value("Согласна, но позже.")
    expect(page.locator(".segment-form__conflict")).to_be_hidden()


def test_what_was_found_stays_while_the_page_asks_for_itself(open_browser, transcript):  # noqa: F811
    page = open_page(open_browser, transcript, "Anna", expect)
    page.add_init_script(COUNTED)
    page.reload()
    page.get_by_role("searchbox", name="Find in the transcript").fill("выпуск")
    count = page.locator("#find-count")
    expect(count).to_have_text("1 of 2")
    page.keyboard.press("Enter")
    row(page, "Бюджет составит").evaluate("row => { row.isMine = true; }")
    Segment.objects.filter(text__startswith="Анна подготовит").update(
        text="Анна сделает.", words=[], revision=9
    )
    until(page, "asked >= 1")
    expect(row(page, "Анна сделает.")).to_be_visible()
    expect(count).to_have_text("2 of 2")
    expect(page.locator(".segment.found")).to_have_count(2)
    expect(page.get_by_role("searchbox", name="Find in the transcript")).to_have_value("выпуск")
    assert row(page, "Бюджет составит").evaluate("row => row.isMine")
