"""The living style page: tokens and components as they are. Only where DEBUG is on."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from config.contrast import EDGE, TEXT, Token, contrast, tokens
from config.specimens import SPECIMENS, SampleForm, Specimen

THEMES = ("light", "dark")
STYLES = settings.BASE_DIR / "frontend" / "styles"

GROUNDS = ("paper", "sheet", "raised", "hover")
ON_GROUNDS = ("ink", "quiet", "accent", "accent-strong", "bad")
OF_THEIR_OWN = (
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink", "now"),
    *((name, f"{name}-soft") for name in ("good", "doubt", "bad")),
    *(("ink", f"{name}-soft") for name in ("good", "doubt", "bad")),
    ("on-speaker", "quiet"),
    *(("on-speaker", f"speaker-{number}") for number in range(1, 13)),
)
TEXTS = (*((text, ground) for ground in GROUNDS for text in ON_GROUNDS), *OF_THEIR_OWN)
"""Which colour of text stands on which ground."""

EDGES = tuple((edge, ground) for ground in GROUNDS[:3] for edge in ("line-strong", "accent"))
"""What tells a control from its ground."""


@dataclass(frozen=True)
class Pair:
    """A colour on a ground; ``ratios`` by theme, at least ``least`` each."""

    text: str
    ground: str
    least: float
    ratios: dict[str, float]


@dataclass(frozen=True)
class Shown:
    """A component's state as the page shows it; ``parts`` are its renderings by theme."""

    told: str
    parts: dict[str, SafeString]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page; 404 where DEBUG is off."""
    if not settings.DEBUG:
        raise Http404
    declared = declared_tokens()
    context = {
        "themes": THEMES,
        "colours": [token for token in declared.values() if token.themes],
        "spaces": [token for token in declared.values() if token.name.startswith("space-")],
        "sizes": [token for token in declared.values() if token.name.startswith("size-")],
        "pairs": pairs(declared),
        "families": ("text", "document"),
        "forms": [(theme, SampleForm(prefix=f"form-{theme}")) for theme in THEMES],
        "components": [(one, _shown(one, request)) for one in SPECIMENS],
    }
    return render(request, "styleguide/page.html", context)


def declared_tokens() -> dict[str, Token]:
    """The tokens of the style sheets, by name."""
    sheets = ("tokens.css", "speakers.css")
    return tokens("\n".join((STYLES / sheet).read_text() for sheet in sheets))


def pairs(declared: dict[str, Token]) -> list[Pair]:
    """Every colour on every ground that it is made for."""
    wanted = [(*pair, TEXT) for pair in TEXTS] + [(*pair, EDGE) for pair in EDGES]
    return [_pair(declared[text], declared[ground], least) for text, ground, least in wanted]


def _pair(text: Token, ground: Token, least: float) -> Pair:
    ratios = {theme: contrast(text.themes[theme], ground.themes[theme]) for theme in THEMES}
    return Pair(text.name, ground.name, least, ratios)


def _shown(specimen: Specimen, request: HttpRequest) -> list[Shown]:
    template = f"components/{specimen.file}"
    by_theme = [
        [(told, render_to_string(template, dict(given), request)) for told, given in states]
        for states in map(specimen.states, THEMES)
    ]
    return [
        Shown(both[0][0], dict(zip(THEMES, (part for _told, part in both), strict=True)))
        for both in zip(*by_theme, strict=True)
    ]
