"""The socket of a page that is cut: the page says so, asks for itself, and catches up."""

import re

import pytest

from tests.factories import MeetingFactory

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


class Line:
    """Answers the page's sockets while it is up, and hangs up on them while it is not."""

    def __init__(self):
        self.is_up, self.sockets = True, []

    def answer(self, socket):
        if self.is_up:
            self.sockets.append(socket)
        else:
            socket.close()

    def cut(self):
        self.is_up = False
        self.sockets[-1].close()


def test_a_cut_socket_is_told_polled_around_and_caught_up(open_browser, user):
    line = Line()
    page = open_browser(user)
    page.route_web_socket(re.compile("/ws/"), line.answer)
    page.goto("/")
    told = page.get_by_text("Live updates are interrupted.")
    expect(told).to_be_hidden()
    while not line.sockets:
        page.wait_for_timeout(50)
    line.cut()
    expect(told).to_be_visible()
    MeetingFactory(owner=user, title="Budget")
    expect(page.get_by_role("link", name="Budget")).to_be_visible()
    expect(told).to_be_visible()
    line.is_up = True
    expect(told).to_be_hidden()
    line.cut()
    expect(told).to_be_visible()
    MeetingFactory(owner=user, title="Hiring")
    line.is_up = True  # back within a second or two: sooner than it would have asked by itself
    expect(told).to_be_hidden()
    expect(page.get_by_role("link", name="Hiring")).to_be_visible()
    assert len(line.sockets) == 3
