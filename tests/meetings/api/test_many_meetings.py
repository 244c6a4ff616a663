"""A thousand meetings cost the queries that ten cost: list, search and detail."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MeetingFactory, MembershipFactory
from tests.many import many_meetings

pytestmark = pytest.mark.django_db

READ = {
    "the list": ("/api/v1/meetings/", "/"),
    "a search": ("/api/v1/meetings/?q=планёрка&state=succeeded", "/?q=планёрка"),
    "another order": ("/api/v1/meetings/?ordering=title", "/?state=succeeded"),
}


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.fixture
def homes(user):
    """Two workspaces, and a meeting that is shared from a third."""
    MembershipFactory(user=user, role="viewer")
    MeetingFactory.create().shares.create(user=user, right="read")
    return user.workspaces.get(personal=True)


def test_a_thousand_meetings_cost_the_queries_that_ten_cost(api, browser, homes):
    paths = {f"{name}, {kind}": (client, path) for name, both in READ.items() for kind, client, path
             in zip(("API", "page"), (api, browser), both, strict=True)}  # fmt: skip

    def counted():
        one = f"{homes.meetings.latest('created_at').pk}/"
        detail = {
            "detail, API": (api, f"/api/v1/meetings/{one}"),
            "detail, page": (browser, f"/meetings/{one}"),
        }
        return {name: queries(*asked) for name, asked in {**paths, **detail}.items()}

    many_meetings(workspace=homes, count=10)
    counted()  # what is learnt once is kept in the cache
    few = counted()
    many_meetings(workspace=homes, count=990)
    assert counted() == few
    assert max(few.values()) <= 20, few


def test_the_pages_of_a_thousand_are_full(api, homes):
    many_meetings(workspace=homes, count=120)
    body = api.get("/api/v1/meetings/").json()
    assert len(body["results"]) == 50 and body["next"]
    hits = api.get("/api/v1/meetings/?q=планёрка склад").json()["results"]
    assert hits and all("планёрка" in hit["title"] and "склад" in hit["title"] for hit in hits)
