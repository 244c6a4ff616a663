"""Where a person asked for less motion, nothing moves by itself, on any page."""

import pytest

from tests.e2e.states import looked

pytestmark = pytest.mark.slow

MOVING = """() => {
  const BLINK = 0.05; // seconds
  const long = (times) => times.split(",").some((time) => parseFloat(time) > BLINK);
  const wrong = [];
  for (const element of document.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after", "::backdrop"]) {
      const style = getComputedStyle(element, part);
      const isLong = long(style.transitionDuration) || long(style.animationDuration);
      if (isLong || style.scrollBehavior === "smooth")
        wrong.push(`${element.cloneNode().outerHTML.slice(0, 100)} ${part}`);
    }
  }
  for (const animation of document.getAnimations({ subtree: true })) {
    const { activeDuration } = animation.effect.getComputedTiming();
    if (activeDuration > BLINK * 1000) wrong.push(`an animation of ${activeDuration} ms`);
  }
  const walk = (rules) => { // parts that no element stands for, such as a bar's filling
    for (const rule of rules) {
      if (rule.media && !matchMedia(rule.media.mediaText).matches) continue;
      if (rule.cssRules?.length) walk(rule.cssRules);
      const { transitionDuration = "", animationDuration = "" } = rule.style ?? {};
      if (long(transitionDuration) || long(animationDuration)) wrong.push(rule.cssText);
    }
  };
  for (const sheet of document.styleSheets) walk(sheet.cssRules);
  return [...wrong, ...(window.smooth ?? [])];
}"""
"""What moves for longer than a blink, a line each."""

LISTEN = """window.smooth = [];
for (const owner of [window, Element.prototype]) {
  for (const name of ["scroll", "scrollTo", "scrollBy", "scrollIntoView", "animate"]) {
    const original = owner[name];
    if (!original) continue;
    owner[name] = function (...given) {
      if (name === "animate" || given[0]?.behavior === "smooth") window.smooth.push(name);
      return original.apply(this, given);
    };
  }
}"""
"""Scripts that scroll smoothly, or animate, are heard."""


def test_nothing_moves(pages, owner, open_browser):
    page = open_browser(owner, reduced_motion="reduce")
    page.add_init_script(LISTEN)
    page.on("dialog", lambda asked: asked.accept())  # “leave this page?”
    found = []
    for name, (address, act) in pages.items():
        assert page.goto(address).ok, name
        act(page)
        found += [f"{name}: {line}" for line in page.evaluate(MOVING)]
    assert not found, "\n".join(found)


def test_the_test_sees_motion_where_there_is_some(owner, open_browser):
    page = open_browser(owner, reduced_motion="no-preference")
    page.add_init_script(LISTEN)
    page.goto("/")
    looked(page)
    page.evaluate("scrollTo({top: 0, behavior: 'smooth'})")
    page.evaluate("document.body.animate({opacity: [0, 1]}, {duration: 9000})")
    seen = "\n".join(page.evaluate(MOVING))
    for told in ("progress-value", "arrive", "scrollTo", "an animation of 9000 ms"):
        assert told in seen
