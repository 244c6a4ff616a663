"""The same contract on a folder and on a real S3 server."""

import tracemalloc
import uuid
from urllib.request import urlopen

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings import storage
from meetings.errors import StorageAway


@pytest.fixture
def in_folder(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


@pytest.fixture(params=["in_folder", pytest.param("on_s3", marks=pytest.mark.slow)])
def store(request):
    request.getfixturevalue(request.param)
    return request.param


def test_what_is_put_can_be_read(store, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"sound" * 100_000)
    key = storage.output_key(uuid.uuid4(), "convert", "token", "audio.flac")
    storage.put_file(key, source)
    with storage.local_copy(key) as path:
        assert path.read_bytes() == source.read_bytes()


def test_a_copy_of_a_long_object_costs_little_memory(store, tmp_path):
    source, key = tmp_path / "source", storage.original_key(uuid.uuid4(), "1", "long.wav")
    with source.open("wb") as file:
        file.truncate(64 << 20)
    storage.put_file(key, source)
    tracemalloc.start()
    try:
        with storage.local_copy(key) as path:
            assert path.stat().st_size == 64 << 20
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_what_is_not_there_is_told_from_a_store_that_is_away(on_s3):
    with pytest.raises(FileNotFoundError), storage.local_copy("meetings/none"):
        pass


def test_an_upload_is_stored_and_json_survives(store):
    meeting = uuid.uuid4()
    key = storage.original_key(meeting, "1", "../../etc/pass wd.OGG")
    assert key == f"meetings/{meeting}/original-1.ogg"
    storage.put_upload(key, SimpleUploadedFile("x.ogg", b"OggS"))
    assert default_storage.size(key) == 4
    storage.put_json(f"meetings/{meeting}/peaks.json", {"peaks": [0.5]})
    assert storage.get_json(f"meetings/{meeting}/peaks.json") == {"peaks": [0.5]}


def test_deleting_a_meeting_leaves_none_of_its_objects_and_all_others(store, tmp_path):
    gone, kept = uuid.uuid4(), uuid.uuid4()
    for meeting in (gone, kept):
        storage.put_json(storage.output_key(meeting, "convert", "t", "peaks.json"), {})
        storage.put_json(f"meetings/{meeting}/original", {})
    storage.delete_meeting(gone)
    storage.delete_meeting(gone)
    assert not default_storage.exists(f"meetings/{gone}/original")
    assert not default_storage.exists(storage.output_key(gone, "convert", "t", "peaks.json"))
    assert default_storage.exists(storage.output_key(kept, "convert", "t", "peaks.json"))


def test_a_name_never_becomes_a_path():
    for name in ("a/b/../c", "x.mp3/..", "x." + "y" * 50, "x.м4а", "x.<b>", ""):
        key = storage.original_key("id", "u", name)
        assert key in ("meetings/id/original-u", "meetings/id/original-u.mp3")


@pytest.mark.slow
def test_s3_gives_signed_addresses_that_work_and_unsigned_ones_that_do_not(on_s3):
    storage.put_json("meetings/x/peaks.json", {"a": 1})
    with urlopen(default_storage.url("meetings/x/peaks.json"), timeout=5) as answer:
        assert answer.read() == b'{"a":1}'
    assert "X-Amz-Signature" in default_storage.url("meetings/x/peaks.json")


def test_a_store_that_is_away_says_so_and_that_trying_again_can_help(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "file"},
        }
    }
    for ask in (
        lambda: storage.put_json("a/b", 1),
        lambda: storage.get_json("a/b"),
        lambda: storage.put_upload("a/b", SimpleUploadedFile("b", b"1")),
    ):
        with pytest.raises(StorageAway) as caught:
            ask()
        assert caught.value.retryable and caught.value.status == 503
    with pytest.raises(FileNotFoundError):
        storage.put_file("a/b", tmp_path / "nothing")
