"""Contrast ratios, and the colours of the style sheets held against them."""

import pytest

from config.contrast import contrast, tokens
from config.styleguide import declared_tokens, pairs


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#000000", 21.0),
        ("#777777", "#ffffff", 4.478),  # the customary example of a grey just too light
        ("#8a8a8a", "#8a8a8a", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)


def test_tokens_are_read_as_they_are_declared():
    found = tokens(":root { --ink: light-dark(#191d21, #e8eaeb);\n  --space-1: 0.25rem; }")
    assert found["ink"].themes == {"light": "#191d21", "dark": "#e8eaeb"}
    assert (found["space-1"].value, found["space-1"].themes) == ("0.25rem", {})


@pytest.mark.parametrize("pair", pairs(declared_tokens()), ids=lambda p: f"{p.text} on {p.ground}")
def test_every_colour_stands_out_from_the_grounds_that_it_is_made_for(pair):
    assert min(pair.ratios.values()) >= pair.least
