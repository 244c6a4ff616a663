"""The guide of docs/guide as pages of the product, in the language of the person who reads."""

import re
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDE = settings.BASE_DIR / "docs" / "guide"
CONTENTS = "README"

CHAPTER = re.compile(r"(?:\d+-)?([\w-]+)\.md")
"""A chapter's file, as the chapters' links name it; the number orders them."""


@dataclass(frozen=True)
class Page:
    """A page of the guide: its name in addresses, its title, and what stands below, as HTML."""

    name: str
    title: str
    body: SafeString


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """What the guide is, and its chapters."""
    context = {"guide": _page(GUIDE / _language() / f"{CONTENTS}.md"), "chapters": chapters()}
    return render(request, "guide/contents.html", context)


@require_safe
def chapter(request: HttpRequest, name: str) -> HttpResponse:
    """A chapter, with the ways to the others."""
    found = chapters()
    place = next((place for place, one in enumerate(found) if one.name == name), None)
    if place is None:
        raise Http404
    context = {
        "page": found[place],
        "chapters": found,
        "before": found[place - 1] if place else None,
        "after": found[place + 1] if place + 1 < len(found) else None,
    }
    return render(request, "guide/chapter.html", context)


def chapters() -> list[Page]:
    """All chapters in the language of the page, in their order."""
    files = sorted((GUIDE / _language()).glob("[0-9]*.md"))
    return [_page(file) for file in files]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@cache
def _page(file: Path) -> Page:
    """The page of a file; HTML that stands in it is shown as text, and no script can be linked."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    title, *rest = _blocks(markdown.parse(file.read_text()))
    if file.stem == CONTENTS:
        rest = rest[:1]  # the list of chapters is made anew, and languages are changed above
    tokens = [token for block in rest for token in block]
    for part in (part for token in tokens for part in token.children or ()):
        _lead(part)
    body = markdown.renderer.render(tokens, markdown.options, {})
    return Page(_name(file.name), title[1].content, mark_safe(body))


def _blocks(tokens: list[Token]) -> list[list[Token]]:
    """Headings, paragraphs, lists and tables, each with the tokens between its ends."""
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            blocks.append([])
        blocks[-1].append(token)
    return blocks


def _name(file: str) -> str:
    found = CHAPTER.fullmatch(file)
    return found[1] if found else ""


def _lead(token: Token) -> None:
    """Links to chapters' files lead to their pages, pictures to their full size."""
    if token.type == "link_open":
        if name := _name(str(token.attrs["href"])):
            token.attrs["href"] = reverse("guide-chapter", args=[name])
    elif token.type == "image":
        token.type, token.content = "html_inline", _picture(token)


def _picture(token: Token) -> str:
    """A picture that takes its place before it is there, and opens in its full size."""
    file = GUIDE / "img" / Path(str(token.attrs["src"])).name
    width, height = size(file)
    return format_html(
        '<a class="manual__picture" href="{0}">'
        '<img src="{0}" alt="{1}" width="{2}" height="{3}" loading="lazy" decoding="async"></a>',
        static(f"guide/{file.name}"),
        token.content,
        width,
        height,
    )


def size(picture: Path) -> tuple[int, int]:
    """Width and height of a lossy WebP, pixels: RFC 9649, section 2.5, and RFC 6386, 9.1."""
    with picture.open("rb") as file:
        head = file.read(30)
    if head[8:16] != b"WEBPVP8 ":
        raise ValueError(f"{picture.name} is no lossy WebP")
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF
