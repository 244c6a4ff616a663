"""axe finds nothing against WCAG 2.2 AA on any page, in both themes, narrow and wide."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.states import looked

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOW = {
    "runOnly": STANDARD,
    "rules": {"region": {"enabled": False}},
    "resultTypes": ["violations"],  # to describe what is right takes longer than to look at it
}
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}


def examined(page: Any) -> dict[str, Any]:
    """What axe says of the page as it stands; every node is told of violations alone."""
    page.evaluate(AXE.read_text())
    said: dict[str, Any] = page.evaluate("how => axe.run(how)", HOW)
    return said


def violations(page: Any) -> list[str]:
    """What axe finds wrong in the page as it stands, a line each."""
    return lines_of(examined(page))


def lines_of(found: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']}: {node['target']} {' '.join(node['html'][:120].split())}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_shuts_anybody_out(pages, owner, open_browser, theme, record_property):
    page = open_browser(owner)
    page.on("dialog", lambda asked: asked.accept())  # “leave this page?”
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = []
    for width, (wide, high) in WIDTHS.items():
        page.set_viewport_size({"width": wide, "height": high})
        for name, (address, act) in pages.items():
            assert page.goto(address).ok, name
            act(page)
            said = examined(page)
            found += [f"{name}, {width}: {line}" for line in lines_of(said)]
            counts = [len(said[kind]) for kind in ("passes", "violations", "incomplete")]
            record_property("axe", [name, theme, width, *counts])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_signing_in_shuts_nobody_out(owner, open_browser, theme):
    open_browser.expects("status of 403 .*/register/$")  # it is closed
    page = open_browser(owner)
    page.context.clear_cookies()
    page.emulate_media(color_scheme=theme)
    for door in ("/sign-in/", "/password/reset/", "/register/", "/guide/"):
        page.goto(door)
        assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_guide_shuts_nobody_out(owner, open_browser, settings, theme):
    settings.DEBUG = True
    page = open_browser(owner)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for wide, high in WIDTHS.values():
        page.set_viewport_size({"width": wide, "height": high})
        assert page.goto("/styleguide/").ok
        looked(page)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == wide
