"""Jobs over HTTP."""

import pytest

from meetings.models import Attempt
from meetings.serializers import JobSerializer
from tests.factories import AttemptFactory, JobFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def test_a_job_shows_its_stages_in_order_with_their_errors(api, user):
    job = JobFactory(
        meeting=MeetingFactory(owner=user),
        state="failed",
        stages={"convert": "succeeded", "diarize": "skipped", "transcribe": "dead"},
    )
    error = {"code": "weights_missing", "detail": "No weights.", "retryable": False}
    stored = {"code": "weights_missing", "sentence": "No weights.", "retryable": False}
    job.stages.filter(name="transcribe").update(error=stored)
    body = api.get(f"/api/v1/jobs/{job.pk}/").json()
    assert [(s["name"], s["state"]) for s in body["stages"]][:3] == [
        ("convert", "succeeded"),
        ("diarize", "skipped"),
        ("transcribe", "dead"),
    ]
    assert body["stages"][2]["error"] == error
    assert body["stages"][0]["error"] is None
    assert body["eta_seconds"] is None


def test_the_document_of_a_job_is_the_one_of_the_schema(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="running")
    body = api.get(f"/api/v1/jobs/{job.pk}/").json()
    assert set(body) == set(JobSerializer().fields)
    assert set(body["stages"][0]) == set(JobSerializer().fields["stages"].child.fields)


def test_a_job_costs_constant_queries_however_often_it_was_tried(
    api, user, django_assert_num_queries
):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="running")
    for stage in job.stages.all():
        for _ in range(5):
            AttemptFactory(stage=stage, outcome=Attempt.Outcome.FAILED)
    api.get(f"/api/v1/jobs/{job.pk}/")
    with django_assert_num_queries(4):  # session, person, job, stages
        api.get(f"/api/v1/jobs/{job.pk}/")


def test_a_failed_job_is_tried_again_and_keeps_what_is_done(api, user):
    job = JobFactory(
        meeting=MeetingFactory(owner=user),
        state="failed",
        stages={"convert": "succeeded", "diarize": "dead"},
    )
    response = api.post(f"/api/v1/jobs/{job.pk}/retry/")
    assert response.status_code == 202
    body = response.json()
    assert (body["id"], body["run"], body["state"]) == (str(job.pk), 2, "queued")
    states = {stage["name"]: stage["state"] for stage in body["stages"]}
    assert (states["convert"], states["diarize"]) == ("succeeded", "pending")
    assert response["Location"].endswith(f"/api/v1/jobs/{job.pk}/")


def test_a_job_that_succeeded_is_not_tried_again(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    response = api.post(f"/api/v1/jobs/{job.pk}/retry/")
    assert (response.status_code, response.json()["code"]) == (409, "nothing_to_retry")


def test_a_job_is_cancelled_once(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user))
    response = api.post(f"/api/v1/jobs/{job.pk}/cancel/")
    assert (response.status_code, response.json()["state"]) == (202, "cancelled")
    response = api.post(f"/api/v1/jobs/{job.pk}/cancel/")
    assert (response.status_code, response.json()["code"]) == (409, "nothing_to_cancel")


CALLS = [("get", ""), ("post", "retry/"), ("post", "cancel/")]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_strangers_find_no_job(api_of, user, stranger, method, path):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="failed")
    response = getattr(api_of(stranger), method)(f"/api/v1/jobs/{job.pk}/{path}")
    assert response.status_code == 404


@pytest.mark.parametrize(("method", "path"), CALLS[1:])
def test_viewers_move_no_job(api, user, method, path):
    home = MembershipFactory(user=user, role="viewer").workspace
    job = JobFactory(meeting=MeetingFactory(workspace=home), state="failed")
    response = getattr(api, method)(f"/api/v1/jobs/{job.pk}/{path}")
    assert (response.status_code, response.json()["code"]) == (403, "read_only")
