"""A sign-in that ended while a page was open: it is said, nothing is lost, and the page goes on."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from meetings.models import Meeting, Upload
from tests.e2e.test_editing import begin, open_page, row, transcript  # noqa: F401
from tests.e2e.test_listening import until
from tests.e2e.test_uploads import DATA, SAMPLE, card, objects, press  # noqa: F401
from tests.factories import UserFactory
from transcription.models import Segment

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

TOLD = re.compile("^You are signed out. Sign in again in another tab")


@pytest.fixture(autouse=True)
def refusals(open_browser):
    open_browser.expects("status of 40[13]")


def sign_in(page, person):
    """In another tab."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [
            {
                "name": name,
                "value": client.cookies[name].value,
                "url": page.url.split("/meetings/")[0],
            }
        ]
    )


def test_what_one_writes_is_kept_and_saved_after_the_next_sign_in(open_browser, transcript):  # noqa: F811
    page = open_page(open_browser, transcript, "Anna", expect)
    field = begin(page, "Согласна")
    Session.objects.all().delete()
    field.fill("Согласна, но не сейчас.")
    state = page.locator(".segment-form__state")
    expect(state).to_have_text(TOLD)
    expect(page.locator("#connection")).to_have_text(TOLD)  # when it asks for itself
    page.wait_for_timeout(6000)  # the next try is refused, too
    expect(field).to_have_value("Согласна, но не сейчас.")
    sign_in(page, User.objects.get(name="Anna"))
    expect(state).to_have_text("Saved")
    assert Segment.objects.filter(text="Согласна, но не сейчас.").count() == 1
    page.keyboard.press("Enter")
    expect(row(page, "Согласна, но не сейчас.")).to_be_visible()
    expect(page.locator("#connection")).to_have_text(re.compile("^Live updates are interrupted"))


def test_a_socket_that_was_closed_for_it_comes_back(open_browser, transcript):  # noqa: F811
    page = open_browser(User.objects.get(name="Anna"))
    sockets = []
    page.route_web_socket(re.compile("/ws/"), lambda socket: sockets.append(socket))
    page.goto(f"/meetings/{transcript.meeting_id}/")
    expect(page.locator("#connection")).to_be_hidden()
    until(page, "document.readyState === 'complete'")
    while not sockets:
        page.wait_for_timeout(50)
    sockets[0].close(code=4401)
    expect(page.locator("#connection")).to_have_text(TOLD)
    page.evaluate(
        "document.dispatchEvent(new Event('visibilitychange'))"
    )  # back from the other tab
    expect(page.locator("#connection")).to_be_hidden()
    assert len(sockets) == 2
    sockets[1].close(code=4404)
    expect(page.locator("#connection")).to_have_text(re.compile("no longer open to you"))


def test_an_upload_goes_on_where_it_was(open_browser, transactional_db):
    person = UserFactory.create()
    page = open_browser(person)
    sent = []

    def pass_on(route):
        number = int(DATA.search(route.request.url)[1])
        sent.append(number)
        route.continue_()
        if sent == [1]:
            Session.objects.all().delete()

    page.route(DATA, pass_on)
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(card(page)).to_contain_text(
        "You are signed out. Sign in in another tab, then send again"
    )
    assert Upload.objects.count() == 1
    arrived = len(sent)
    sign_in(page, person)
    press(page, "Send again")
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert Meeting.objects.count() == 1
    assert arrived < len(set(sent)) == -(-SAMPLE.stat().st_size // settings.UPLOAD_PART_BYTES)
    assert len(sent) - len(set(sent)) <= 1  # at most the part that was under way
