"""A job that ends tells by the browser's own notification, when the person has allowed it."""

import json

import pytest
from playwright.sync_api import expect

from tests.factories import JobFactory, MeetingFactory

pytestmark = pytest.mark.slow

UNSEEN = "Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})"
KEPT = """
  window.shown = [];
  window.Notification = new Proxy(Notification, {
    construct(target, [title, options]) {
      window.shown.push({ title, ...options });
      return new EventTarget();
    },
  });
"""
"""Notifications are kept for the test instead of handed to the desktop; permission is real."""


@pytest.fixture
def ended(user):
    """What the socket says of a job that has ended."""
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Планёрка"), done=True)
    return {
        "type": "notification",
        "meeting": str(job.meeting_id),
        "job": str(job.pk),
        "run": 1,
        "state": "succeeded",
        "title": "Планёрка",
        "text": "The minutes are ready.",
        "seq": 1,
    }


def looked_away(open_browser, user, permissions):
    """The list of meetings in a window that nobody looks at, and its socket."""
    page = open_browser(user)
    page.context.grant_permissions(permissions)
    for script in (UNSEEN, KEPT):
        page.add_init_script(script)
    sockets = []
    page.route_web_socket("**/ws/meetings/", lambda socket: sockets.append(socket))
    page.goto("/")
    page.wait_for_function("() => document.readyState === 'complete'")
    while not sockets:
        page.wait_for_timeout(50)
    return page, sockets


def test_the_browser_tells_once_what_has_ended(open_browser, user, ended):
    page, sockets = looked_away(open_browser, user, ["notifications"])
    for _twice in range(2):
        sockets[0].send(json.dumps(ended))
    page.wait_for_function("() => window.shown.length")
    page.wait_for_timeout(1500)
    [shown] = page.evaluate("() => window.shown")
    assert (shown["title"], shown["body"]) == (ended["title"], ended["text"])


def test_without_the_permission_the_page_tells(open_browser, user, ended):
    page, sockets = looked_away(open_browser, user, [])
    sockets[0].send(json.dumps(ended))
    expect(page.get_by_text(ended["text"])).to_be_visible()
    assert page.evaluate("() => window.shown") == []


def test_the_permission_is_asked_for_by_a_press_alone(open_browser, user):
    page = open_browser(user)
    page.add_init_script(
        "window.asked = 0; Notification.requestPermission = async () => { window.asked += 1; };"
    )
    page.goto("/notifications/")
    button = page.get_by_role("button", name="Tell me in the browser when it is done")
    if page.evaluate("() => Notification.permission") == "default":
        assert page.evaluate("() => window.asked") == 0
        button.click()
        assert page.evaluate("() => window.asked") == 1
    else:
        expect(button).to_be_hidden()
