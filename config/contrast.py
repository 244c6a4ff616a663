"""The style sheet's tokens, and how well their colours stand out from each other. Pure."""

import re
from dataclasses import dataclass

TEXT, EDGE = 4.5, 3.0
"""The least contrast of text, and of what is no text (WCAG 2.2, 1.4.3 and 1.4.11)."""

_DECLARED = re.compile(r"--([\w-]+):\s*([^;]+);")
_COLOUR = re.compile(r"light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)$")


@dataclass(frozen=True)
class Token:
    """A custom property as the sheet declares it."""

    name: str
    value: str

    @property
    def themes(self) -> dict[str, str]:
        """Its colour by theme, ``#rrggbb``; empty where it is none."""
        colours = _COLOUR.match(self.value)
        return dict(zip(("light", "dark"), colours.groups(), strict=True)) if colours else {}


def tokens(sheet: str) -> dict[str, Token]:
    """The custom properties that a style sheet declares first, by name, in order."""
    found: dict[str, Token] = {}
    for name, value in _DECLARED.findall(sheet):
        found.setdefault(name, Token(name, value.strip()))
    return found


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours ``#rrggbb``, from 1 to 21 (WCAG 2.2, its glossary)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
