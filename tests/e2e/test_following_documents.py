"""Documents that are sent with a recording: none is lost on the way, none comes twice."""

import re

import pytest
from django.contrib.sessions.models import Session

from accounts.models import User
from meetings.models import Attachment, Meeting
from tests.e2e.test_signed_out import sign_in
from tests.e2e.test_uploads import SAMPLE, card, forgotten, objects, press, remembered  # noqa: F401
from tests.factories import UserFactory
from tests.meetings.reading import documents

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect

ATTACHMENTS = re.compile("/api/v1/attachments/$")
NAMES = ["Agenda.pdf", "Budget.pdf"]


@pytest.fixture
def page(open_browser, transactional_db):
    open_browser.expects("ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED")
    page = open_browser(UserFactory.create())
    page.on("dialog", lambda asked: asked.accept())  # “leave this page?”
    page.goto("/meetings/new/")
    page.locator("#recording").set_input_files(SAMPLE)
    page.locator("#attach").set_input_files([pdf(name) for name in NAMES])
    return page


def pdf(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": documents.budget()}


def send(page):
    page.get_by_role("button", name="Send", exact=True).click()


def attached():
    return sorted(Attachment.objects.values_list("filename", flat=True))


def test_they_go_on_by_themselves_after_a_reload(page):
    """The line breaks behind the first, whose answer is lost."""
    tried = []

    def break_line(route):
        tried.append(route.request.headers["idempotency-key"])
        if len(tried) == 1:
            route.fetch()
        route.abort("connectionreset")

    page.route(ATTACHMENTS, break_line)
    send(page)
    expect(card(page)).to_contain_text("The connection broke. It goes on by itself")
    expect(card(page).get_by_role("link", name="Open the meeting")).to_have_count(0)
    assert Meeting.objects.count() == 1
    page.reload()
    expect(card(page)).to_contain_text("The connection broke.")
    page.unroute(ATTACHMENTS)
    expect(card(page)).to_contain_text("Received.")
    assert attached() == NAMES
    assert len(set(tried)) == 1
    assert Meeting.objects.count() == 1
    forgotten(page)
    page.reload()
    assert remembered(page) == 0  # asked behind the page, which has looked by now
    expect(card(page)).to_have_count(0)


def test_the_page_of_the_meeting_opens_when_all_have_arrived(page):
    send(page)
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert attached() == NAMES


def test_they_may_be_stopped_and_it_is_said_which(page):
    page.route(ATTACHMENTS, lambda route: route.abort("connectionreset"))
    send(page)
    expect(card(page)).to_contain_text("The connection broke.")
    press(page, "Stop")
    expect(card(page)).to_contain_text("Received.")
    for name in NAMES:
        expect(page.locator("#notices")).to_contain_text(f"{name} was not attached")
    assert Meeting.objects.count() == 1
    assert attached() == []


def test_who_is_signed_out_meanwhile_goes_on_after_signing_in(page, open_browser):
    open_browser.expects("status of 401")

    tried = []

    def sign_out(route):
        tried.append(route)
        if len(tried) == 1:
            Session.objects.all().delete()
        route.continue_()

    page.route(ATTACHMENTS, sign_out)
    send(page)
    expect(card(page)).to_contain_text("You are signed out. Sign in in another tab")
    sign_in(page, User.objects.get())
    press(page, "Send again")
    expect(page).to_have_url(re.compile(r"/meetings/[0-9a-f-]{36}/$"))
    assert attached() == NAMES
    assert Meeting.objects.count() == 1


def test_one_that_is_refused_stops_nothing(page, open_browser):
    open_browser.expects("status of 422")
    page.locator("#attach").set_input_files(
        {"name": "Empty.pdf", "mimeType": "application/pdf", "buffer": b""}
    )
    send(page)
    expect(page.locator("#notices")).to_contain_text("The recording is safe, but Empty.pdf was not")
    expect(card(page)).to_contain_text("Received.")
    assert attached() == NAMES
