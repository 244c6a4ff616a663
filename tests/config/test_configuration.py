"""docs/configuration.md against config/settings.py; compose.yaml against the Procfile."""

import ast
import re

import yaml
from django.conf import settings

from config.embedded.supervision import read_procfile


def _variables_read() -> set[str]:
    tree = ast.parse((settings.BASE_DIR / "config" / "settings.py").read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and isinstance(call.args[0], ast.Constant)
    }


def _variables_documented() -> list[str]:
    page = (settings.BASE_DIR / "docs" / "configuration.md").read_text()
    application, _, _ = page.partition("## Of `make`")
    return re.findall(r"^\| `([A-Z0-9_]+)` \|", application, re.M)


def test_every_variable_is_documented_once_and_no_other():
    assert sorted(_variables_documented()) == sorted(_variables_read())


def test_containers_serve_the_queues_that_the_procfile_serves():
    compose = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())
    dockerfile = (settings.BASE_DIR / "Dockerfile").read_text()
    default = " ".join(re.findall(r'"([^"]+)"', dockerfile.rsplit("\nCMD ", 1)[1]))
    commands = {
        name: service.get("command", default)
        for name, service in compose["services"].items()
        if name.startswith(("worker", "beat"))
    }
    procfile = read_procfile(settings.BASE_DIR / "Procfile")
    assert commands == {n: c for n, c in procfile.items() if n != "web"}
