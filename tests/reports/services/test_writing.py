"""The stage report waits for documents that are being read, and says so where it was in vain."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from meetings.errors import Superseded
from meetings.models import Attachment
from reports.models import Minutes
from reports.services import writing
from reports.templatetags.minutes import note_label
from tests.factories import AttachmentFactory, JobFactory, MeetingFactory, TranscriptFactory

pytestmark = pytest.mark.django_db

WAITING = {"state": Attachment.State.WAITING, "unit": "", "pages_count": 0}


@pytest.fixture
def job(user):
    job = JobFactory(meeting=MeetingFactory(owner=user))
    TranscriptFactory(job=job, segments=4)
    return job


def written(job, check=lambda: None):
    claim = SimpleNamespace(
        job_id=str(job.pk),
        meeting_id=str(job.meeting_id),
        options={},
        metrics={},
        report=lambda share: None,
        check=check,
    )
    writing.report(claim)()
    return Minutes.objects.get(job=job)


def test_minutes_wait_until_a_document_is_read(job):
    paper = AttachmentFactory(meeting=job.meeting, **WAITING)
    asked = []

    def read_meanwhile():
        asked.append(1)
        Attachment.objects.filter(pk=paper.pk).update(state=Attachment.State.READ, pages_count=1)

    assert written(job, read_meanwhile).notes == [] and asked == [1]


def test_minutes_do_not_wait_for_ever_and_say_what_is_missing(job, monkeypatch):
    monkeypatch.setattr(writing, "ATTACHMENT_SECONDS", 0)
    AttachmentFactory.create_batch(2, meeting=job.meeting, **WAITING)
    [note] = written(job).notes
    assert note == "attachments_waiting:2"
    with translation.override("en"):
        assert note_label(note).startswith("2 attachments had not been read yet")


def test_a_cancelled_job_does_not_go_on_waiting(job):
    AttachmentFactory(meeting=job.meeting, **WAITING)

    def cancelled():
        raise Superseded

    with pytest.raises(Superseded):
        written(job, cancelled)
