"""A workspace's own template: copied, changed, refused while it is unfit, tried, saved, chosen."""

import re

import pytest

from reports.models import Template
from reports.services import template_previews
from tests.factories import JobFactory, MeetingFactory, TranscriptFactory, UserFactory

pytestmark = pytest.mark.slow


@pytest.fixture
def owner(transactional_db):
    person = UserFactory.create(name="Anna")
    meeting = MeetingFactory(owner=person, title="Monday stand-up")
    TranscriptFactory(job=JobFactory(meeting=meeting, done=True), segments=8)
    return person


def part(page, title):
    return page.locator(".part", has=page.locator(".part__title", has_text=title))


def add_section(page, expect):
    page.get_by_role("button", name="Add a section").click()
    row = page.locator(".part").last
    expect(row.get_by_label("Title in Russian")).to_be_focused()
    row.get_by_label("Title in English").fill("In one breath")
    expect(row.locator(".part__title")).to_have_text("6. In one breath")
    row.get_by_label("Written from").select_option("sections")
    row.get_by_label("Holds").select_option("summary")
    expect(row.get_by_label("Without a language model")).to_be_hidden()


def move_by_keyboard(page, expect):
    up = part(page, "In one breath").get_by_role("button", name="Up: 6. In one breath")
    up.focus()
    page.keyboard.press("Enter")
    expect(part(page, "In one breath").locator(".part__title")).to_have_text("5. In one breath")
    again = part(page, "In one breath").get_by_role("button", name="Up: 5. In one breath")
    expect(again).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".part__title").nth(3)).to_have_text("4. In one breath")


def be_refused_and_mend(page, expect):
    page.get_by_role("button", name="Save").click()
    problems = page.get_by_role("alert").filter(has_text="Section 4")
    expect(problems).to_contain_text("Section 4: Say on which other sections it rests.")
    part(page, "In one breath").get_by_label("Done", exact=True).check()
    part(page, "Done").get_by_label("In one breath").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#problems")).to_contain_text("in a circle")
    part(page, "Done").get_by_label("In one breath").uncheck()
    part(page, "Action items").get_by_role("button", name="Drop").click()
    expect(page.locator(".part")).to_have_count(5)


def preview(page, expect):
    page.locator("#preview").get_by_role("combobox").select_option(index=0)
    page.get_by_role("button", name="Show on this meeting").click()
    expect(page.locator("#preview-state")).to_have_text("The preview is there.")
    titles = page.locator("#preview-result .chapter__title")
    expect(titles).to_have_text(
        ["Что сделано", "Что будет сделано", "Что мешает", "In one breath", "Решения"]
    )
    evidence = page.locator("#preview-result a.evidence").first
    expect(evidence).to_have_attribute("href", re.compile(r"/meetings/[\w-]+/#segment-\d+"))


def test_a_template_is_made_tried_and_chosen_in_the_browser(open_browser, owner, monkeypatch):
    from playwright.sync_api import expect  # noqa: PLC0415

    monkeypatch.setattr(
        template_previews,
        "_send",
        lambda preview_id: template_previews.carry_out(preview_id=str(preview_id)),
    )
    open_browser.expects("status of 422 .*/templates/")
    page = open_browser(owner)
    page.goto("/templates/standup/")
    page.get_by_role("link", name="Make a copy").click()
    page.wait_for_url("**/templates/new/**")  # and for its script
    page.get_by_label("Name", exact=True).fill("Our stand-up")
    add_section(page, expect)
    move_by_keyboard(page, expect)
    be_refused_and_mend(page, expect)
    preview(page, expect)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our stand-up")
    page.wait_for_url(re.compile(r"/templates/[\w-]{36}/"))
    template = Template.objects.get()
    assert [s["key"] for s in template.sections][3] == "section_6"
    assert template.sections[3]["depends_on"] == ["done"]
    page.goto("/templates/")
    default = page.get_by_label("Unless told, minutes are written by")
    with page.expect_navigation():
        default.select_option(label="Our stand-up")
    expect(page.get_by_label("Unless told")).to_have_value(str(template.pk))
    page.goto("/meetings/new/")
    expect(page.get_by_label("Template of the minutes")).to_contain_text("Our stand-up")
