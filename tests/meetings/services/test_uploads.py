"""Uploads in parts: what happens at once, what a crash leaves, what is forgotten."""

import hashlib
import io
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from meetings import media, multipart
from meetings.errors import UploadWhole
from meetings.models import Recording, Upload
from meetings.services import conversion, garbage, uploads
from meetings.tasks import collect_garbage
from tests import s3_server
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db

PART = 10_000
LONG_AGO = timedelta(days=4)


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.UPLOAD_PART_BYTES = PART
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    return tmp_path / "objects"


def begin(user, size=2 * PART, **more):
    home = user.workspaces.get()
    return uploads.begin(by=user, workspace=home, filename="talk.ogg", size=size, **more)


def send(upload, *numbers):
    for number in numbers or range(1, upload.parts_count + 1):
        size = upload.bytes_of(number)
        uploads.receive(
            upload=upload, number=number, size=size, source=io.BytesIO(bytes([number]) * size)
        )
    return upload


def aged(upload):
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now() - LONG_AGO)
    return upload


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_of_a_part_that_is_sent_twice_at_once_one_is_there_whole(user):
    upload = begin(user, size=40 * PART)  # one part of it is enough
    upload.part_bytes = upload.bytes
    upload.save()
    start = threading.Barrier(4)

    def send_filled(letter):
        start.wait()
        content = io.BytesIO(letter * upload.bytes)
        uploads.receive(upload=upload, number=1, size=upload.bytes, source=content)
        connection.close()

    senders = [threading.Thread(target=send_filled, args=(bytes([n]),)) for n in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    part = upload.parts.get()
    done = uploads.complete(upload=upload)
    stored = Path(default_storage.path(done.key)).read_bytes()
    assert len(set(stored)) == 1 and len(stored) == upload.bytes
    assert part.sha256 == done.sha256 == hashlib.sha256(stored).hexdigest()


def test_a_part_that_broke_off_is_not_there_though_an_earlier_one_was(user):
    upload = send(begin(user))
    with pytest.raises(ValueError, match="the line"):
        uploads.receive(upload=upload, number=1, size=PART, source=Broken())
    assert [part.number for part in uploads.arrived(upload=upload)] == [2]


class Broken:
    """A source that ends in the middle."""

    def read(self, size):
        raise ValueError("the line broke")


def test_a_death_between_the_files_place_and_the_row_costs_nothing(user):
    upload = send(begin(user))
    multipart.put_in_place(str(upload.pk), upload.key)
    done = uploads.complete(upload=upload)
    whole = bytes([1]) * PART + bytes([2]) * PART
    assert (done.state, done.sha256) == ("complete", hashlib.sha256(whole).hexdigest())


def test_what_is_made_whole_meanwhile_takes_no_part(user):
    upload = send(begin(user))
    multipart.put_in_place(str(upload.pk), upload.key)
    with pytest.raises(UploadWhole):
        send(upload, 1)


def test_forgotten_uploads_go_with_their_files_and_others_stay(user, objects):
    half, whole, fresh = begin(user), send(begin(user)), begin(user)
    uploads.complete(upload=whole)
    aged(send(half, 1))
    aged(whole)
    collect_garbage()
    assert list(Upload.objects.all()) == [fresh]
    assert files(objects) == [str(fresh.pk)]


def test_a_part_that_comes_keeps_an_upload_from_being_forgotten(user):
    upload = send(aged(begin(user)), 1)
    assert uploads.forget() == 0
    assert Upload.objects.get() == upload


def test_what_is_whole_and_not_used_yet_is_not_collected_however_old(user, objects):
    upload = uploads.complete(upload=send(begin(user)))
    path = Path(default_storage.path(upload.key))
    os.utime(path, (0, 0))
    assert garbage.collect().objects == 0
    uploads.discard(upload=upload)
    assert files(objects) == []


def test_files_of_uploads_that_no_row_names_are_collected_when_they_are_old(user, objects):
    kept = begin(user)
    for name in ("stray", "young"):
        (objects / "uploads" / name).touch()
    for name in ("stray", str(kept.pk)):
        os.utime(objects / "uploads" / name, (0, 0))
    assert uploads.forget() == 1
    assert files(objects) == sorted(["young", str(kept.pk)])


def test_parts_grow_so_that_the_store_can_count_them(user, settings):
    settings.UPLOAD_MAX_BYTES = 10**12
    upload = begin(user, size=10**11)
    assert upload.parts_count == 10_000
    assert upload.bytes_of(10_000) == upload.part_bytes


@pytest.mark.parametrize("told", ["", "right", "wrong"])
def test_a_worker_finds_the_sha256_of_what_came_past_the_web_process(user, tmp_path, told):
    (tmp_path / "talk").write_bytes(b"sound")
    right = hashlib.sha256(b"sound").hexdigest()
    said = {"right": right, "wrong": "0" * 64}.get(told, "")
    recording = Recording(meeting=MeetingFactory(owner=user), sha256=said, container="")
    if told == "wrong":
        with pytest.raises(media.UnreadableMedia) as caught:
            conversion._sha256_of(recording, tmp_path / "talk")
        assert caught.value.code == "checksum_mismatch"
    else:
        assert conversion._sha256_of(recording, tmp_path / "talk") == right


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def on_s3(s3, settings):
    settings.UPLOAD_PART_BYTES = 5 * 1024**2
    settings.AWS_STORAGE_BUCKET_NAME = s3_server.BUCKET
    settings.AWS_S3_ENDPOINT_URL = settings.AWS_S3_PUBLIC_URL = s3.endpoint
    settings.AWS_S3_ACCESS_KEY_ID = s3_server.ACCESS
    settings.AWS_S3_SECRET_ACCESS_KEY = s3_server.SECRET
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "storages.backends.s3.S3Storage"}
    }
    return s3.client()


@pytest.mark.slow
def test_on_s3_forgotten_and_unknown_multipart_uploads_are_aborted(user, on_s3):
    forgotten, fresh = aged(begin(user)), begin(user)
    assert uploads.forget() == 1
    begun = on_s3.list_multipart_uploads(Bucket=s3_server.BUCKET).get("Uploads", [])
    assert [one["Key"] for one in begun] == [fresh.key] != [forgotten.key]
    Upload.objects.all().delete()
    later = timezone.now() + timedelta(minutes=1)
    assert multipart.abort_begun_before(later, but=set()) == 1
    assert not on_s3.list_multipart_uploads(Bucket=s3_server.BUCKET).get("Uploads")
