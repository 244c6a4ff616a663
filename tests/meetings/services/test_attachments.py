"""Reading of attachments: once, by whoever comes first, and given up at last."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings import reading
from meetings.errors import StorageAway
from meetings.models import Attachment, AttachmentPage, Deletion
from meetings.services import attachments, deletion, garbage, reaper
from tests.factories import AttachmentFactory, AttachmentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    settings.TEMP_DIR = tmp_path


@pytest.fixture
def sent(monkeypatch):
    """Names and arguments of the tasks that were sent."""
    told = []
    monkeypatch.setattr(
        attachments.current_app,
        "send_task",
        lambda name, args, queue: told.append((name, args, queue)),
    )
    return told


@pytest.fixture
def waiting(meeting):
    return attachments.attach(
        meeting=meeting, upload=SimpleUploadedFile("a.txt", b"some words"), by=meeting.created_by
    )


def late(attachment, **changes):
    past = timezone.now() - timedelta(minutes=1)
    Attachment.objects.filter(pk=attachment.pk).update(due_at=past, **changes)


def test_a_worker_is_asked_after_the_commit(meeting, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = attachments.attach(
            meeting=meeting, upload=SimpleUploadedFile("a.txt", b"words"), by=meeting.created_by
        )
        assert sent == []
    assert sent == [("meetings.tasks.read_attachment", (str(made.pk),), "cpu")]


def test_a_second_message_changes_nothing(waiting, monkeypatch):
    attachments.read(attachment_id=str(waiting.pk))
    monkeypatch.setattr(reading, "read", lambda *given: pytest.fail("read twice"))
    attachments.read(attachment_id=str(waiting.pk))
    assert AttachmentPage.objects.get().text == "some words"


def test_of_two_readings_at_once_the_first_counts(waiting, monkeypatch):
    real = reading.read

    def overtaken(*given):
        monkeypatch.setattr(reading, "read", real)
        attachments.read(attachment_id=str(waiting.pk))
        return real(*given)

    monkeypatch.setattr(reading, "read", overtaken)
    attachments.read(attachment_id=str(waiting.pk))
    assert AttachmentPage.objects.count() == 1


def test_a_store_that_is_away_leaves_it_waiting(waiting, monkeypatch):
    def away(key):
        raise StorageAway

    monkeypatch.setattr("meetings.storage.local_copy", away)
    attachments.read(attachment_id=str(waiting.pk))
    waiting.refresh_from_db()
    assert waiting.is_waiting
    assert waiting.attempts_left == Attachment.ATTEMPTS - 1


def test_what_nobody_finished_is_sent_again_by_the_reaper(
    waiting, sent, django_capture_on_commit_callbacks
):
    late(waiting)
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    assert [args for name, args, _q in sent if name == attachments.TASK] == [(str(waiting.pk),)]
    with django_capture_on_commit_callbacks(execute=True):
        reaper.reap()
    assert len([name for name, *_ in sent if name == attachments.TASK]) == 1


def test_what_ended_every_worker_is_given_up(waiting):
    late(waiting, attempts_left=0)
    attachments.send_due()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("unreadable", "reading_failed")
    assert waiting.shown_error["detail"]


def test_the_reader_has_the_limits_of_the_settings(waiting, settings):
    settings.ATTACHMENT_MAX_CHARACTERS = 5
    attachments.read(attachment_id=str(waiting.pk))
    waiting.refresh_from_db()
    assert (waiting.reason, waiting.facts) == ("too_much_text", {"most": 5})


def test_objects_of_attachments_are_no_garbage_and_others_are(waiting, meeting):
    left = f"meetings/{meeting.pk}/attachment-0"
    default_storage.save(left, SimpleUploadedFile("x", b"x"))
    found = [stored.key for stored in garbage.unnamed(timedelta(seconds=-60))]
    assert found == [left]


def test_with_the_meeting_its_attachments_go(waiting, meeting):
    row = deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON)
    deletion.work_off(deletion_id=row.pk)
    assert not Attachment.objects.exists()
    assert not default_storage.exists(waiting.key)


def test_the_data_holds_what_a_state_means(meeting):
    for wrong in (
        {"state": "read", "pages_count": 0},
        {"state": "unreadable", "reason": ""},
        {"state": "read", "reason": "no_text"},
        {"bytes": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttachmentFactory(meeting=meeting, **wrong)
    page = AttachmentPageFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        AttachmentPageFactory(attachment=page.attachment, number=page.number)
