"""A line that is cut five times and a web process that dies cost the part in flight, no more."""

import pytest

from accounts.services import api_keys
from meetings.models import Meeting
from tests import interrupted
from tests.faults.proxy import Proxy
from tests.upload_client import sha256_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MEGABYTES = 64
PART = 5 * 1024**2
INTERRUPTIONS = 5
"""Cuts of the line, in one of which the web process dies: of each the part in flight is lost."""


@pytest.fixture
def talk(tmp_path):
    return interrupted.recording(tmp_path / "talk.wav", MEGABYTES)


@pytest.fixture
def key(user):
    return api_keys.create(user=user, name="tests")


def check(store, line, sender, talk, done):
    """That it is whole, and what crossed the line that its parts took."""
    parts = -(-talk.stat().st_size // PART)
    assert done["sha256"] == sha256_of(talk)
    assert sorted(sender.sent) == list(range(1, parts + 1))
    assert 1 <= store.sent_twice(sender) <= INTERRUPTIONS
    assert line.there <= talk.stat().st_size + INTERRUPTIONS * PART


def become_a_meeting(sender, upload):
    answer = sender.api.post("meetings/", json={"upload": upload["id"]})
    assert answer.status_code == 202, answer.text
    return answer.json()


def test_into_a_folder(talk, key, tmp_path):
    store = interrupted.Folder(tmp_path)
    with interrupted.running(tmp_path, UPLOAD_PART_BYTES=str(PART)) as web:
        line = Proxy(web.port)
        sender = interrupted.client(line, key, talk)
        done = interrupted.send_with_cuts(sender, line, web)
        check(store, line, sender, talk, done)
        made = become_a_meeting(sender, done)
        line.close()
    assert made["recording"]["sha256"] == sha256_of(talk)
    assert store.sha256(Meeting.objects.get().recording.key) == sha256_of(talk)
    assert web.peak < 300 * 1024**2


def test_to_s3_and_past_the_web_process(s3, talk, key, tmp_path):
    store = interrupted.Bucket(s3)
    with interrupted.running(tmp_path, UPLOAD_PART_BYTES=str(PART), **store.settings) as web:
        line = Proxy(web.port)
        sender = interrupted.client(line, key, talk)
        done = interrupted.send_with_cuts(sender, store.of_parts, web)
        check(store, store.of_parts, sender, talk, done)
        made = become_a_meeting(sender, done)
        line.close()
    whole = talk.stat().st_size
    assert store.of_parts.there > whole
    assert store.through_web(line) < 2 * 1024**2 + whole / 100  # a look at both ends
    assert (made["recording"]["container"], made["recording"]["duration"]) == ("", None)
    assert store.sha256(Meeting.objects.get().recording.key) == sha256_of(talk)
