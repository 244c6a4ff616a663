"""The approval walk: a draft is corrected, reviewed, approved, frozen, and goes on as version 2."""

import re

import pytest

from accounts.models import User
from reports.models import Minutes
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def minutes(transactional_db):
    owner = UserFactory.create(name="Anna")
    job = JobFactory(meeting=MeetingFactory(owner=owner), done=True)
    made = MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4)
    made.sections.filter(position=1).update(title="Бюджет и задачи")
    return made


def correct(page, expect):
    """A planted number is noticed while it is typed; with number and evidence back it is right."""
    statement = page.locator(".statement", has_text="Бюджет составит")
    statement.locator(".statement__text").focus()
    page.keyboard.press("e")
    form = page.locator(".statement-form")
    verdict = form.locator(".statement-form__verdict")
    text = form.locator("textarea")
    expect(text).to_be_focused()
    expect(verdict).to_have_text("supported by the recording")
    text.fill("Бюджет составит 300 тысяч рублей.")
    expect(verdict).to_contain_text("a number does not occur in the cited words: “300 тысяч”")
    form.get_by_role("button", name="Remove").click()
    expect(verdict).to_contain_text("nothing in the recording is cited")
    form.get_by_role("button", name="Cite from the transcript").click()
    page.locator("#transcript .segment", has_text="Бюджет").locator(".segment__time").click()
    page.keyboard.press("Escape")
    text.fill("Бюджет составит 200 тысяч рублей.")
    expect(verdict).to_have_text("supported by the recording")
    text.press("Control+Enter")
    saved = page.locator(".statement", has_text="Бюджет составит 200 тысяч рублей.")
    expect(saved).to_have_class(re.compile("statement--supported"))
    expect(saved).to_contain_text("edited by Anna")


def drop_and_undo(page, expect):
    statement = page.locator(".statement", has_text="Согласна, решили")
    statement.get_by_role("button", name="Drop").focus()
    page.keyboard.press("Enter")
    expect(statement).to_have_count(0)
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(statement).to_have_count(1)


def review(page, expect):
    page.get_by_role("button", name="Send for review").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Anna").check()
    dialog.get_by_role("button", name="Send").click()
    expect(page.locator(".badge--in_review")).to_be_visible()
    expect(page.locator('[data-act="edit"]')).to_have_count(0)
    whole = page.get_by_role("region", name="Comments on the whole")
    whole.locator("summary").click()
    whole.get_by_label("Comment").fill("Checked against the invoice.")
    whole.get_by_role("button", name="Send").click()
    expect(whole).to_contain_text("Checked against the invoice.")
    page.get_by_role("button", name="Approve").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("1 comment is still open.")
    dialog.get_by_role("button", name="Approve").click()
    expect(page.locator("#minutes .badge--approved").first).to_be_visible()
    expect(page.locator("#minutes")).to_contain_text("No. 1 of")


def test_minutes_are_corrected_reviewed_approved_and_go_on_as_a_new_version(minutes, open_browser):
    from playwright.sync_api import expect  # noqa: PLC0415  (skipped where there is no browser)

    page = open_browser(User.objects.get(name="Anna"))
    page.goto(f"/meetings/{minutes.meeting_id}/")
    correct(page, expect)
    drop_and_undo(page, expect)
    review(page, expect)
    page.get_by_role("link", name="Verify").click()
    expect(page.locator(".verification__result--good")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="New version").click()
    expect(page.locator("#minutes summary", has_text="version 2")).to_be_visible()
    expect(page.locator('[data-act="edit"]')).to_have_count(4)
    states = Minutes.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["approved", "draft"]
