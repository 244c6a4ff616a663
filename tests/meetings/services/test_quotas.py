"""Quotas at admission: what is over is refused with the facts, what waits is let in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Quota
from accounts.months import this_month
from meetings.errors import QuotaExceeded
from meetings.models import Job, Meeting, OutboxMessage, StageUsage
from meetings.services import attachments, claims, endings, jobs, moving, processing
from tests.factories import JobFactory, MeetingFactory, MembershipFactory, WorkspaceFactory
from tests.meetings.api.test_meetings import SAMPLE, sample

pytestmark = pytest.mark.django_db
HOUR = 3600
MEETINGS = "/api/v1/meetings/"


@pytest.fixture
def home(user):
    return user.workspaces.get()


def limit(workspace, **limits):
    Quota.objects.update_or_create(workspace=workspace, defaults=limits)


def used(workspace, seconds):
    attempt = StageUsage.objects.count() + 1
    StageUsage.objects.create(
        attempt=attempt,
        workspace=workspace,
        stage="transcribe",
        outcome="succeeded",
        recording_seconds=seconds,
        seconds=1,
    )


def kept():
    """The folders of meetings in the store, which other tests use too."""
    return default_storage.listdir("meetings")[0] if default_storage.exists("meetings") else []


def start(workspace, seconds=60.0):
    meeting = MeetingFactory.create(workspace=workspace, recording__duration=seconds)
    return jobs.start(meeting=meeting, by=None, options={})


def test_an_upload_beyond_the_months_hours_is_402_and_nothing_is_kept(api, home):
    limit(home, hours=1)
    used(home, HOUR - 10)
    before = kept()
    answer = api.post(MEETINGS, {"recording": sample(), "title": "Совет"})
    assert answer.status_code == 402, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["code"], body["quota"], body["limit"]) == ("quota_exceeded", "hours", HOUR)
    assert body["used"] == HOUR - 10
    assert body["asked"] == pytest.approx(135, abs=60)
    assert datetime.fromisoformat(body["renews_at"]) == this_month().end
    assert body["retryable"] is False
    assert "1 h 00 min" in body["detail"] and "%" not in body["detail"]
    assert not Meeting.objects.exists()
    assert kept() == before


def test_a_refused_upload_leaves_its_key_free(api, home):
    limit(home, hours=0)
    headers = {"Idempotency-Key": "k1"}
    assert api.post(MEETINGS, {"recording": sample()}, headers=headers).status_code == 402
    limit(home, hours=None)
    assert api.post(MEETINGS, {"recording": sample()}, headers=headers).status_code == 202


def test_storage_is_refused_with_its_own_facts(api, home):
    MeetingFactory.create(workspace=home, recording__bytes=1024**3 - 100)
    limit(home, storage=1)
    body = api.post(MEETINGS, {"recording": sample()}).json()
    assert (body["quota"], body["limit"], body["used"]) == ("storage", 1024**3, 1024**3 - 100)
    assert (body["asked"], body["renews_at"]) == (SAMPLE.stat().st_size, None)


def test_limits_of_the_instance_hold_until_a_workspace_has_its_own(api, home, settings):
    settings.QUOTA_HOURS = 0
    assert api.post(MEETINGS, {"recording": sample()}).status_code == 402
    limit(home, hours=None)
    assert api.post(MEETINGS, {"recording": sample()}).status_code == 202


def test_what_is_under_way_is_used(home):
    limit(home, hours=1)
    start(home, 0.6 * HOUR)
    with pytest.raises(QuotaExceeded):
        start(home, 0.6 * HOUR)
    start(home, 0.4 * HOUR)


def test_what_was_cancelled_is_not(home):
    limit(home, hours=1)
    jobs.cancel(job=start(home, HOUR))
    start(home, HOUR)


def test_a_recording_of_unknown_length_is_let_in_while_anything_is_left(home):
    limit(home, hours=1)
    used(home, HOUR - 1)
    start(home, None)
    used(home, 1)
    with pytest.raises(QuotaExceeded) as refused:
        start(home, None)
    assert refused.value.extra["asked"] is None


def test_last_months_hours_do_not_bind(home):
    limit(home, hours=1)
    used(home, HOUR)
    with pytest.raises(QuotaExceeded):
        start(home)
    StageUsage.objects.update(ended_at=this_month().later(-1).start)
    start(home)


def done(workspace):
    return JobFactory.create(meeting=MeetingFactory(workspace=workspace), done=True).meeting


def test_to_recognise_anew_is_admitted_like_a_new_recording_and_new_minutes_are_not_counted(home):
    meeting = done(home)
    limit(home, hours=0)
    for stage in ("convert", "diarize", "transcribe"):
        with pytest.raises(QuotaExceeded):
            processing.process(meeting=meeting, by=None, from_stage=stage, options={})
    processing.process(meeting=meeting, by=None, from_stage="report", options={})


def test_a_retry_is_admitted_by_what_is_left_to_do(home):
    early = JobFactory.create(meeting=MeetingFactory(workspace=home), state="failed")
    late = JobFactory.create(
        meeting=MeetingFactory(workspace=home),
        state="failed",
        stages={"convert": "succeeded", "diarize": "dead", "transcribe": "succeeded"},
    )
    limit(home, hours=0)
    with pytest.raises(QuotaExceeded):
        jobs.retry(job=early)
    early.refresh_from_db()
    assert early.state == Job.State.FAILED
    jobs.retry(job=late)


def test_process_and_retry_answer_402_by_api_and_say_why_on_the_page(api, browser, home):
    meeting = done(home)
    failed = JobFactory.create(meeting=MeetingFactory(workspace=home), state="failed")
    limit(home, hours=0)
    again = api.post(f"/api/v1/meetings/{meeting.pk}/process/", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (402, "quota_exceeded")
    assert api.post(f"/api/v1/jobs/{failed.pk}/retry/").status_code == 402
    for meeting_pk, path in ((meeting.pk, "process"), (failed.meeting_id, "retry")):
        sent = {"from_stage": "transcribe"}
        page = browser.post(f"/meetings/{meeting_pk}/{path}/", sent, follow=True)
        assert "recognised a month" in page.content.decode()


def test_an_attachment_needs_room_too(user, home):
    meeting = done(home)
    limit(home, storage=0)
    with pytest.raises(QuotaExceeded):
        attachments.attach(meeting=meeting, upload=SimpleUploadedFile("a.txt", b"text"), by=user)
    assert not meeting.attachments.exists()


def test_a_meeting_moves_only_to_where_there_is_room(api, browser, user, home):
    meeting = done(home)
    other = MembershipFactory(user=user, role="owner").workspace
    limit(other, storage=0)
    sent = {"workspace": other.pk, "title": "Moved"}
    answer = api.patch(f"{MEETINGS}{meeting.pk}/", sent, format="json")
    assert answer.status_code == 402
    page = browser.post(f"/meetings/{meeting.pk}/workspace/", {"workspace": other.pk}, follow=True)
    assert "there is no room for" in page.content.decode()
    meeting.refresh_from_db()
    assert (meeting.workspace, meeting.title == "Moved") == (home, False)
    limit(home, storage=0)
    moving.move(meeting=meeting, workspace=home)


def admitted(job):
    return OutboxMessage.objects.filter(job=job).exists()


def test_jobs_beyond_the_quota_are_let_in_and_wait_for_their_turn(home):
    limit(home, jobs=2)
    flood = [start(home) for _ in range(4)]
    assert [admitted(job) for job in flood] == [True, True, False, False]
    assert admitted(start(WorkspaceFactory()))
    jobs.note_failed(flood[0])
    assert [admitted(job) for job in flood] == [True, True, True, False]


def test_the_shards_of_a_job_at_work_are_not_held_back_by_its_workspaces_quota_of_jobs(home):
    limit(home, jobs=1)
    job, waits = start(home), start(home)
    for name in ("convert", "diarize"):
        endings.finish(claims.claim(job_id=str(job.pk), run=1, name=name), lambda: None)
    spread = claims.claim(job_id=str(job.pk), run=1, name="transcribe")
    endings.spread(spread, endings.Spread(3))
    assert OutboxMessage.objects.filter(job=job, shard__isnull=False).count() == 3
    assert not admitted(waits)


@pytest.mark.django_db(transaction=True)
def test_of_recordings_that_come_at_once_only_those_get_in_for_which_there_is_room(user):
    home = user.workspaces.get()
    limit(home, hours=1)
    found = [MeetingFactory.create(workspace=home, recording__duration=1500) for _ in range(6)]
    together = Barrier(len(found))

    def begin(meeting):
        try:
            together.wait(timeout=20)
            jobs.start(meeting=meeting, by=None, options={})
        except QuotaExceeded:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(found)) as pool:
        let_in = list(pool.map(begin, found))
    assert sum(let_in) == 2
    assert Job.objects.filter(state__in=Job.ACTIVE).count() == 2
