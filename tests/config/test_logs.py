"""What stands in the logs, and what must not."""

import subprocess
import sys

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
