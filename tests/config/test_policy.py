"""The Content-Security-Policy is strict everywhere but in the operator's admin."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/v1/docs/", "/api/v1/meetings/", "/healthz"])
def test_nothing_inline_and_nothing_from_elsewhere(client, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_admin_may_evaluate_what_its_library_wrote_and_loads_nothing_from_elsewhere(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


def allowed(client, path):
    said = client.get(path)["Permissions-Policy"]
    return {
        name
        for name, _, who in (part.partition("=") for part in said.split(", "))
        if who == "(self)"
    }


def test_pages_ask_for_nothing_that_they_do_not_use(client):
    assert allowed(client, "/sign-in/") == {"autoplay", "clipboard-write", "fullscreen"}
    refused = client.get("/sign-in/")["Permissions-Policy"]
    for name in ("camera", "display-capture", "geolocation", "microphone"):
        assert f"{name}=()" in refused


def test_the_page_that_records_alone_may_hear_and_play_what_it_heard(browser):
    own = {"display-capture", "microphone"}
    assert allowed(browser, "/meetings/new/") - allowed(browser, "/") == own
    assert "camera=()" in browser.get("/meetings/new/")["Permissions-Policy"]
    assert "media-src 'self' blob:" in browser.get("/meetings/new/")["Content-Security-Policy"]
    assert "blob:" not in browser.get("/")["Content-Security-Policy"]
