"""The guide: the same chapters in both languages, and every picture there and named."""

import re

import pytest
from django.conf import settings

from tests.guide.tour import STOPS, WHILE_IT_WORKS

GUIDE = settings.BASE_DIR / "docs" / "guide"
LANGUAGES = ("ru", "en")
MOST = 1_500_000
"""Bytes of all pictures together."""

PICTURE = re.compile(r"!\[[^\]]+\]\(\.\./img/([\w-]+\.webp)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)")


def chapters(language):
    return {path.name: path.read_text() for path in sorted((GUIDE / language).glob("*.md"))}


def test_both_languages_have_the_same_chapters():
    assert list(chapters("ru")) == list(chapters("en"))
    assert len(chapters("ru")) > 10


def test_chapters_have_the_same_parts_and_pictures_in_both_languages():
    for russian, english in zip(chapters("ru").values(), chapters("en").values(), strict=True):
        heads = [re.findall(r"^(#+) ", text, re.M) for text in (russian, english)]
        assert heads[0] == heads[1]
        named = [PICTURE.findall(text) for text in (russian, english)]
        assert [name.replace("ru-", "en-", 1) for name in named[0]] == named[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_every_one_is_named(language):
    named = {name for text in chapters(language).values() for name in PICTURE.findall(text)}
    there = {path.name for path in (GUIDE / "img").glob(f"{language}-*")}
    assert named == there
    made = {*WHILE_IT_WORKS, *(stop.name for stop in STOPS)}
    assert named == {f"{language}-{name}.webp" for name in made}


def test_the_pictures_are_small():
    assert sum(path.stat().st_size for path in (GUIDE / "img").iterdir()) < MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_every_chapter_and_no_link_is_broken(language):
    texts = chapters(language)
    linked = LINK.findall(texts["README.md"])
    assert [name for name in linked if "/" not in name] == [n for n in texts if n != "README.md"]
    for text in texts.values():
        for target in LINK.findall(text):
            assert (GUIDE / language / target).exists()
