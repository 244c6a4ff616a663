"""Objects that nothing names are collected; what somebody may still need is not."""

import os
import uuid
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections

from meetings import storage
from meetings.models import Attachment, Recording, StageRun, Upload
from meetings.services import claims, endings, garbage, jobs
from meetings.tasks import collect_garbage
from tests import s3_server

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = timedelta(seconds=-60)  # clocks of stores need not be ours


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    settings.TEMP_DIR = tmp_path
    return tmp_path / "objects"


def put(key, days_ago=0.0):
    storage.put_json(key, {"any": "thing"})
    if days_ago:
        path = Path(default_storage.path(key))
        written = path.stat().st_mtime - 86_400 * days_ago
        os.utime(path, (written, written))
    return key


def output(meeting, token, name="audio.flac", days_ago=2.0):
    return put(storage.output_key(meeting.pk, "convert", token, name), days_ago)


def test_an_abandoned_attempts_objects_are_collected_and_the_winners_kept(job):
    lost, won = uuid.uuid4(), uuid.uuid4()
    original = put(job.meeting.recording.key, days_ago=2)
    late = [output(job.meeting, lost), output(job.meeting, lost, "peaks.json")]
    kept = output(job.meeting, won)
    Recording.objects.update(audio_key=kept)
    found = garbage.collect(age=DAY)
    assert found.objects == 2
    assert not any(default_storage.exists(key) for key in late)
    assert default_storage.exists(kept)
    assert default_storage.exists(original)


def test_what_an_attempt_in_flight_has_stored_is_untouched_however_old(job):
    claim = claims.claim(job_id=str(job.pk), run=1, name="convert")
    stored = output(job.meeting, claim.token, days_ago=30)
    assert garbage.collect(age=DAY).objects == 0
    assert default_storage.exists(stored)
    endings.finish(claim, lambda: None)  # it named another object, or none
    assert garbage.collect(age=DAY).objects == 1


def test_what_shards_have_stored_for_their_stage_is_kept(job):
    stored = output(job.meeting, uuid.uuid4(), "voices.npz", days_ago=30)
    whole = job.stages.get(name="diarize")
    shard = {"job": job, "name": "diarize", "position": whole.position, "queue": "gpu"}
    StageRun.every.create(**shard, shard=0, attempts_left=1, state="succeeded", output=stored)
    assert garbage.collect().objects == 0
    StageRun.every.filter(shard=0).delete()
    assert garbage.collect().objects == 1


def test_what_is_young_is_untouched(job):
    stored = output(job.meeting, uuid.uuid4(), days_ago=0.5)
    assert garbage.collect().objects == 0
    assert default_storage.exists(stored)


def test_objects_of_meetings_that_are_gone_go_with_their_folders(objects):
    gone = uuid.uuid4()
    put(f"meetings/{gone}/original-{uuid.uuid4().hex}.ogg", days_ago=2)
    put(storage.output_key(gone, "convert", uuid.uuid4(), "player.m4a"), days_ago=2)
    assert garbage.collect().objects == 2
    assert list((objects / "meetings").iterdir()) == []


def test_objects_that_are_not_ours_are_left_alone():
    strange = [
        put(key, days_ago=9)
        for key in ("backup/all.tar", "meetings/readme.txt", "meetings/not-an-id/original-1")
    ]
    assert garbage.collect().objects == 0
    assert all(default_storage.exists(key) for key in strange)


def test_a_dry_run_tells_and_deletes_nothing(job):
    stored = output(job.meeting, uuid.uuid4())
    out = StringIO()
    call_command("collect_garbage", dry_run=True, stdout=out)
    assert stored in out.getvalue()
    assert "1 objects of 15 bytes would be deleted." in out.getvalue()
    assert default_storage.exists(stored)
    call_command("collect_garbage", stdout=out)
    assert not default_storage.exists(stored)


@pytest.mark.django_db(transaction=True)
def test_one_collector_works_at_a_time(job):
    stored = output(job.meeting, uuid.uuid4())
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [garbage.LOCK])
        assert garbage.collect() is None
        with pytest.raises(CommandError):
            call_command("collect_garbage")
        assert default_storage.exists(stored)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [garbage.LOCK])
    finally:
        other.close()
    collect_garbage()
    assert not default_storage.exists(stored)


def test_more_objects_than_a_batch_cost_few_queries(job, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(garbage, "BATCH", 3)
    for _ in range(6):
        output(job.meeting, uuid.uuid4())
    with django_assert_num_queries(2 + 2 * 5):  # the lock; four tables and tokens, a batch
        assert garbage.collect().objects == 6


def test_every_field_that_names_an_object_is_known():
    known = {(model, field) for model, _path, fields in garbage.NAMES for field in fields}
    named = {
        (model, field.name)
        for model in (Recording, Attachment, Upload)
        for field in model._meta.get_fields()
        if field.name == "key" or field.name.endswith("_key")
    } | {(StageRun, "output")}
    assert named <= known


def test_a_deleted_meetings_late_writer_leaves_nothing_for_ever(job):
    claim = claims.claim(job_id=str(job.pk), run=1, name="convert")
    meeting = job.meeting
    jobs.cancel(job=job)
    meeting_id = meeting.pk
    meeting.delete()
    put(storage.output_key(meeting_id, "convert", claim.token, "audio.flac"), days_ago=2)
    assert garbage.collect().objects == 1


@pytest.mark.slow
def test_the_same_on_s3(job, settings, tmp_path_factory):
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        settings.AWS_STORAGE_BUCKET_NAME = s3_server.BUCKET
        settings.AWS_S3_ENDPOINT_URL = server.endpoint
        settings.AWS_S3_ACCESS_KEY_ID = s3_server.ACCESS
        settings.AWS_S3_SECRET_ACCESS_KEY = s3_server.SECRET
        backend = {"BACKEND": "storages.backends.s3.S3Storage"}
        settings.STORAGES = settings.STORAGES | {"default": backend}
        claim = claims.claim(job_id=str(job.pk), run=1, name="convert")
        in_flight = put(storage.output_key(job.meeting_id, "convert", claim.token, "a.flac"))
        lost = put(storage.output_key(job.meeting_id, "convert", uuid.uuid4(), "a.flac"))
        original = put(job.meeting.recording.key)
        assert garbage.collect(age=DAY).objects == 0
        found = garbage.collect(age=NOW)
        assert (found.objects, found.bytes) == (1, 15)
        assert not default_storage.exists(lost)
        assert default_storage.exists(in_flight)
        assert default_storage.exists(original)
