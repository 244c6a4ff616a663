"""A secretary puts a transcript right: words, speakers, doubts; and two people at one sentence."""

import os
import re
from pathlib import Path

import pytest

from accounts.models import User
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SegmentFactory,
    TranscriptFactory,
    UserFactory,
    WorkspaceFactory,
)
from transcription.models import Segment

pytestmark = pytest.mark.slow


@pytest.fixture
def transcript(transactional_db):
    workspace = WorkspaceFactory.create()
    for name in ("Anna", "Boris"):
        MembershipFactory(workspace=workspace, user=UserFactory.create(name=name))
    meeting = MeetingFactory(workspace=workspace, title="Планёрка")
    meeting.recording.rendition_key = "none"
    meeting.recording.save()
    made = TranscriptFactory.create(job=JobFactory(meeting=meeting, done=True))
    doubtful = SegmentFactory(
        transcript=made,
        text="Субтитры сделал диктор.",
        start=20,
        speaker=made.speakers.first(),
        flags=["low_confidence"],
    )
    doubtful.words[1]["confidence"] = 0.2
    doubtful.save()
    MinutesFactory.create(transcript=made, statements=2)
    return made


def row(page, text):
    return page.locator(".segment", has_text=text)


def begin(page, text):
    row(page, text).locator(".segment__time").focus()
    page.keyboard.press("e")
    return page.locator(".segment-form textarea")


def open_page(open_browser, transcript, name, expect):
    page = open_browser(User.objects.get(name=name))
    page.goto(f"/meetings/{transcript.meeting_id}/")
    expect(page.locator(".segments[data-editable]")).to_be_visible()
    return page


def picture(page, name):
    """For the eye, where a folder is named."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def reword_split_and_merge(page, expect):
    field = begin(page, "Предлагаю перенести")
    expect(field).to_be_focused()
    field.fill("Предлагаю отложить выпуск на пятницу.")
    picture(page, "form")
    expect(page.locator(".segment-form__state")).to_have_text("Saved")
    page.keyboard.press("Enter")
    expect(row(page, "Предлагаю отложить выпуск")).to_be_visible()
    field = begin(page, "Предлагаю отложить")
    field.evaluate("field => field.setSelectionRange(19, 19)")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_value("выпуск на пятницу.")
    expect(row(page, "Предлагаю отложить")).to_have_count(1)
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    expect(field).to_have_value("Предлагаю отложить выпуск на пятницу.")
    page.keyboard.press("Escape")
    expect(page.locator(".segment-form")).to_have_count(0)


def discard(page, expect):
    """What was saved while writing is taken back too."""
    field = begin(page, "Бюджет составит")
    field.fill("Совсем другое.")
    expect(page.locator(".segment-form__state")).to_have_text("Saved")
    page.keyboard.press("Escape")
    expect(page.locator(".segment-form")).to_have_count(0)
    expect(row(page, "Бюджет составит двести тысяч рублей.")).to_be_visible()


def name_a_speaker(page, expect):
    row(page, "Согласна").locator(".segment__time").focus()
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Their name").fill("Ольга")
    expect(dialog.get_by_label("everywhere this speaker speaks")).to_be_checked()
    picture(page, "voice")
    dialog.get_by_role("button", name="Change").click()
    expect(page.locator("#talks")).to_contain_text("Ольга")
    expect(row(page, "Анна подготовит").locator(".segment__name")).to_have_text("Ольга")


def doubts(page, expect):
    page.locator("h1").click()
    page.keyboard.press("u")
    expect(page.locator(".uncertain-now")).to_have_text("сделал")
    doubtful = row(page, "Субтитры")
    expect(doubtful.locator(".segment__time")).to_be_focused()
    picture(page, "uncertain")
    doubtful.locator(".segment__flags").get_by_role("button", name="Drop").click()
    expect(doubtful).to_have_class(re.compile("segment--dropped"))
    doubtful.get_by_role("button", name="Bring back").click()
    doubtful.locator(".segment__flags").get_by_role("button", name="Keep").click()
    expect(doubtful.locator(".unsure")).to_have_count(0)


def replace_and_undo(page, expect):
    page.get_by_role("button", name="Find and replace").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Find", exact=True).fill("выпуск")
    dialog.get_by_label("Replace with").fill("релиз")
    expect(dialog.locator("[data-count]")).to_have_text("Places: 2. Segments: 2.")
    expect(dialog.locator("ins").first).to_contain_text("релиз")
    picture(page, "replace")
    dialog.get_by_role("button", name="Replace").click()
    expect(row(page, "релиз").first).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(page.locator(".segment", has_text="релиз")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".segment", has_text="релиз")).to_have_count(2)


def go_back(page, expect):
    page.get_by_role("button", name="History").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".history__edit").first).to_contain_text("Anna did again")
    picture(page, "history")
    dialog.locator('[data-restore="0"]').click()
    expect(row(page, "Предлагаю перенести выпуск на пятницу.")).to_be_visible()
    expect(page.locator(".segment", has_text="релиз")).to_have_count(0)


def test_a_transcript_is_put_right_and_back(transcript, open_browser):
    from playwright.sync_api import expect  # noqa: PLC0415  (skipped where there is no browser)

    page = open_page(open_browser, transcript, "Anna", expect)
    picture(page, "page")
    reword_split_and_merge(page, expect)
    discard(page, expect)
    name_a_speaker(page, expect)
    doubts(page, expect)
    replace_and_undo(page, expect)
    go_back(page, expect)


def test_two_people_at_one_sentence_see_both_texts(transcript, open_browser):
    from playwright.sync_api import expect  # noqa: PLC0415  (skipped where there is no browser)

    open_browser.expects("status of 412")
    anna = open_page(open_browser, transcript, "Anna", expect)
    boris = open_page(open_browser, transcript, "Boris", expect)
    hers = begin(anna, "Бюджет составит")
    his = begin(boris, "Бюджет составит")
    his.fill("Бюджет составит триста тысяч рублей.")
    his.press("Enter")
    expect(boris.locator(".segment-form")).to_have_count(0)
    hers.fill("Бюджет: двести тысяч.")
    conflict = anna.locator(".segment-form__conflict")
    expect(conflict).to_contain_text("Бюджет составит триста тысяч рублей.")
    picture(anna, "conflict")
    expect(hers).to_have_value("Бюджет: двести тысяч.")
    conflict.get_by_role("button", name="Keep mine").click()
    expect(anna.locator(".segment-form__state")).to_have_text("Saved")
    assert Segment.objects.get(text="Бюджет: двести тысяч.").revision == 3
