"""Words that were said are found, heard where they stand, and opened where they were said."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from meetings import storage
from reports.services import asking
from tests.factories import JobFactory, MeetingFactory, TranscriptFactory, UserFactory
from tests.meetings.media_files import tone
from transcription.services import passages

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def owner(transactional_db):
    return UserFactory.create(name="Olga")


@pytest.fixture
def meeting(owner, tmp_path):
    """Four sentences, of which the third, at 6 s, is about the budget; with a sound of 20 s."""
    made = MeetingFactory.create(owner=owner, title="Совет", recording__duration=20.0)
    TranscriptFactory.create(job=JobFactory(meeting=made, done=True))
    made.recording.rendition_key = storage.output_key(made.pk, "convert", "t", "player.ogg")
    made.recording.save()
    sound = tone(tmp_path / "sound.ogg", seconds=20)
    default_storage.save(made.recording.rendition_key, ContentFile(sound.read_bytes()))
    yield made
    storage.delete_meeting(made.pk)


def test_what_was_said_is_found_heard_and_opened_by_keys_alone(open_browser, owner, meeting):
    page = open_browser(owner)
    page.goto("/action-items/")
    page.get_by_role("link", name="Search", exact=True).press("Enter")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("бюджета")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))  # and for its script
    expect(page.locator("mark")).to_have_text("Бюджет")
    expect(page.get_by_role("heading", name="Совет")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".moment__link")).to_be_focused()
    sound = page.locator("#audio")
    page.route("**/media/", lambda route: None)  # held, as the sentence lasts a second only
    page.keyboard.press(" ")
    expect(page.locator(".moment__hear--now")).to_be_visible()
    page.unroute("**/media/")  # and what was held goes on
    page.wait_for_function("() => document.getElementById('audio').currentTime > 6")
    expect(page.locator(".moment__hear--now")).to_have_count(0)  # where the sentence ends
    assert sound.evaluate("sound => sound.paused")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.locator(".moment__link").press("Enter")
    third = meeting.transcripts.get().segments.order_by("start")[2]
    expect(page.locator(f"#segment-{third.pk}")).to_be_in_viewport()
    expect(page.locator(f"#segment-{third.pk}")).to_have_class(re.compile("cited"))


def test_what_a_list_of_titles_does_not_have_is_looked_for_in_words(open_browser, owner, meeting):
    page = open_browser(owner)
    page.goto("/?q=бюджет")
    page.get_by_role("link", name="Look in what was said").click()
    expect(page.locator("mark")).to_have_text("Бюджет")
    page.get_by_label("Who said it").fill("nobody")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".empty")).to_contain_text("Nobody said this")
    expect(page.locator("#q")).to_have_value("бюджет")


def test_without_scripts_it_reads_and_searches(open_browser, owner, meeting):
    page = open_browser(owner)
    context = page.context.browser.new_context(
        java_script_enabled=False, base_url=open_browser.url, locale="en-US"
    )
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto("/search/")
    plain.locator("#q").fill("бюджет")
    plain.locator("#q").press("Enter")
    expect(plain.locator("mark")).to_have_text("Бюджет")
    plain.locator(".moment__link").click()
    expect(plain.locator(".segment").nth(2)).to_contain_text("Бюджет")
    context.close()


def test_a_question_is_answered_while_one_looks_and_every_sentence_can_be_heard(
    open_browser, owner, meeting
):
    passages.make(transcript_id=meeting.transcripts.get().pk)
    page = open_browser(owner)
    page.goto("/search/")
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("Your question").fill("Сколько денег дали?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("The answer is being looked for")).to_be_visible()
    asking.answer(question_id=page.url.rstrip("/").rpartition("/")[2])
    cited = page.locator("#citation-1 .moment__text")
    expect(cited).to_have_text("Бюджет составит двести тысяч рублей.")
    page.locator("#citation-1 .moment__hear").click()
    page.wait_for_function("() => document.getElementById('audio').currentTime > 6")
    page.locator("#citation-1 .moment__link").click()
    third = meeting.transcripts.get().segments.order_by("start")[2]
    expect(page.locator(f"#segment-{third.pk}")).to_be_in_viewport()


def test_by_meaning_the_choice_stays_and_what_is_near_is_heard(open_browser, owner, meeting):
    passages.make(transcript_id=meeting.transcripts.get().pk)
    page = open_browser(owner)
    page.goto("/search/")
    page.get_by_label("what they mean").check()
    page.locator("#q").fill("деньги")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))  # and for its script
    expect(page.locator(".stretch")).to_have_count(1)
    expect(page.get_by_label("what they mean")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(page.locator(".moment__hear--now")).to_be_visible()
