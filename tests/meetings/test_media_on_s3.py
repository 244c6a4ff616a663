"""Addresses of media on a real S3 server: short, given anew, enough to finish a download."""

import os
import time

import httpx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Membership
from accounts.services import workspaces
from meetings import storage
from meetings.services import sharing
from tests.factories import MeetingFactory, MembershipFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SECONDS = 6
SOUND = os.urandom(1024) * 32 * 1024
"""More than the buffers of a connection hold."""


@pytest.fixture
def meeting(on_s3, user, settings):
    settings.AWS_S3_ADDRESS_SECONDS = SECONDS
    made = MeetingFactory.create(workspace=MembershipFactory(user=user, role="owner").workspace)
    made.recording.rendition_key = storage.output_key(made.pk, "convert", "t", "player.m4a")
    made.recording.save()
    default_storage.save(made.recording.rendition_key, ContentFile(SOUND))
    return made


def address(client, path):
    """Where the product sends a player."""
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    return answer["Location"]


def status(url):
    headers = {"Range": "bytes=1000-1999"}
    return httpx.get(url, headers=headers, trust_env=False).status_code


def wait_for_its_end():
    time.sleep(SECONDS + 1.1)  # S3 counts whole seconds


def test_what_a_revoked_link_led_to_ends_soon(client, user, meeting):
    link, token = sharing.make_link(meeting=meeting, by=user, days=7)
    path = f"/shared/{token}/media/"
    known = address(client, path)
    assert status(known) == 206
    sharing.revoke(link=link)
    assert client.get(path).status_code == 404
    wait_for_its_end()
    assert status(known) == 403


def test_what_a_withdrawn_member_knows_ends_soon_and_others_are_let_in_anew(
    api, api_of, stranger, meeting
):
    theirs = Membership.objects.create(workspace=meeting.workspace, user=stranger, role="viewer")
    path = f"/api/v1/meetings/{meeting.pk}/media/"
    known, own = address(api_of(stranger), path), address(api, path)
    workspaces.remove(membership=theirs)
    wait_for_its_end()
    assert status(known) == status(own) == 403
    assert api_of(stranger).get(path).status_code == 404
    assert status(address(api, path)) == 206


def test_a_download_that_has_begun_goes_on_to_its_end(api, meeting):
    known = address(api, f"/api/v1/meetings/{meeting.pk}/media/")
    with httpx.stream("GET", known, trust_env=False) as answer:
        pieces = answer.iter_bytes(64 * 1024)
        got = next(pieces)
        wait_for_its_end()
        assert status(known) == 403
        got += b"".join(pieces)
    assert got == SOUND
