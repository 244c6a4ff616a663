"""Who gets what at every address: the table of ``matrix.txt`` held against the whole product.

A route that has no row fails; so does a method that answers without one. Besides the status, what
is answered must not tell anything to those who may not know it.
"""

import sys

import pytest

from tests.rights import routes, table
from tests.rights import world as worlds
from tests.rights.calls import call
from tests.rights.table import Row

pytestmark = pytest.mark.django_db

METHODS = {"/": ("GET", "POST"), "/api/": ("GET", "POST", "PUT", "PATCH", "DELETE")}
"""What is tried without a row: pages take no more than forms send."""

SLOW = "drf_spectacular.generators.SchemaGenerator.get_schema"
OUTSIDERS = ("anonymous", "stranger", "withdrawn", "revoked", "expired")
LET_IN_ALONE = ("reader", "writer", "link")
ROWS = [row for row in table.rows() if row.method != "SOCKET"]


def test_every_route_has_a_row():
    served = routes.http_routes() + routes.socket_routes()
    listed = {row.route for row in table.rows()}
    assert {"without a row": set(served) - listed, "not served": listed - set(served)} == {
        "without a row": set(),
        "not served": set(),
    }


def test_no_row_stands_twice():
    named = [(row.method, row.route, row.query) for row in table.rows()]
    assert sorted(set(named)) == sorted(named)


def told(answer):
    """What an answer says; streams say nothing of rows."""
    return "" if answer.streaming else answer.content.decode(errors="replace")


def leaks(caller, answer):
    """The words that ``caller`` must not read and has read."""
    secret = [worlds.INSIDE] if caller in OUTSIDERS else []
    secret += [worlds.BESIDE] if caller in OUTSIDERS + LET_IN_ALONE else []
    return [word for word in secret if word in told(answer)]


@pytest.fixture
def schema_at_once(monkeypatch):
    """The schema takes seconds to make, and says the same to everybody."""
    monkeypatch.setattr(SLOW, lambda *args, **options: {"openapi": "3.1.1"})


@pytest.mark.usefixtures("schema_at_once")
def test_everybody_gets_what_the_table_says(world, capsys):
    wrong = []
    for row in ROWS:
        answers = {}
        for caller, status in row.statuses.items():
            who = world.identity(caller, row.route)
            if who not in answers:
                answers[who] = call(world, caller, row)
            answer, cell = answers[who], f"{row.method} {row.route} {caller}"
            if answer.status_code != status:
                wrong.append(f"{cell}: {answer.status_code}, not {status}")
            wrong += [f"{cell}: reads {word}" for word in leaks(caller, answer)]
    with capsys.disabled():
        sys.stdout.write(f"\nrights: {summary(ROWS, wrong)}\n")
    assert wrong == []


def summary(rows, wrong):
    cells = sum(len(row.statuses) for row in rows)
    count = len({row.route for row in rows})
    return f"{count} routes, {len(rows)} rows, {cells} cells, {len(wrong)} wrong"


@pytest.mark.usefixtures("schema_at_once")
def test_a_method_without_a_row_is_not_answered(world):
    listed = {(row.method, row.route) for row in ROWS}
    answered = []
    for route in routes.http_routes():
        for method in METHODS["/api/" if route.startswith("/api/") else "/"]:
            if (method, route) not in listed:
                blank = Row(method, route, {})
                status = call(world, "owner", blank).status_code
                if status not in (403, 404, 405):
                    answered.append(f"{method} {route}: {status}")
    assert answered == []


def test_the_admin_is_for_operators_alone(world):
    client = world.client_of("owner")
    open_to_all = {"/admin/login/", "/admin/jsi18n/"}
    served = set()
    for route in set(routes.admin_routes()) - open_to_all:
        path = routes.BRACES.sub("1", route)
        served |= {path for ask in (client.get, client.post) if ask(path).status_code < 300}
    assert served == set()
