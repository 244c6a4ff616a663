"""The pages' keys on keyboards that write no Latin letters, or have them in other places."""

import pytest

from tests.e2e.test_editing import begin, open_page, row, transcript  # noqa: F401
from tests.factories import ActionItemFactory

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

CONTROL = 2


@pytest.fixture
def press():
    """Presses the key at ``code``, on which ``letter`` stands, as the keyboard itself does."""

    def at(page, code, letter, modifiers=0):
        line = page.context.new_cdp_session(page)
        for kind in ("rawKeyDown", "keyUp"):
            line.send(
                "Input.dispatchKeyEvent",
                {"type": kind, "code": code, "key": letter, "modifiers": modifiers},
            )
        line.detach()

    return at


def test_on_a_russian_keyboard_items_are_gone_through_and_ticked(
    open_browser,
    transcript,  # noqa: F811
    press,
):
    page = open_page(open_browser, transcript, "Anna", expect)
    for text in ("Отчёт.", "Смета."):
        ActionItemFactory.create(meeting=transcript.meeting, text=text)
    page.goto("/action-items/")
    item = page.locator(".item").nth(1)
    press(page, "KeyJ", "о")
    press(page, "KeyJ", "о")
    expect(item.locator(".item__moment")).to_be_focused()
    press(page, "KeyX", "ч")
    expect(item).to_have_attribute("data-state", "done")
    press(page, "KeyZ", "я")
    expect(item).to_have_attribute("data-state", "open")


def test_on_a_russian_keyboard_a_segment_and_a_statement_are_edited(
    open_browser,
    transcript,  # noqa: F811
    press,
):
    page = open_page(open_browser, transcript, "Anna", expect)
    row(page, "Согласна").locator(".segment__time").focus()
    press(page, "KeyE", "у")
    expect(page.locator(".segment-form textarea")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#minutes .statement").first.locator("a, button").first.focus()
    press(page, "KeyE", "у")
    expect(page.locator("#minutes").get_by_role("button", name="Save")).to_be_visible()


def test_on_a_german_keyboard_z_undoes_and_y_does_again(
    open_browser,
    transcript,  # noqa: F811
    press,
):
    page = open_page(open_browser, transcript, "Anna", expect)
    begin(page, "Согласна").fill("Не согласна.")
    page.keyboard.press("Enter")
    expect(row(page, "Не согласна.")).to_be_visible()
    press(page, "KeyY", "z", CONTROL)
    expect(row(page, "Не согласна.")).to_have_count(0)
    press(page, "KeyZ", "y", CONTROL)
    expect(row(page, "Не согласна.")).to_be_visible()
