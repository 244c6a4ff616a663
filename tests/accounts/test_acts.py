"""docs/audit.md against the codes."""

import re

from django.conf import settings
from django.utils import translation

from accounts.acts import Act, label_of


def test_every_code_has_its_line_and_no_other():
    page = (settings.BASE_DIR / "docs" / "audit.md").read_text().partition("## Codes")[2]
    assert re.findall(r"^\| `([\w.]+)` \|", page, re.M) == Act.values


def test_codes_have_names_in_the_readers_language():
    with translation.override("ru"):
        assert label_of("meeting.seen") != label_of("meeting.deleted")
        assert not any(re.search("[A-Z][a-z]", label_of(code).replace("API", "")) for code in Act)
    assert label_of("meeting.of_a_later_version") == "meeting.of_a_later_version"
