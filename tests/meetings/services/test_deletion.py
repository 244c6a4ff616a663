"""What is deleted is gone, from every table and from the store, whatever dies meanwhile."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from meetings import storage
from meetings.errors import StorageAway
from meetings.models import Deletion, Meeting
from meetings.services import claims, deletion, reaper
from meetings.tasks import delete_objects
from tests import canary, s3_server
from tests.factories import JobFactory, MeetingFactory

pytestmark = pytest.mark.django_db

PERSON = Deletion.Cause.PERSON


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    return tmp_path / "objects"


@pytest.fixture
def on_s3(settings, tmp_path_factory):
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        settings.AWS_STORAGE_BUCKET_NAME = s3_server.BUCKET
        settings.AWS_S3_ENDPOINT_URL = server.endpoint
        settings.AWS_S3_ACCESS_KEY_ID = s3_server.ACCESS
        settings.AWS_S3_SECRET_ACCESS_KEY = s3_server.SECRET
        backend = {"BACKEND": "storages.backends.s3.S3Storage"}
        settings.STORAGES = settings.STORAGES | {"default": backend}
        yield


def purged(user):
    """The row of the deletion of a meeting whose every text holds the word."""
    meeting = canary.stained_meeting(user)
    assert len(canary.found_in_database()) > 25
    assert len(canary.found_in_store()) == 6
    row = deletion.purge(meeting_id=meeting.pk, cause=PERSON, by=user)
    assert canary.found_in_database() == []
    deletion.work_off(deletion_id=row.pk)
    assert canary.found_in_store() == []
    row.refresh_from_db()
    return row


def test_no_table_and_no_object_holds_a_word_of_it(user, objects):
    row = purged(user)
    assert (row.objects_deleted, row.bytes_deleted) == (6, 6 * len(canary.WORD))
    assert (row.cause, row.by, row.workspace) == ("person", user, user.workspaces.get())
    assert list((objects / "meetings").iterdir()) == []


@pytest.mark.slow
def test_the_same_on_s3(user, on_s3):
    assert purged(user).objects_deleted == 6
    assert list(storage.objects_under("meetings/")) == []


def test_others_keep_everything(user, stranger):
    kept = canary.stained_meeting(stranger)
    gone = MeetingFactory.create(owner=user)
    before = canary.found_in_database()
    row = deletion.purge(meeting_id=gone.pk, cause=PERSON)
    deletion.work_off(deletion_id=row.pk)
    assert canary.found_in_database() == before
    assert len(canary.found_in_store()) == 6
    assert Meeting.objects.get() == kept


def stored(meeting, name="original-1.ogg"):
    key = f"{storage.prefix_of(meeting.pk)}{name}"
    default_storage.save(key, ContentFile(b"x"))
    return key


def test_while_the_store_is_away_the_objects_wait_and_go_later(user, monkeypatch):
    meeting = MeetingFactory.create(owner=user)
    key = stored(meeting)
    row = deletion.purge(meeting_id=meeting.pk, cause=PERSON)

    def away(prefix):
        raise StorageAway

    with monkeypatch.context() as patched:
        patched.setattr(storage, "objects_under", away)
        delete_objects(row.pk)
    assert default_storage.exists(key)
    Deletion.objects.update(due_at=Now() - timedelta(seconds=1))
    assert deletion.send_due() == 1
    delete_objects(row.pk)
    assert not default_storage.exists(key)


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(user, monkeypatch):
    stored(MeetingFactory.create(owner=user))

    def refused(path):
        raise PermissionError(path)

    monkeypatch.setattr("os.scandir", refused)
    with pytest.raises(StorageAway):
        list(storage.objects_under("meetings/"))


def test_what_no_message_came_through_for_the_reaper_sends(job, monkeypatch):
    sent = []
    row = deletion.purge(meeting_id=job.meeting_id, cause=PERSON)
    monkeypatch.setattr(
        "accounts.services.outgoing.queue", lambda task, pks: sent.extend((task, pk) for pk in pks)
    )
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_options: act())
    reaper.reap()
    assert sent == []  # its own message has a head start
    Deletion.objects.update(due_at=Now() - timedelta(seconds=1))
    reaper.reap()
    reaper.reap()
    assert sent == [(deletion.TASK, row.pk)]


def test_what_a_late_worker_stores_goes_with_the_second_look(user):
    meeting = MeetingFactory.create(owner=user)
    row = deletion.purge(meeting_id=meeting.pk, cause=PERSON)
    deletion.work_off(deletion_id=row.pk)
    late = stored(meeting)
    row.refresh_from_db()
    assert row.finished_at is None
    assert row.due_at - row.created_at == deletion.SETTLED
    Deletion.objects.update(created_at=Now() - 2 * deletion.SETTLED)
    deletion.work_off(deletion_id=row.pk)
    row.refresh_from_db()
    assert row.finished_at is not None
    assert not default_storage.exists(late)
    deletion.work_off(deletion_id=row.pk)  # done is done


def test_the_running_job_is_cancelled_and_its_worker_lets_go(job):
    claim = claims.claim(job_id=str(job.pk), run=1, name="convert")
    deletion.purge(meeting_id=job.meeting_id, cause=PERSON)
    assert not claims.renew(claim.stage_id, claim.token, 0.5)  # at its next beat, within seconds


def test_what_fails_leaves_everything(user, monkeypatch):
    meeting = JobFactory.create(meeting=MeetingFactory(owner=user), done=True).meeting
    key = stored(meeting)

    def broken(self, *args, **options):
        raise RuntimeError("the process dies")

    monkeypatch.setattr(Meeting, "delete", broken)
    with pytest.raises(RuntimeError):
        deletion.purge(meeting_id=meeting.pk, cause=PERSON)
    assert Meeting.objects.filter(pk=meeting.pk).exists()
    assert not Deletion.objects.exists()
    assert default_storage.exists(key)


def test_deleting_twice_is_no_error(user):
    meeting = MeetingFactory.create(owner=user)
    assert deletion.purge(meeting_id=meeting.pk, cause=PERSON)
    assert deletion.purge(meeting_id=meeting.pk, cause=PERSON) is None
    assert Deletion.objects.count() == 1
