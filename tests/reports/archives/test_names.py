"""Names in an export harm nobody, whatever people called their files."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.archives.names import LONGEST, harmless


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("Планёрка.ogg", "Планёрка.ogg"),
        ("../../etc/passwd", "etc passwd"),
        ("a/b\\c.mp3", "a b c.mp3"),
        ("con.txt", "_con.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\0b\n.wav", "ab.wav"),
        ("...", "instead"),
        ("-rf", "rf"),
        ("x" * 300 + ".ogg", "x" * (LONGEST - 4) + ".ogg"),
        ('<a href="x">.pdf', "a href= x .pdf"),
    ],
)
def test_what_is_left_of_a_name(told, safe):
    assert harmless(told, "instead") == safe


@given(st.text(max_size=400))
def test_every_name_is_one_part_of_a_path(told):
    name = harmless(told, "instead")
    assert 0 < len(name) <= LONGEST + 1
    for kind in (PurePosixPath, PureWindowsPath):
        assert kind(name).parts == (name,)
    assert name not in (".", "..")
