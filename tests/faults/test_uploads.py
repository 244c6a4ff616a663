"""2 GB over a line that is cut five times, while the web process is killed once."""

import sys
import time

import pytest

from accounts.services import api_keys
from meetings.models import Meeting
from tests import interrupted, s3_server
from tests.faults.proxy import Proxy
from tests.upload_client import sha256_of

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("installation"),
]
MEGABYTES = 2048
CUTS = 5
SLACK = 100 * 1024**2
"""Bytes of memory that the web process may use more than it does for nothing at all."""


@pytest.fixture
def folder(tmp_path):
    return interrupted.Folder(tmp_path)


@pytest.fixture
def bucket(tmp_path_factory):
    with s3_server.running(tmp_path_factory.mktemp("s3"), volumes=64) as server:
        yield interrupted.Bucket(server)


@pytest.fixture(params=["folder", "bucket"])
def store(request):
    return request.getfixturevalue(request.param)


def test_two_gigabytes_arrive_intact_and_in_little_memory(store, user, tmp_path, capsys):
    talk = interrupted.recording(tmp_path / "talk.wav", MEGABYTES)
    key = api_keys.create(user=user, name="tests")
    with interrupted.running(tmp_path, **store.settings) as web:
        line = Proxy(web.port)
        sender = interrupted.client(line, key, talk)
        sender.patience = 1200
        sender.api.get("meetings/")
        at_rest = interrupted.memory_of(web)
        began = time.monotonic()
        done = interrupted.send_with_cuts(sender, store.line_of_parts(line), web, cuts=CUTS)
        took = time.monotonic() - began
        made = sender.api.post("meetings/", json={"upload": done["id"]}).json()
        line.close()
    size, digest = talk.stat().st_size, sha256_of(talk)
    twice, more = store.sent_twice(sender), sender.bytes_sent - size
    with capsys.disabled():
        sys.stdout.write(
            f"\n{size} bytes in {took:.0f} s, {len(sender.sent)} parts, "
            f"{twice} sent twice, {more} bytes in vain, {store.through_web(line)} through the web "
            f"process, memory {at_rest >> 20} MiB at rest, {web.peak >> 20} MiB at most\n"
        )
    assert store.sha256(Meeting.objects.get().recording.key) == digest
    assert made["recording"]["sha256"] == done["sha256"] == digest
    assert twice <= CUTS
    assert more < size / 40  # of each cut the part in flight, and what was begun while it was away
    assert web.peak < at_rest + SLACK
    assert store.passes_web or store.through_web(line) < size / 100
