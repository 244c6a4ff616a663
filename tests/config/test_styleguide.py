"""The style guide shows every component, and only to those who develop."""

import re

import pytest
from django.conf import settings

from config.specimens import SPECIMENS
from config.styleguide import declared_tokens

pytestmark = pytest.mark.django_db

COMPONENTS = settings.BASE_DIR / "templates" / "components"


@pytest.fixture
def shown(client, settings):
    settings.DEBUG = True
    return client.get("/styleguide/")


def test_it_is_there_for_developers_alone(client):
    assert client.get("/styleguide/").status_code == 404


def test_no_component_is_missing(shown):
    named = re.findall(r'data-component="([^"]+)"', shown.content.decode())
    assert sorted(named) == sorted(path.name for path in COMPONENTS.iterdir())


def test_every_state_is_made_by_the_component_itself_in_both_themes(shown):
    rendered = [template.name for template in shown.templates]
    for specimen in SPECIMENS:
        states = specimen.states("light")
        assert states
        assert rendered.count(f"components/{specimen.file}") >= 2 * len(states)
    body = shown.content.decode()
    assert body.count('class="guide__ground in-light"') == body.count("guide__ground in-dark")


def test_every_token_of_colour_space_and_type_is_shown(shown):
    body = shown.content.decode()
    wanted = [
        token.name
        for token in declared_tokens().values()
        if token.themes or token.name.startswith(("space-", "size-"))
    ]
    assert len(wanted) > 40
    assert [name for name in wanted if f"<code>--{name}</code>" not in body] == []


def test_no_id_stands_twice(shown):
    ids = re.findall(r'\bid="([^"]+)"', shown.content.decode())
    assert sorted(set(ids)) == sorted(ids)


def test_it_costs_no_queries(client, settings, django_assert_num_queries):
    settings.DEBUG = True
    with django_assert_num_queries(0):
        assert client.get("/styleguide/").status_code == 200
