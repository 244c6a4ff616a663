"""2 GB over a line that is cut five times, while the web process is killed once."""

import sys
import time

import pytest

from accounts.services import api_keys
from meetings.models import Meeting
from tests import interrupted
from tests.faults.proxy import Proxy
from tests.upload_client import sha256_of

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("installation"),
]
MEGABYTES = 2048
SLACK = 100 * 1024**2
"""Bytes of memory that the web process may use more than it does for nothing at all."""


def test_two_gigabytes_arrive_intact_and_in_little_memory(user, tmp_path, capsys):
    talk = interrupted.recording(tmp_path / "talk.wav", MEGABYTES)
    key = api_keys.create(user=user, name="tests")
    with interrupted.running(tmp_path) as web:
        line = Proxy(web.port)
        sender = interrupted.client(line, key, talk)
        sender.patience = 1200
        sender.api.get("meetings/")
        at_rest = interrupted.memory_of(web)
        began = time.monotonic()
        done = interrupted.send_with_cuts(sender, line, web)
        took = time.monotonic() - began
        made = sender.api.post("meetings/", json={"upload": done["id"]}).json()
        line.close()
    twice, more = interrupted.sent_twice(sender), sender.bytes_sent - talk.stat().st_size
    with capsys.disabled():
        sys.stdout.write(
            f"\n{talk.stat().st_size} bytes in {took:.0f} s, {len(sender.sent)} parts, "
            f"{twice} sent twice, {more} bytes in vain, "
            f"memory {at_rest >> 20} MiB at rest, {web.peak >> 20} MiB at most\n"
        )
    stored = tmp_path / "objects" / Meeting.objects.get().recording.key
    assert sha256_of(stored) == done["sha256"] == made["recording"]["sha256"] == sha256_of(talk)
    assert twice <= 5
    assert web.peak < at_rest + SLACK
