"""A real browser before a running server: pages as people use them."""

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def open_browser(
    transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[User], Any]]:
    """Opens a page in which a person is signed in; whatever it logs as an error fails the test."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    # Playwright's event loop lives in this thread, and so do the test's own queries.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    playwright = pytest.importorskip("playwright.sync_api")
    errors: list[str] = []

    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def open_for(person: User) -> Any:
            client = Client()
            client.force_login(person)
            context = chromium.new_context(
                base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-US"
            )
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
            )
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: errors.append(str(error)))
            return page

        yield open_for
        chromium.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)  # its connection would keep the tests' database from being removed
    assert errors == []
