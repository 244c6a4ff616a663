"""Minutes over HTTP."""

import pytest

from meetings.models import Job
from reports.serializers.minutes import MinutesSerializer
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


def minutes_of(person, statements=2):
    job = JobFactory(meeting=MeetingFactory(owner=person), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=statements)


def test_the_minutes_are_the_ones_of_the_schema(api, user):
    minutes = minutes_of(user)
    body = api.get(f"/api/v1/meetings/{minutes.meeting_id}/minutes/").json()
    fields = MinutesSerializer().fields
    statement = fields["sections"].child.fields["statements"].child.fields
    assert set(body) == set(fields)
    assert body["support"] == {"statements": 2, "supported": 2, "unverified": 0}
    assert set(body["action_items"][0]) == set(statement)
    evidence = body["sections"][0]["statements"][0]["evidence"][0]
    assert set(evidence) == set(statement["evidence"].child.fields)
    assert api.get(f"/api/v1/minutes/{minutes.pk}/").json() == body


def test_the_newest_version_is_the_meetings(api, user):
    first = minutes_of(user)
    second = MinutesFactory.create(transcript=first.transcript)
    body = api.get(f"/api/v1/meetings/{first.meeting_id}/minutes/").json()
    assert (body["id"], body["version"]) == (str(second.pk), 2)
    assert api.get(f"/api/v1/minutes/{first.pk}/").json()["version"] == 1


@pytest.mark.parametrize("statements", [10, 100])
def test_the_minutes_cost_constant_queries(api, user, statements, django_assert_num_queries):
    minutes = minutes_of(user, statements)
    # session, person, minutes, the transcript's speakers, sections, statements, evidence, segments,
    # the segments' speakers, the audit log
    with django_assert_num_queries(11):
        body = api.get(f"/api/v1/minutes/{minutes.pk}/").json()
    assert body["support"]["statements"] == statements


def test_before_there_are_minutes_the_answer_says_that_they_are_not_ready(api, user):
    meeting = MeetingFactory(owner=user)
    response = api.get(f"/api/v1/meetings/{meeting.pk}/minutes/")
    assert (response.status_code, response.json()["code"]) == (404, "not_ready")
    assert response.json()["retryable"] is True


def test_a_new_version_is_written_by_a_job_of_one_stage(api, user):
    minutes = minutes_of(user)
    response = api.post(f"/api/v1/meetings/{minutes.meeting_id}/minutes/")
    assert response.status_code == 202
    job = Job.objects.get(pk=response.json()["id"])
    pending = [stage.name for stage in job.stages.filter(state="pending")]
    assert pending == ["report"]
    assert response["Location"].endswith(f"/api/v1/jobs/{job.pk}/")


def test_without_a_transcript_no_minutes_are_written(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="failed")
    response = api.post(f"/api/v1/meetings/{job.meeting_id}/minutes/")
    assert (response.status_code, response.json()["code"]) == (409, "stage_not_done")


def test_strangers_find_no_version(api_of, user, stranger):
    minutes = minutes_of(user)
    assert api_of(stranger).get(f"/api/v1/minutes/{minutes.pk}/").status_code == 404


def test_viewers_write_no_version(api, user):
    home = MembershipFactory(user=user, role="viewer").workspace
    job = JobFactory(meeting=MeetingFactory(workspace=home), done=True)
    response = api.post(f"/api/v1/meetings/{job.meeting_id}/minutes/")
    assert (response.status_code, response.json()["code"]) == (403, "read_only")
