"""The Russian catalogue: nothing missing, nothing that would break a sentence."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUE = polib.pofile(settings.BASE_DIR / "locale" / "ru" / "LC_MESSAGES" / "django.po")
FORMS = int(CATALOGUE.metadata["Plural-Forms"].partition("nplurals=")[2][0])
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sd]|\{\w*\}")
MARKED = re.compile(r"""\b(?:gettext|_)\(u?(['"])(.*?)(?<!\\)\1\)""", re.S)
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.[ht]*"))


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("entry", list(CATALOGUE), ids=lambda entry: entry.msgid[:40])
def test_every_message_is_translated_with_all_its_placeholders(entry):
    assert not entry.fuzzy
    assert len(entry.msgstr_plural) == (FORMS if entry.msgid_plural else 0)
    for text in translations(entry):
        assert text
        assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(entry.msgid))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_message_of_a_template_is_in_the_catalogue(path: Path):
    known = {entry.msgid for entry in CATALOGUE}
    source = templatize(path.read_text(), origin=str(path))
    found = {text for _quote, text in MARKED.findall(source)}
    assert found <= known
