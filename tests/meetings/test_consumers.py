"""The sockets: a snapshot first, then events; closed to strangers, and when permission ends."""

import asyncio
import time

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.contrib.sessions.models import Session

from accounts.models import Membership
from accounts.services import workspaces
from meetings import consumers, events
from meetings.models import MeetingShare
from meetings.serializers import JobSerializer
from meetings.services import binning, tickets
from tests.factories import JobFactory, MeetingFactory, MembershipFactory, UserFactory
from tests.sockets import opened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


@pytest.fixture
def job(user):
    return JobFactory.create(meeting=MeetingFactory(owner=user), state="running")


@pytest.fixture
def looked(monkeypatch):
    """Waits until a socket of the list has looked, after ``moment``, what it may hear."""
    join, began = consumers.MeetingsConsumer.join, []

    async def noted(self):
        moment = time.monotonic()
        found = await join(self)
        began.append(moment)
        return found

    async def wait(moment):
        async with asyncio.timeout(30):
            while not any(one > moment for one in began):
                await asyncio.sleep(0.02)

    monkeypatch.setattr(consumers.MeetingsConsumer, "join", noted)
    return wait


async def send(group, **event):
    await get_channel_layer().group_send(group, {"type": "event", "event": event})


async def test_a_snapshot_comes_first_and_events_follow(user, job):
    socket = await opened(f"/ws/meetings/{job.meeting_id}/", user)
    snapshot = await socket.hear()
    assert (snapshot["type"], snapshot["seq"]) == ("snapshot", 0)
    assert set(snapshot["job"]) == set(JobSerializer().fields)
    assert snapshot["job"]["id"] == str(job.pk)
    await send(events.meeting_group(job.meeting_id), type="stage", name="convert", seq=1)
    assert await socket.hear() == {"type": "stage", "name": "convert", "seq": 1}
    await socket.leave()


async def test_an_event_of_the_service_reaches_the_socket_with_a_rising_number(user, job):
    socket = await opened(f"/ws/meetings/{job.meeting_id}/", user)
    await socket.hear()
    publish = sync_to_async(events.publish)
    for _ in range(2):
        await publish(job.meeting_id, {"type": "job", "state": "running", "eta_seconds": None})
    seqs = [(await socket.hear())["seq"] for _ in range(2)]
    assert seqs == [1, 2]
    await socket.say('{"type": "snapshot"}')
    assert (await socket.hear())["seq"] == 2
    await socket.leave()


@pytest.mark.parametrize("said", ["not json", "[]", '{"type": "stage"}', '"snapshot"'])
async def test_what_a_client_says_otherwise_is_ignored(user, job, said):
    socket = await opened(f"/ws/meetings/{job.meeting_id}/", user)
    await socket.hear()
    await socket.say(said)
    assert await socket.hears_nothing()
    await socket.leave()


async def test_nobody_is_told_to_sign_in(job):
    for path in (f"/ws/meetings/{job.meeting_id}/", "/ws/meetings/"):
        assert await (await opened(path)).close_code() == 4401


async def test_strangers_find_nothing(stranger, job):
    socket = await opened(f"/ws/meetings/{job.meeting_id}/", stranger)
    assert await socket.close_code() == 4404


async def test_a_ticket_opens_the_socket_once_and_needs_no_session(user, job):
    ticket = await sync_to_async(tickets.issue)(user=user, meeting_id=job.meeting_id)
    path = f"/ws/meetings/{job.meeting_id}/?token={ticket}"
    socket = await opened(path)
    assert (await socket.hear())["type"] == "snapshot"
    await socket.leave()
    assert await (await opened(path)).close_code() == 4401


async def test_another_sites_page_cannot_open_a_socket(user, job):
    path = f"/ws/meetings/{job.meeting_id}/"
    assert await opened(path, user, origin="https://evil.example") is None
    socket = await opened(path, user, origin="http://localhost:8000")
    assert (await socket.hear())["type"] == "snapshot"
    await socket.leave()


@pytest.mark.parametrize("reason", ["removed", "dismissed", "signed out", "deleted"])
async def test_a_withdrawn_permission_closes_the_socket(user, job, monkeypatch, reason):
    monkeypatch.setattr(consumers, "WATCH_SECONDS", 0.1)
    socket = await opened(f"/ws/meetings/{job.meeting_id}/", user)
    await socket.hear()
    withdraw = {
        "removed": Membership.objects.filter(user=user).adelete,
        "dismissed": lambda: type(user).objects.filter(pk=user.pk).aupdate(is_active=False),
        "signed out": Session.objects.all().adelete,
        "deleted": job.meeting.adelete,
    }[reason]
    await withdraw()
    assert await socket.close_code() == 4404
    await socket.leave()


async def test_what_is_thrown_away_is_told_and_its_socket_closed(user, job):
    page = await opened(f"/ws/meetings/{job.meeting_id}/", user)
    listed = await opened("/ws/meetings/", user)
    for socket in (page, listed):
        await socket.hear()
    await sync_to_async(binning.delete)(meeting=job.meeting, by=user)
    heard = [(await page.hear())["type"] for _ in range(2)]
    assert heard == ["job", "gone"]  # cancelled first
    assert await page.close_code() == 4404
    assert [(await listed.hear())["type"] for _ in range(2)] == ["job", "gone"]
    await page.leave()
    await listed.leave()


