"""The schema says what the code does, and its page needs nobody else."""

import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

pytestmark = pytest.mark.django_db

UNDOCUMENTED = {"/api/v1/schema/", "/api/v1/docs/"}


def routes(patterns, prefix=""):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", path)


def test_the_schema_is_valid_and_has_no_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema"))


def test_no_route_is_undocumented():
    served = {path for path in routes(get_resolver().url_patterns) if path.startswith("/api/v1/")}
    described = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    renamed = {path.replace("{id}", "{pk}") for path in described}
    assert served - UNDOCUMENTED == renamed


def test_the_schema_is_served(client):
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    assert response.content.startswith(b"openapi: 3.1")


class Resources(HTMLParser):
    """Addresses that a page loads, and its inline scripts."""

    def __init__(self):
        super().__init__()
        self.addresses, self.inline = [], 0

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "script" and not named.get("src"):
            self.inline += 1
        self.addresses += [named[key] for key in ("src", "href") if named.get(key)]


def test_the_page_of_the_schema_loads_nothing_from_elsewhere_and_has_no_inline_script(client):
    response = client.get("/api/v1/docs/")
    page = Resources()
    page.feed(response.content.decode())
    assert page.inline == 0
    assert len(page.addresses) >= 4
    assert all(re.match(r"/(?!/)", address) for address in page.addresses)
    assert "<style" not in response.content.decode()
    script = next(address for address in page.addresses if "script" in address)
    assert client.get(script)["Content-Type"] == "application/javascript"
