"""The factories make what the models allow."""

import pytest

from tests.factories import JobFactory, MeetingFactory, MinutesFactory, TranscriptFactory

pytestmark = pytest.mark.django_db


def test_a_meeting_belongs_to_its_owners_personal_workspace(user):
    meeting = MeetingFactory(owner=user)
    assert user.workspaces.get(personal=True) == meeting.workspace
    assert meeting.recording.duration == 60


def test_a_job_has_every_stage_in_the_state_asked_for():
    job = JobFactory(state="running", stages={"convert": "succeeded", "diarize": "running"})
    states = {stage.name: stage.state for stage in job.stages.all()}
    assert states["convert"] == "succeeded"
    assert states["diarize"] == "running"
    assert states["report"] == "pending"
    assert {stage.state for stage in JobFactory(done=True).stages.all()} == {"succeeded"}


def test_a_transcript_has_speakers_segments_and_words():
    transcript = TranscriptFactory(segments=5)
    assert [s.label for s in transcript.speakers.all()] == ["S1", "S2"]
    assert transcript.segments.count() == 5
    assert all(segment.words for segment in transcript.segments.all())
    assert transcript.meeting == transcript.job.meeting


def test_minutes_rest_on_their_transcript():
    minutes = MinutesFactory(statements=3)
    assert minutes.meeting == minutes.transcript.meeting
    kinds = [s.kind for section in minutes.sections.all() for s in section.statements.all()]
    assert kinds == ["decision", "action_item", "decision"]
