"""At 200 % no page scrolls sideways, and whatever can be pressed is seen and within reach."""

import pytest

from tests.e2e.states import looked, words

pytestmark = pytest.mark.slow

WINDOW = {"width": 1280, "height": 900}
ZOOMED = {"width": 640, "height": 450}
"""CSS pixels that the window has at 200 %."""

TEXT_DOUBLED = "document.documentElement.style.fontSize = '200%'"

UNREACHABLE = """() => {
  const MOST = 1; // CSS pixels that rounding may take
  const INPUT = "select, textarea, input:not([type=hidden]), [role=slider]";
  const PRESSED = `a[href], button, summary, ${INPUT}`;
  const wrong = [];
  const tell = (one, why) => wrong.push(`${why}: ${one.cloneNode().outerHTML.slice(0, 120)}`);
  const area = (one) =>
    [...one.getClientRects()].filter(({ width, height }) => Math.min(width, height) > 4);
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });

  const place = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
  for (const control of place.querySelectorAll(PRESSED)) {
    if (!isShown(control) || control.closest("[inert]")) continue;
    control.focus({ preventScroll: true });
    const labels = [...(control.labels ?? [])];
    const shown = area(control).length ? control : (labels[0] ?? control);
    shown.scrollIntoView({ block: "center", inline: "nearest" });
    const boxes = area(shown);
    if (!boxes.length) tell(control, "nothing to press");
    for (const { left, right, top, bottom } of boxes) {
      if (left < -MOST || right > innerWidth + MOST) tell(control, `cut off: ${left} to ${right}`);
      for (const x of [left + 3, (left + right) / 2, right - 3]) {
        const hit = document.elementFromPoint(x, (top + bottom) / 2);
        if (![shown, control, ...labels].some((one) => one.contains(hit)))
          tell(control, `covered by ${hit?.cloneNode().outerHTML.slice(0, 80)}`);
      }
    }
    const { clientWidth, scrollWidth } = control;
    if (control.matches("a, button, summary") && clientWidth && scrollWidth > clientWidth + MOST)
      tell(control, "its words are cut off");
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.unshift(`scrolls sideways: ${scrollWidth} > ${clientWidth}`);
  return wrong;
}"""
"""What a person could not press, a line each; for every control, with the focus on it."""


def test_at_two_hundred_percent_everything_is_reached(pages, owner, open_browser):
    page = open_browser(owner, viewport=ZOOMED, device_scale_factor=2)
    page.on("dialog", lambda asked: asked.accept())  # “leave this page?”
    found = []
    for name, (address, act) in pages.items():
        page.set_viewport_size(ZOOMED)
        assert page.goto(address).ok, name
        act(page)
        found += [f"{name}, zoomed: {line}" for line in page.evaluate(UNREACHABLE)]
        page.set_viewport_size(WINDOW)
        page.evaluate(TEXT_DOUBLED)
        looked(page)
        found += [f"{name}, text doubled: {line}" for line in page.evaluate(UNREACHABLE)]
    assert not found, "\n".join(found)


def test_at_two_hundred_percent_the_words_have_most_of_the_window(pages, owner, open_browser):
    page = open_browser(owner, viewport=ZOOMED, device_scale_factor=2)
    address, _ = pages["meeting, long"]
    page.goto(address)
    words(page)
    page.locator("#play").wait_for()
    page.evaluate("scrollTo(0, document.getElementById('transcript').offsetTop + 800)")
    player = page.locator("#player").bounding_box()
    assert 0 < player["y"] + player["height"] < ZOOMED["height"] / 4
    assert page.locator("#play").bounding_box()["y"] >= 0
    page.locator("#wave").focus()
    page.keyboard.press("ArrowRight")  # the focus of whoever uses keys is in sight
    assert page.locator("#wave").bounding_box()["y"] >= 0
