"""What is thrown away is out of sight, comes back whole, and is gone when its time is over."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import translation

from accounts.errors import OwnersOnly
from meetings.errors import ConfirmationNeeded, InTheBin
from meetings.models import Deletion, IdempotencyKey, Meeting
from meetings.services import binning, housekeeping, jobs, sharing
from reports.models import Minutes
from reports.services import approving, carry_overs
from tests.factories import (
    ActionItemFactory,
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SeriesFactory,
    TranscriptFactory,
)
from transcription.models import Transcript

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(user):
    return MembershipFactory(user=user, role="owner").workspace


@pytest.fixture
def meeting(team):
    return MeetingFactory.create(workspace=team)


@pytest.fixture
def approved(user, meeting):
    job = JobFactory(meeting=meeting, done=True)
    minutes = MinutesFactory.create(transcript=TranscriptFactory(job=job))
    approving.send(minutes=minutes, by=user, reviewers=[user.pk])
    approving.approve(minutes=minutes, by=user)
    number = meeting.protocol_number
    return f"{number.number}/{number.year}"


def test_nobody_sees_what_lies_in_the_bin_and_all_see_it_again(user, stranger, meeting):
    sharing.share(meeting=meeting, email=stranger.email, right="edit", by=user)
    _link, token = sharing.make_link(meeting=meeting, by=user, days=1)
    binning.delete(meeting=meeting, by=user)
    for person in (user, stranger):
        assert not Meeting.objects.visible_to(person).exists()
        assert not Meeting.objects.editable_by(person).exists()
        assert not Meeting.objects.governed_by(person).exists()
    assert sharing.link_of(token) is None
    assert [found.pk for found in Meeting.objects.binned_for(user)] == [meeting.pk]
    assert not Meeting.objects.binned_for(stranger).exists()
    binning.restore(meeting=meeting)
    assert Meeting.objects.visible_to(stranger).get() == meeting
    assert sharing.link_of(token)
    assert not Meeting.objects.binned_for(user).exists()


def test_nothing_of_it_is_lost_in_the_bin(user, approved, meeting):
    before = [Minutes.objects.values_list().get(), Transcript.objects.values_list().get()]
    binning.delete(meeting=meeting, by=user, confirmation=approved)
    binning.restore(meeting=meeting)
    assert [Minutes.objects.values_list().get(), Transcript.objects.values_list().get()] == before


def test_its_job_is_cancelled_and_none_begins(user, meeting):
    job = JobFactory.create(meeting=meeting, state="running")
    binning.delete(meeting=meeting, by=user)
    job.refresh_from_db()
    assert job.state == "cancelled"
    with pytest.raises(InTheBin):
        jobs.retry(job=job)
    with pytest.raises(InTheBin):
        jobs.start(meeting=meeting, by=user, options={})
    binning.restore(meeting=meeting)
    assert jobs.retry(job=job).state == "queued"


def test_editors_throw_away_but_not_what_is_approved(user, meeting, approved, team):
    editor = MembershipFactory(workspace=team).user
    with pytest.raises(OwnersOnly):
        binning.delete(meeting=meeting, by=editor, confirmation=approved)
    with pytest.raises(ConfirmationNeeded) as refused:
        binning.delete(meeting=meeting, by=user)
    assert refused.value.extra == {"confirmation": approved}
    binning.delete(meeting=meeting, by=user, confirmation=f" {approved} ")
    assert Meeting.objects.binned_for(editor).exists()
    with pytest.raises(OwnersOnly):
        binning.delete(meeting=meeting, by=editor, for_good=True)
    other = MeetingFactory.create(workspace=team)
    binning.delete(meeting=other, by=editor)
    assert Meeting.objects.binned_for(user).count() == 2


def test_what_goes_is_told(meeting, approved):
    with translation.override("en"):
        texts = [part.text for part in binning.parts_of(meeting)]
    assert any("meeting.ogg" in text for text in texts)
    assert "1 version of the minutes" in texts
    assert f"approved minutes no. {approved}" in texts
    assert any("4 segments" in text for text in texts)


def test_when_its_time_is_over_it_is_gone_for_good(user, meeting, settings):
    young = MeetingFactory.create(workspace=meeting.workspace)
    for one in (meeting, young):
        binning.delete(meeting=one, by=user)
    Meeting.objects.filter(pk=meeting.pk).update(
        binned_at=Now() - timedelta(days=settings.BIN_DAYS, seconds=1)
    )
    housekeeping.keep()
    housekeeping.keep()
    assert Meeting.objects.get() == young
    assert Deletion.objects.get().cause == "bin"


def test_without_a_bin_it_is_gone_at_once(user, meeting, settings):
    settings.BIN_DAYS = 0
    binning.delete(meeting=meeting, by=user)
    assert not Meeting.objects.exists()


def test_the_next_meeting_hears_nothing_of_a_binned_ones_items(user):
    series = SeriesFactory.create(owner=user)
    earlier = MeetingFactory.create(owner=user, series=series)
    ActionItemFactory(meeting=earlier)
    later = MeetingFactory.create(owner=user, series=series, held_at=earlier.held_at + timedelta(1))
    assert carry_overs._carried_into(later).count() == 1
    binning.delete(meeting=earlier, by=user)
    assert carry_overs._carried_into(later).count() == 0
    assert type(series).objects.with_meetings().get().meetings_count == 1


def test_answers_are_kept_for_a_day(user):
    for key in ("old", "new"):
        IdempotencyKey.objects.create(user=user, key=key, digest="")
    IdempotencyKey.objects.filter(key="old").update(created_at=Now() - timedelta(hours=25))
    housekeeping.keep()
    assert IdempotencyKey.objects.get().key == "new"
