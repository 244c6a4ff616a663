"""A series in the browser: what was promised is found in the next meeting and confirmed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import ActionItem
from reports.services import action_items, carry_overs, writing
from tests.factories import (
    ActionItemFactory,
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    SectionFactory,
    SegmentFactory,
    SeriesFactory,
    SpeakerFactory,
    TranscriptFactory,
    UserFactory,
)

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

SAID = (
    "Anna, what about the sales report?",
    "Done, I sent it to everybody yesterday.",
    "The contract with the supplier is still with the lawyers.",
)


@pytest.fixture
def owner(transactional_db):
    return UserFactory.create(name="Olga")


@pytest.fixture
def series(owner):
    """A weekly whose first meeting left three open items behind."""
    series = SeriesFactory(owner=owner, name="Weekly")
    first = MeetingFactory(
        owner=owner, series=series, title="Weekly 1", held_at=timezone.now() - timedelta(days=7)
    )
    for text, assignee, due in (
        ("Anna will prepare the sales report.", "Anna", None),
        ("Tom will sign the contract with the supplier.", "Tom", None),
        ("Kate will fix the login tests.", "Kate", timezone.localdate() - timedelta(days=2)),
    ):
        ActionItemFactory(meeting=first, text=text, assignee=assignee, due=due)
    return series


@pytest.fixture
def second(owner, series):
    """The next meeting, with its minutes."""
    meeting = MeetingFactory(owner=owner, series=series, title="Weekly 2", language="en")
    transcript = TranscriptFactory(
        job=JobFactory(meeting=meeting, done=True), segments=0, language="en"
    )
    speakers = [SpeakerFactory(transcript=transcript) for _ in range(2)]
    for place, text in enumerate(SAID):
        SegmentFactory(
            transcript=transcript, speaker=speakers[place % 2], start=5.0 * place, text=text
        )
    talk = writing.input_of(transcript)
    minutes = MinutesFactory(transcript=transcript, statements=0, language="en")
    SectionFactory(minutes=minutes, kind="summary", title="Summary")
    outcomes = carry_overs.look(meeting_id=meeting.pk, talk=talk)
    carry_overs.store(minutes=minutes, talk=talk, outcomes=outcomes)
    action_items.sync(minutes=minutes)
    return meeting


def test_a_promise_is_carried_over_confirmed_and_taken_back(second, owner, open_browser):
    page = open_browser(owner)
    page.goto(f"/meetings/{second.pk}/")
    section = page.locator(".chapter--carry_over")
    expect(section.locator(".chapter__title")).to_have_text("Open items of earlier meetings")
    expect(section.locator(".carried")).to_have_count(3)
    report = section.locator(".carried", has_text="sales report")
    expect(report).to_contain_text("said to be done")
    expect(section.locator(".carried", has_text="contract")).to_contain_text("spoken of")
    expect(section.locator(".carried", has_text="login tests")).to_contain_text("was due on")
    assert ActionItem.objects.open().count() == 3

    report.get_by_role("button", name="Mark as done").click()
    expect(report).to_have_attribute("data-state", "done")
    done = ActionItem.objects.get(state="done")
    assert (done.assignee, done.changed_by) == ("Anna", owner)
    report.get_by_role("button", name="Undo").click()
    expect(report).to_have_attribute("data-state", "open")
    assert ActionItem.objects.open().count() == 3

    report.get_by_role("link", name=re.compile("set at Weekly 1")).click()
    expect(page).to_have_url(re.compile(r"#segment-\d+$"))
    expect(page.locator(".segment:target")).to_be_in_viewport()
    expect(page.locator(".segment:target")).to_contain_text("Anna will prepare the sales report.")


def test_items_are_ticked_and_unticked_by_mouse_and_by_keys(series, owner, open_browser):
    page = open_browser(owner)
    page.goto("/action-items/")
    expect(page.locator(".items__title")).to_have_text(["Overdue", "Without a day"])
    kate = page.locator(".item", has_text="login tests")
    kate.get_by_role("button", name=re.compile("^Done")).click()
    expect(kate).to_have_attribute("data-state", "done")
    expect(kate.get_by_role("button", name=re.compile("^Done"))).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(kate.get_by_role("button", name="Undo")).to_be_visible()
    kate.get_by_role("button", name="Undo").press("Enter")
    expect(kate).to_have_attribute("data-state", "open")

    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".item").nth(1)
    expect(second.locator(".item__moment")).to_be_focused()
    page.keyboard.press("x")
    expect(second).to_have_attribute("data-state", "done")
    page.keyboard.press("z")
    expect(second).to_have_attribute("data-state", "open")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator(".segment:target")).to_contain_text("Kate will fix the login tests.")


def test_the_page_of_items_needs_no_scripts(series, owner, open_browser):
    open_browser.expects(r"ERR_FAILED .*\.js$")
    page = open_browser(owner)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/action-items/?by=person")
    page.locator(".item", has_text="Tom").get_by_role("button", name="Drop").click()
    expect(page).to_have_url(re.compile(r"by=person"))
    expect(page.locator(".item")).to_have_count(2)
    assert ActionItem.objects.get(state="dropped").assignee == "Tom"