async def test_who_is_removed_from_a_workspace_hears_nothing_five_seconds_later(stranger, looked):
    member = await sync_to_async(MembershipFactory.create)(user=stranger)
    await sync_to_async(MembershipFactory.create)(workspace=member.workspace, role="owner")
    meeting = await sync_to_async(MeetingFactory.create)(workspace_id=member.workspace_id)
    page = await opened(f"/ws/meetings/{meeting.pk}/", stranger)
    listed = await opened("/ws/meetings/", stranger)
    for socket in (page, listed):
        await socket.hear()
    await sync_to_async(workspaces.remove)(membership=member)
    removed = time.monotonic()
    assert await page.close_code(timeout=5) == 4404
    await looked(removed)
    await send(events.workspace_group(member.workspace_id), type="job", state="queued")
    assert await listed.hears_nothing()
    await page.leave()
    await listed.leave()


async def test_a_share_opens_the_sockets_and_its_end_closes_them(
    user, stranger, job, monkeypatch, looked
):
    monkeypatch.setattr(consumers, "WATCH_SECONDS", 0.1)
    share = await MeetingShare.objects.acreate(meeting=job.meeting, user=stranger, right="read")
    page = await opened(f"/ws/meetings/{job.meeting_id}/", stranger)
    listed = await opened("/ws/meetings/", stranger)
    assert (await page.hear())["type"] == "snapshot"
    assert [row["meeting"] for row in (await listed.hear())["meetings"]] == [str(job.meeting_id)]
    event = {"type": "job", "state": "failed"}
    await sync_to_async(events.publish)(job.meeting_id, event, brief=True)
    assert (await listed.hear())["state"] == (await page.hear())["state"] == "failed"
    await share.adelete()
    ended = time.monotonic()
    assert await page.close_code() == 4404
    await looked(ended)
    await sync_to_async(events.publish)(job.meeting_id, event, brief=True)
    assert await listed.hears_nothing()
    await page.leave()
    await listed.leave()


async def test_permission_is_checked_within_five_seconds():
    assert consumers.WATCH_SECONDS < 5


async def test_the_list_hears_what_goes_on_in_all_its_workspaces(user, stranger, job):
    other = await sync_to_async(JobFactory.create)(
        meeting=await sync_to_async(MeetingFactory.create)(owner=stranger), state="running"
    )
    socket = await opened("/ws/meetings/", user)
    snapshot = await socket.hear()
    assert [row["meeting"] for row in snapshot["meetings"]] == [str(job.meeting_id)]
    assert snapshot["meetings"][0]["job"]["state"] == "running"
    publish = sync_to_async(events.publish)
    await publish(other.meeting_id, {"type": "job", "state": "failed"}, brief=True)
    await publish(job.meeting_id, {"type": "job", "state": "failed"}, brief=True)
    heard = await socket.hear()
    assert (heard["meeting"], heard["state"]) == (str(job.meeting_id), "failed")
    await socket.leave()


async def test_the_list_hears_a_workspace_that_was_joined_later(user, monkeypatch, looked):
    monkeypatch.setattr(consumers, "WATCH_SECONDS", 0.1)
    meeting = await sync_to_async(MeetingFactory.create)()
    socket = await opened("/ws/meetings/", user)
    assert (await socket.hear())["meetings"] == []
    await Membership.objects.acreate(user=user, workspace_id=meeting.workspace_id, role="viewer")
    await looked(time.monotonic())
    await send(events.workspace_group(meeting.workspace_id), type="job", state="queued")
    assert (await socket.hear())["state"] == "queued"
    await socket.leave()


async def test_a_person_without_any_workspace_hears_nothing():
    person = await sync_to_async(UserFactory.create)()
    await Membership.objects.filter(user=person).adelete()
    assert await (await opened("/ws/meetings/", person)).close_code() == 4404


def ended(job):
    error = {"code": "no_audio", "sentence": "There is no sound in this file.", "facts": {}}
    return {
        "type": "notification",
        "meeting": str(job.meeting_id),
        "job": str(job.pk),
        "run": 1,
        "state": "failed",
        "title": "Планёрка",
        "error": error,
    }


async def test_a_person_is_told_on_every_page_in_their_language(user, stranger, job):
    user.language = "ru"
    await user.asave()
    other = await sync_to_async(JobFactory.create)(
        meeting=await sync_to_async(MeetingFactory.create)(owner=user), state="running"
    )
    pages = [
        await opened("/ws/meetings/", user),
        await opened(f"/ws/meetings/{other.meeting_id}/", user),
    ]
    elsewhere = await opened("/ws/meetings/", stranger)
    for socket in (*pages, elsewhere):
        await socket.hear()
    await sync_to_async(events.tell)(user.pk, ended(job))
    for socket in pages:
        heard = await socket.hear()
        assert heard["text"] == "«Планёрка» обработать не получилось. В этом файле нет звука."
        assert heard["job"] == str(job.pk)
        await socket.leave()
    assert await elsewhere.hears_nothing()
    await elsewhere.leave()


async def test_a_program_with_a_ticket_hears_of_its_meeting_alone(user, job):
    ticket = await sync_to_async(tickets.issue)(user=user, meeting_id=job.meeting_id)
    socket = await opened(f"/ws/meetings/{job.meeting_id}/?token={ticket}")
    await socket.hear()
    await sync_to_async(events.tell)(user.pk, ended(job))
    assert await socket.hears_nothing()
    await socket.leave()
