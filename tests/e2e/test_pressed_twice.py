"""A second press, or a press after a lost answer: what was meant once is done once."""

import re

import pytest

from accounts.models import User
from meetings.models import Meeting
from reports.models import Comment, Template
from tests.e2e.test_editing import open_page, row, transcript  # noqa: F401
from tests.e2e.test_listening import until
from tests.e2e.test_uploads import DATA, SAMPLE, card, objects  # noqa: F401
from tests.factories import MembershipFactory, UserFactory
from transcription.models import Bookmark, Segment, Speaker

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

TWICE = "form => { form.requestSubmit(); form.requestSubmit(); }"
AGAIN = "form => { form.requestSubmit(); setTimeout(() => form.requestSubmit(), 200); }"
SELECT = """() => {
  const [, first, last] = document.querySelectorAll("#transcript .segment__text");
  getSelection().setBaseAndExtent(first, 0, last, last.childNodes.length);
}"""
SLOW = """
  const ask = fetch;
  window.fetch = async (address, how) => {
    const answer = await ask(address, how);
    if (how?.method && how.method !== "GET") await new Promise((go) => setTimeout(go, 700));
    return answer;
  };
"""
"""What is asked for takes a while, so that there is time for another press."""


@pytest.fixture
def page(open_browser, transcript):  # noqa: F811
    page = open_page(open_browser, transcript, "Anna", expect)
    page.add_init_script(SLOW)
    page.reload()
    expect(page.locator(".segments[data-editable]")).to_be_visible()
    return page


def press_twice(page, dialog):
    page.locator(f"{dialog} form").evaluate(TWICE)
    expect(page.locator(dialog)).to_be_hidden()


def test_a_moment_is_marked_once(page):
    page.locator("h1").click()
    page.keyboard.press("b")
    page.locator("#bookmark textarea").fill("Look here")
    press_twice(page, "#bookmark")
    assert Bookmark.objects.count() == 1


def test_somebody_new_is_one_voice(page):
    count = Speaker.objects.count()
    row(page, "Согласна").locator(".segment__time").focus()
    page.evaluate(SELECT)
    page.keyboard.press("s")
    page.locator("#voice [name=name]").fill("Ольга")
    expect(page.locator("#voice [name=where][value=selected]")).to_be_checked()
    press_twice(page, "#voice")
    expect(row(page, "Согласна").locator(".segment__name")).to_have_text("Ольга")
    assert Speaker.objects.count() == count + 1


def test_words_are_replaced_once(page):
    page.get_by_role("button", name="Find and replace").click()
    page.locator("#replace [name=find]").fill("выпуск")
    page.locator("#replace [name=replace]").fill("выпуск релиза")
    expect(page.locator("#replace [type=submit]")).to_be_enabled()
    press_twice(page, "#replace")
    expect(row(page, "выпуск релиза").first).to_be_visible()
    assert not Segment.objects.filter(text__contains="релиза релиза").exists()


def test_only_what_is_shown_is_replaced(page):
    """Other words and Enter, before their places are shown."""
    held = []
    page.get_by_role("button", name="Find and replace").click()
    find = page.locator("#replace [name=find]")
    find.fill("выпуск")
    expect(page.locator("#replace [type=submit]")).to_be_enabled()
    page.route("**/transcript/replace/", lambda route: held.append(route))
    find.fill("двести")
    find.press("Enter")
    while not held:
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    assert [route.request.post_data_json.get("dry_run", True) for route in held] == [True]
    page.unroute("**/transcript/replace/")  # and what was held goes on
    expect(page.locator("#replace [data-hits]")).to_contain_text("двести")
    expect(page.locator("#replace")).to_be_visible()
    assert Segment.objects.filter(text__contains="двести").exists()


def test_a_comment_is_made_once(page):
    statement = page.locator("#minutes .statement").first
    statement.locator("[data-comments]").focus()
    page.keyboard.press("Enter")
    statement.locator("textarea").fill("Why?")
    statement.locator(".remarks__form").evaluate(TWICE)
    expect(page.locator(".remark")).to_have_count(1)
    page.wait_for_timeout(1000)
    assert Comment.objects.count() == 1


def test_an_answer_that_was_lost_makes_nothing_twice(page, open_browser):
    open_browser.expects("ERR_CONNECTION_RESET")
    page.locator("h1").click()
    page.keyboard.press("b")
    page.locator("#bookmark textarea").fill("Look here")
    page.route("**/bookmarks/", lambda route: (route.fetch(), route.abort("connectionreset")))
    page.locator("#bookmark [type=submit]").click()
    expect(page.locator("#bookmark .dialog__error")).to_have_text(
        "The server does not answer. Try again in a moment."
    )
    assert Bookmark.objects.count() == 1
    page.unroute("**/bookmarks/")
    page.locator("#bookmark [type=submit]").click()
    expect(page.locator("#bookmark")).to_be_hidden()
    assert Bookmark.objects.count() == 1


def test_a_template_is_made_once(page):
    MembershipFactory.create(user=User.objects.get(name="Anna"), role="owner")
    page.goto("/templates/standup/")
    page.get_by_role("link", name="Make a copy").click()
    page.wait_for_url("**/templates/new/**")  # and for its script
    page.get_by_label("Name", exact=True).fill("Weekly")
    page.locator("#template").evaluate(TWICE)
    page.wait_for_url(re.compile(r"/templates/[\w-]{36}/$"))
    until(page, "document.readyState === 'complete'")
    assert Template.objects.filter(name="Weekly").count() == 1


def test_a_second_press_on_send_opens_no_file_dialog(open_browser, transactional_db):
    page = open_browser(UserFactory.create())
    held = []
    page.route(DATA, lambda route: held.append(route))
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.locator("#recording").evaluate("picker => (picker.click = () => (window.isOpened = true))")
    page.locator("#new").evaluate(AGAIN)
    while not held:
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    assert not page.evaluate("window.isOpened")
    expect(card(page)).to_have_count(1)
    page.unroute(DATA)  # and what was held goes on
    expect(page.get_by_role("heading", name="meeting_ru")).to_be_visible()
    assert Meeting.objects.count() == 1
