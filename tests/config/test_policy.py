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


def test_pages_ask_for_nothing_that_they_do_not_use(client, db):
    allowed = dict(
        part.split("=") for part in client.get("/sign-in/")["Permissions-Policy"].split(", ")
    )
    assert {name for name, who in allowed.items() if who == "(self)"} == {
        "autoplay",
        "clipboard-write",
        "fullscreen",
    }
    assert allowed["camera"] == allowed["geolocation"] == allowed["microphone"] == "()"
