"""What a workspace's rule takes goes in time, never unannounced, and nothing else goes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from meetings.errors import RecordingDeleted
from meetings.models import (
    Deletion,
    Meeting,
    Recording,
    RetentionMail,
    RetentionNotice,
)
from meetings.services import binning, deletion, housekeeping, jobs, processing, retention
from reports.models import Minutes
from reports.services import approving, exporting
from reports.services.exporting import Asked
from tests import canary
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)
from transcription.models import Segment, Speaker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }


@pytest.fixture
def team(user):
    return MembershipFactory(user=user, role="owner").workspace


@pytest.fixture
def rule(user, team):
    def set_rule(recording=None, everything=None, approved_too=False):
        retention.set_rule(
            workspace=team,
            by=user,
            recording_days=recording,
            everything_days=everything,
            approved_too=approved_too,
        )

    return set_rule


def aged(days, **fields):
    meeting = MeetingFactory.create(**fields)
    pass_days(days, Meeting.objects.filter(pk=meeting.pk), "created_at")
    return meeting


def pass_days(days, rows, *fields):
    for field in fields:
        rows.update(**{field: Now() - timedelta(days=days, minutes=1)})


def a_week_later():
    housekeeping.keep()
    pass_days(7, RetentionNotice.objects.all(), "noted_at")
    housekeeping.keep()


def work_off():
    for row in Deletion.objects.all():
        deletion.work_off(deletion_id=row.pk)


def test_a_recording_goes_and_the_words_stay(user, team, rule):
    meeting = canary.stained_meeting(user)
    Meeting.objects.update(workspace=team)
    Segment.objects.update(text="Решили.")
    Speaker.objects.update(embedding=[0.5, 0.25])
    pass_days(40, Meeting.objects.all(), "created_at")
    rule(recording=30)
    a_week_later()
    work_off()
    recording = Recording.objects.get()
    left = list(meeting.attachments.values_list("key", flat=True))
    assert recording.deleted_at is not None
    assert canary.found_in_store() == left
    assert set(Speaker.everyone.values_list("embedding", flat=True)) == {None}
    assert Segment.objects.exists()
    assert Minutes.objects.exists()
    assert Deletion.objects.get().kind == "recording"
    assert not default_storage.exists(recording.key)
    housekeeping.keep()  # once is enough
    assert Deletion.objects.count() == 1


def test_everything_goes(team, rule):
    old, young = aged(91, workspace=team), aged(80, workspace=team)
    rule(recording=200, everything=90)
    a_week_later()
    assert Meeting.objects.get() == young
    assert Deletion.objects.get().prefix.endswith(f"{old.pk}/")


def test_nothing_goes_before_it_was_told_of_for_a_week(team, rule, settings):
    meeting = aged(400, workspace=team)
    rule(everything=30)
    housekeeping.keep()
    notice = RetentionNotice.objects.get()
    assert notice.goes_at - notice.noted_at >= timedelta(days=6, hours=23)
    pass_days(6, RetentionNotice.objects.all(), "noted_at")
    housekeeping.keep()
    assert Meeting.objects.filter(pk=meeting.pk).exists()
    settings.RETENTION_WARNING_DAYS = 0
    housekeeping.keep()
    assert not Meeting.objects.exists()


def test_who_edits_is_warned_by_one_mail(user, team, rule):
    editor = MembershipFactory(workspace=team).user
    MembershipFactory(workspace=team, role="viewer")
    aged(30, workspace=team, title="Weekly")
    aged(30, workspace=team, title="Board")
    aged(1, workspace=team, title="Young")
    rule(recording=30)
    housekeeping.keep()
    housekeeping.keep()
    rows = list(RetentionMail.objects.all())
    assert {row.recipient for row in rows} == {user, editor}
    for row in rows * 2:
        retention.deliver(mail_id=row.pk)
    assert len(mail.outbox) == 2
    body = mail.outbox[0].body
    assert "Weekly" in body
    assert "Board" in body
    assert "Young" not in body
    assert "transcript and minutes stay" in body


def test_what_is_exempt_or_binned_is_left_alone(user, team, rule):
    exempt, binned = aged(90, workspace=team), aged(90, workspace=team)
    rule(everything=30)
    housekeeping.keep()
    assert RetentionNotice.objects.count() == 2
    retention.exempt(meeting=exempt, is_exempt=True)
    binning.delete(meeting=binned, by=user)
    a_week_later()
    assert Meeting.objects.count() == 2
    assert not RetentionNotice.objects.exists()
    retention.exempt(meeting=exempt, is_exempt=False)
    a_week_later()
    assert Meeting.objects.get() == binned


def test_a_longer_rule_takes_notices_back(team, rule):
    aged(90, workspace=team)
    rule(everything=30)
    housekeeping.keep()
    assert RetentionNotice.objects.exists()
    rule(everything=300)
    assert not RetentionNotice.objects.exists()
    a_week_later()
    assert Meeting.objects.exists()


def test_approved_minutes_go_where_the_rule_says_so(user, team, rule):
    meeting = aged(90, workspace=team)
    minutes = MinutesFactory.create(
        transcript=TranscriptFactory(job=JobFactory(meeting=meeting, done=True))
    )
    approving.send(minutes=minutes, by=user, reviewers=[user.pk])
    approving.approve(minutes=minutes, by=user)
    rule(everything=30)
    a_week_later()
    assert Meeting.objects.exists()
    rule(everything=30, approved_too=True)
    a_week_later()
    assert not Meeting.objects.exists()


def test_while_a_job_works_on_it_nothing_goes(team, rule):
    meeting = aged(90, workspace=team)
    job = JobFactory.create(meeting=meeting, state="running")
    rule(recording=10, everything=30)
    a_week_later()
    assert Recording.objects.get().deleted_at is None
    type(job).objects.update(state="succeeded")
    housekeeping.keep()
    assert not Meeting.objects.exists()


@pytest.fixture
def without_recording(team):
    meeting = MeetingFactory.create(workspace=team)
    minutes = MinutesFactory.create(
        transcript=TranscriptFactory(job=JobFactory(meeting=meeting, done=True))
    )
    Recording.objects.update(
        deleted_at=Now(), key="gone/x", rendition_key="", audio_key="", peaks_key=""
    )
    return minutes


def test_media_say_that_they_are_gone(api, without_recording):
    one = f"/api/v1/meetings/{without_recording.meeting_id}/"
    for address in ("media/", "media/?original=1", "peaks/"):
        answer = api.get(one + address)
        assert (answer.status_code, answer.json()["code"]) == (410, "recording_deleted")
    assert api.get(one).json()["recording"]["deleted_at"]


def test_pages_and_exports_say_so_in_words(api, browser, without_recording):
    meeting = without_recording.meeting
    told = "The recording was deleted on"
    page = browser.get(f"/meetings/{meeting.pk}/").content.decode()
    assert told in page
    assert "The file as uploaded" not in page
    for format in ("txt", "md"):
        export = api.get(f"/api/v1/meetings/{meeting.pk}/transcript/export/?format={format}")
        assert told in export.content.decode()
    minutes = Minutes.objects.with_content().get()
    sheet = exporting.export(minutes, Asked("md", language="en")).content.decode()
    assert told in sheet


def test_only_what_needs_no_sound_is_done_again(user, without_recording):
    meeting = without_recording.meeting
    for stage in ("convert", "diarize", "transcribe"):
        with pytest.raises(RecordingDeleted):
            jobs.start(meeting=meeting, by=user, from_stage=stage, options={})
    assert processing.process(meeting=meeting, by=user, from_stage="report", options={})


def test_owners_set_the_rule_on_the_page_and_over_the_api(api, browser, team):
    browser.post(f"/workspaces/{team.pk}/retention/", {"recording_days": "30"})
    one = f"/api/v1/workspaces/{team.pk}/"
    told = {"recording_days": 30, "everything_days": None, "approved_too": False}
    assert api.get(one).json()["retention"] == told
    told = {"recording_days": None, "everything_days": 365, "approved_too": True}
    assert api.patch(one, {"retention": told}, format="json").json()["retention"] == told
    wrong = api.patch(one, {"retention": {"recording_days": 0}}, format="json")
    assert wrong.status_code == 400
    assert 'value="365"' in browser.get(f"/workspaces/{team.pk}/").content.decode()
    page = browser.post(f"/workspaces/{team.pk}/retention/", {"recording_days": "x"}, follow=True)
    assert "whole numbers" in page.content.decode()


def test_owners_keep_a_meeting_that_would_go(api, browser, team, rule):
    meeting = aged(90, workspace=team)
    rule(everything=30)
    housekeeping.keep()
    page = f"/meetings/{meeting.pk}/"
    assert "will be deleted on" in browser.get(page).content.decode()
    browser.post(f"{page}exempt/", {"exempt": "1"})
    assert "Kept whatever" in browser.get(page).content.decode()
    one = f"/api/v1/meetings/{meeting.pk}/"
    assert api.get(one).json()["is_exempt"] is True
    assert api.patch(one, {"is_exempt": False}, format="json").json()["is_exempt"] is False


def test_editors_keep_nothing(api_of, team):
    meeting = MeetingFactory.create(workspace=team)
    theirs = api_of(MembershipFactory(workspace=team).user)
    one = f"/api/v1/meetings/{meeting.pk}/"
    answer = theirs.patch(one, {"is_exempt": True}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "owners_only")
