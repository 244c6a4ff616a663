"""docs/api.md is held against the code."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator

from config import problems
from meetings import errors, responses

PAGE = (settings.BASE_DIR / "docs" / "api.md").read_text()


@pytest.mark.django_db
def test_every_route_has_its_line():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    cells = re.findall(r"^\| (`[^|]+`) \|", PAGE, re.M)
    documented = {path for cell in cells for path in re.findall(r"`([\w/{}-]+/)`", cell)}
    assert documented == {path.removeprefix("/api/v1/") for path in paths}


def codes_of(module):
    """The stable codes of a module: class attributes, and what ``Problem`` is made with."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        match node:
            case ast.Assign([ast.Name("code")], ast.Constant(str(code))):
                yield code
            case ast.Call(ast.Name("Problem"), [_, ast.Constant(str(code)), *_]):
                yield code


def test_every_code_is_listed():
    codes = {code for module in (errors, responses, problems) for code in codes_of(module)}
    codes -= {"stage_failed", "nothing_to_release"}  # of stages and of the desk, never an answer
    assert len(codes) > 12
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()
