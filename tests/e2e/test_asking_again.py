"""A page that asks for itself: without news nothing moves, and no older answer undoes a newer."""

import pytest

from tests.e2e.test_editing import begin, open_page, row, transcript  # noqa: F401
from tests.e2e.test_listening import until

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

HELD = """
  const ask = fetch;
  window.asked = 0;
  window.fetch = async (address, how) => {
    const answer = await ask(address, how);
    if (address !== location.href) return answer;
    if (!window.letGo) await new Promise((go) => (window.letGo = go));
    setTimeout(() => (window.asked += 1), 300);
    return answer;
  };
"""
"""The first answer to a page that asks for itself is on its way until it is let go."""
MARK = "part => { part.isMine = true; }"
IS_MARKED = "part => part.isMine === true"


@pytest.fixture
def page(open_browser, transcript):  # noqa: F811
    shown = open_page(open_browser, transcript, "Anna", expect)
    shown.add_init_script(HELD)
    shown.reload()
    return shown


def has_asked(page):
    until(page, "window.letGo")
    page.evaluate("letGo()")
    until(page, "asked >= 1")


def test_what_is_open_chosen_and_focused_stays_where_there_is_no_news(page):
    marked = [page.locator(part).first for part in (".statement", "#exports > *", "#talks > *")]
    for part in marked:
        part.evaluate(MARK)
    statement = page.locator("#minutes .statement").first
    statement.locator("[data-comments]").focus()
    page.keyboard.press("Enter")
    statement.evaluate("row => row.classList.add('statement--chosen', 'citing')")
    field = statement.locator("textarea")
    expect(field).to_be_focused()
    has_asked(page)
    expect(field).to_be_focused()
    assert all(part.evaluate(IS_MARKED) for part in marked)


def test_a_menu_that_is_open_is_not_closed_by_an_answer_without_news(page):
    page.locator("#exports summary").first.click()
    link = page.locator("#exports .menu__body a").first
    expect(link).to_be_visible()
    has_asked(page)
    expect(link).to_be_visible()
    expect(page.locator("#exports details[open]")).to_have_count(1)


def test_news_are_shown(page, transcript):  # noqa: F811
    statement = page.locator("#minutes .statement").first
    statement.evaluate(MARK)
    transcript.meeting.minutes.update(state="in_review")
    has_asked(page)
    expect(page.locator("#minutes .badge--in_review")).to_be_visible()
    assert not page.locator("#minutes .statement").first.evaluate(IS_MARKED)


def test_an_answer_that_an_edit_overtook_brings_nothing_back(page):
    until(page, "window.letGo")
    begin(page, "Бюджет составит").fill("Бюджет: двести.")
    page.keyboard.press("Enter")
    expect(row(page, "Бюджет: двести.")).to_be_visible()
    expect(page.locator(".segment-form")).to_have_count(0)
    merged = page.locator(".segment").count() - 1
    row(page, "Согласна").hover()
    row(page, "Согласна").get_by_role("button", name="Merge up").click()
    expect(page.locator(".segment")).to_have_count(merged)
    page.evaluate("letGo()")
    until(page, "asked >= 1")
    assert row(page, "Бюджет: двести.").count() == 1
    assert page.locator(".segment").count() == merged


def test_an_answer_that_a_comment_overtook_does_not_take_it_away(page):
    until(page, "window.letGo")
    statement = page.locator("#minutes .statement").first
    statement.locator("[data-comments]").focus()
    page.keyboard.press("Enter")
    statement.locator("textarea").fill("Why?")
    statement.locator(".remarks__form button").click()
    expect(page.locator(".remark")).to_have_count(1)
    page.evaluate("letGo()")
    until(page, "asked >= 1")
    assert page.locator(".remark").count() == 1
