"""What stands in the logs, and what must not."""

import subprocess
import sys

import pytest

from config import logs

PROGRAM = """
import logging
from config import logs
logs.configure({{"level": "INFO", "format": {format!r}}})
def confidential():
    words = "what was said behind closed doors"
    raise RuntimeError("it broke")
try:
    confidential()
except RuntimeError:
    logging.getLogger("x").exception("failed")
"""


def lines(kind):
    program = PROGRAM.format(format=kind)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stderr


def test_a_traceback_shows_no_values_of_variables():
    for kind in ("console", "json"):
        text = lines(kind)
        assert "it broke" in text and "confidential" in text
        assert "closed doors" not in text.replace('words = "what was said behind closed doors"', "")


def test_a_log_that_is_no_terminal_has_no_colours():
    assert "\x1b" not in lines("console")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /search/?by=meaning&q=3.5%20млн/'x&page=2", "GET /search/?by=meaning&q=…&page=2"),
        ("Bad Request: /api/v1/search/?q=%D0%B1", "Bad Request: /api/v1/search/?q=…"),
        ("GET /shared/abc-1/?q=x", "GET /shared/…/?q=…"),
        ("GET /meetings/new/", "GET /meetings/new/"),
    ],
)
def test_neither_links_nor_what_people_look_for_stand_there(said, kept):
    told = logs.without_secrets(None, "", {"event": said, "code": 200})
    assert told == {"event": kept, "code": 200}
