"""A real browser before a running server: pages as people use them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from accounts.models import User
from tests.e2e.states import Act, every_page
from tests.factories import UserFactory

SECONDS = 60
"""How long a page may take on a busy machine; the checker reads its dictionary at first."""

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",  # a microphone that beeps once a second
    "--use-fake-ui-for-media-stream",
]
VIOLATIONS = """addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
})"""
SOUNDLESS = r"status of 404 .*/(media|peaks)/$"
"""Meetings that factories make have no sound in the store."""
OWN = {"blob", "data", "about"}
"""Schemes of addresses that nobody is asked for."""


class Browsers:
    """Opens pages in which a person is signed in, and keeps what was wrong with any of them:
    errors on the console, breaches of the policy, requests to other hosts.

    Called with a person it gives a page of a browser of their own.
    """

    def __init__(self, chromium: Any, url: str) -> None:
        self.chromium, self.url = chromium, url
        self.wrong: list[str] = []
        self.expected = [SOUNDLESS]
        self._browser: Any = None

    def __call__(self, person: User, **how: Any) -> Any:
        """A page that remembers nothing of others; ``how`` is Playwright's, of a context."""
        self._browser = self._browser or self.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS
        )
        return self._page(self._browser.new_context(**self._how() | how), person)

    def with_profile(self, person: User, profile: Path) -> Any:
        """A page of a browser that keeps its storage in ``profile`` and may be killed."""
        kept = self.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=ARGUMENTS, **self._how()
        )
        return self._page(kept, person)

    def expects(self, pattern: str) -> None:
        """Errors on the console that match belong to what the test does."""
        self.expected.append(pattern)

    def watch(self, context: Any) -> None:
        """Keep what is wrong with its pages; they have ``SECONDS`` for whatever they wait for."""
        context.add_init_script(VIOLATIONS)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("console", self._heard)
        context.on("request", self._asked)
        context.set_default_timeout(SECONDS * 1000)

    def close(self) -> None:
        """No page is open any more; browsers with a profile are closed by who opened them."""
        if self._browser:
            self._browser.close()

    def complaints(self) -> list[str]:
        """What was wrong and was not expected."""
        return [
            said for said in self.wrong if not any(re.search(one, said) for one in self.expected)
        ]

    def _how(self) -> dict[str, Any]:
        viewport = {"width": 1280, "height": 900}
        return {"base_url": self.url, "viewport": viewport, "locale": "en-US"}

    def _page(self, context: Any, person: User) -> Any:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])
        # The server of the tests speaks no sockets; pages poll, or tests give them news.
        context.route_web_socket(re.compile(r"/ws/"), lambda socket: socket.close())
        self.watch(context)
        return context.new_page()

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.wrong.append(f"{message.text} {message.location.get('url', '')}".strip())

    def _asked(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in OWN and f"{address.scheme}://{address.netloc}" != self.url:
            self.wrong.append(f"a request to another host: {request.url}")


@pytest.fixture
def owner(transactional_db: None) -> User:
    """Whose pages are looked at."""
    return UserFactory.create(name="Anna")


@pytest.fixture
def pages(owner: User) -> dict[str, tuple[str, Act]]:
    """Each page and main state: its address, and what is done there before it is looked at."""
    return every_page(owner)


@pytest.fixture
def open_browser(
    transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browsers]:
    """Opens a page in which a person is signed in; whatever is wrong with it fails the test,
    but what the test said that it ``expects``.
    """
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    # Playwright's event loop lives in this thread, and so do the test's own queries.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect.set_options(timeout=SECONDS * 1000)

    with playwright.sync_playwright() as driver:
        browsers = Browsers(driver.chromium, live_server.url)
        yield browsers
        browsers.close()
        connections.close_all()  # those of the event loop; the tests' database is removed soon
    assert browsers.complaints() == []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What axe counted on each page, where the tests of accessibility were among those that ran."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [row for report in reports for key, row in report.user_properties if key == "axe"]
    if not told:
        return
    terminalreporter.section("axe: rules that hold, that are broken, that a person has to judge")
    for name, theme, width, *counts in told:
        held, broken, undecided = counts
        terminalreporter.write_line(f"{held:4} {broken:4} {undecided:4}  {name} ({theme}, {width})")
