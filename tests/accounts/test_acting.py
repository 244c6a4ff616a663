"""Who acts is known wherever a request is answered, and nowhere else."""

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from accounts import acting
from accounts.models import AuditEntry
from tests.factories import MeetingFactory, UserFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.asyncio
async def test_requests_of_two_people_at_the_server_that_we_run_are_told_apart():
    seen = []
    for name in ("Anna", "Boris"):
        person = await sync_to_async(UserFactory.create)(name=name)
        meeting = await sync_to_async(MeetingFactory.create)(owner=person)
        client = AsyncClient()
        await client.aforce_login(person)
        answer = await client.get(f"/meetings/{meeting.pk}/")
        assert answer.status_code == 200
        seen.append(("person", name, str(meeting.pk)))
    told = AuditEntry.objects.filter(what="meeting.seen").order_by("pk")
    assert [row async for row in told.values_list("kind", "name", "object_id")] == seen
    assert acting.request_answered() is None


@pytest.mark.django_db
def test_nothing_is_left_of_a_request_that_failed(browser, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError

    monkeypatch.setattr("meetings.views.MeetingFilter", fail)
    with pytest.raises(RuntimeError):
        browser.get("/")
    assert acting.request_answered() is None
