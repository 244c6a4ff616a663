"""What happens is written down for the webhooks that want it, in the event's own transaction."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import Membership
from meetings.models import Deletion, Job, WebhookDelivery, WebhookEvent
from meetings.services import binning, deletion, ingest, jobs, webhook_events, webhooks
from reports.services import approving
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db

SECRET_WORDS = "Kündigungen"


@pytest.fixture
def told(settings):
    """Makes a webhook of a workspace that wants to know everything; how to read what it is told."""
    settings.PUBLIC_URL = "https://protokol.example.org"

    def make(workspace, events=tuple(WebhookEvent.values)):
        owner = MembershipFactory.create(workspace=workspace, role="owner").user
        url = "https://example.com/hook"
        hook, _ = webhooks.create(workspace=workspace, by=owner, url=url, events=events)
        return lambda: [row.payload for row in hook.deliveries.order_by("created_at")]

    return make


def types(payloads):
    return [payload["type"] for payload in payloads]


def test_an_uploaded_recording_is_told_of_by_reference(told, user, monkeypatch):
    workspace = user.workspaces.get()
    payloads = told(workspace)
    monkeypatch.setattr(ingest, "_examined", lambda path: {"fingerprint": "f", "duration": 60})
    recording = SimpleUploadedFile(f"{SECRET_WORDS}.ogg", b"sound")
    job = ingest.upload(recording=recording, workspace=workspace, by=user, title=SECRET_WORDS)
    [payload] = payloads()
    page = f"https://protokol.example.org/meetings/{job.meeting_id}/"
    api = f"https://protokol.example.org/api/v1/meetings/{job.meeting_id}/"
    assert payload == {
        "id": str(WebhookDelivery.objects.get().pk),
        "type": "meeting.created",
        "created_at": payload["created_at"],
        "workspace": workspace.pk,
        "data": {"meeting": {"id": str(job.meeting_id), "url": api, "page": page}},
    }


def test_endings_of_jobs_are_told_each_once(told):
    meeting = MeetingFactory.create()
    payloads = told(meeting.workspace)
    failed = JobFactory.create(meeting=meeting, state="running", stages={"convert": "dead"})
    failed.stages.filter(name="convert").update(error={"code": "no_audio", "sentence": "x"})
    jobs.note_failed(failed)
    jobs.note_failed(failed)
    job = jobs.retry(job=failed)
    jobs.cancel(job=job)
    jobs.cancel(job=job)
    job = jobs.retry(job=job)
    job.stages.update(state="succeeded")
    jobs.note_finished(job)
    found = payloads()
    assert types(found) == ["job.failed", "job.cancelled", "job.succeeded"]
    said = [payload["data"]["job"] for payload in found]
    assert [(one["run"], one["state"]) for one in said] == [
        (1, "failed"),
        (2, "cancelled"),
        (3, "succeeded"),
    ]
    assert said[0]["error"] == {"code": "no_audio"}
    assert said[2] == {
        "id": str(job.pk),
        "url": f"https://protokol.example.org/api/v1/jobs/{job.pk}/",
        "run": 3,
        "state": "succeeded",
        "error": None,
    }


def test_the_way_through_the_bin_is_told(told, user):
    meeting = MeetingFactory.create(owner=user)
    payloads = told(meeting.workspace)
    binning.delete(meeting=meeting, by=user)
    binning.restore(meeting=meeting)
    deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON, by=user)
    assert types(payloads()) == ["meeting.binned", "meeting.restored", "meeting.deleted"]


def test_approved_minutes_are_told_with_number_and_digest(told):
    minutes = MinutesFactory.create()
    payloads = told(minutes.meeting.workspace)
    people = [MembershipFactory(workspace=minutes.meeting.workspace).user for _ in range(2)]
    approving.send(minutes=minutes, by=people[0], reviewers=[person.pk for person in people])
    approving.approve(minutes=minutes, by=people[0])
    assert payloads() == []
    approving.approve(minutes=minutes, by=people[1])
    [payload] = payloads()
    approval = minutes.approval
    assert payload["type"] == "minutes.approved"
    assert payload["data"]["minutes"] == {
        "id": str(minutes.pk),
        "url": f"https://protokol.example.org/api/v1/minutes/{minutes.pk}/",
        "version": minutes.version,
        "number": 1,
        "year": approval.number.year,
        "digest": approval.digest,
    }


def test_no_word_of_a_meeting_is_told(told, user):
    meeting = MeetingFactory.create(owner=user, title=SECRET_WORDS, agenda=[SECRET_WORDS])
    payloads = told(meeting.workspace)
    job = JobFactory.create(meeting=meeting, state="running")
    jobs.note_failed(job)
    binning.delete(meeting=meeting, by=user)
    assert len(payloads()) == 2
    assert SECRET_WORDS not in json.dumps(payloads(), ensure_ascii=False)


def test_others_are_told_nothing(told):
    meeting = MeetingFactory.create()
    elsewhere = told(WorkspaceFactory.create())
    unasked = told(meeting.workspace, events=["job.failed"])
    off = told(meeting.workspace)
    meeting.workspace.webhooks.filter(events__len__gt=1).update(enabled=False)
    webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
    assert (elsewhere(), unasked(), off()) == ([], [], [])


def test_what_is_undone_is_told_to_nobody(told, django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr("accounts.services.outgoing.queue", lambda task, pks: sent.extend(pks))
    meeting = MeetingFactory.create()
    payloads = told(meeting.workspace)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
        transaction.set_rollback(True)
    assert (payloads(), sent) == ([], [])
    with django_capture_on_commit_callbacks(execute=True):
        webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
    assert sent == [payloads()[0]["id"]]


def test_an_event_costs_one_query_where_nobody_listens(django_assert_num_queries):
    meeting = MeetingFactory.create()
    with django_assert_num_queries(1):
        webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)


def test_deliveries_go_with_their_workspace(told):
    meeting = MeetingFactory.create()
    payloads = told(meeting.workspace)
    webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, meeting)
    assert payloads()
    Job.objects.all().delete()
    meeting.delete()
    Membership.objects.all().delete()
    meeting.workspace.delete()
    assert not WebhookDelivery.objects.exists()
