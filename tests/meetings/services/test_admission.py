from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from meetings.errors import StageError
from meetings.models import Job, OutboxMessage
from meetings.pipeline import Spread
from meetings.services import admission, claims, endings, jobs, reaper
from tests.factories import MeetingFactory, WorkspaceFactory


def start(workspace):
    return jobs.start(meeting=MeetingFactory(workspace=workspace), by=None, options={})


def admitted(job):
    return OutboxMessage.objects.filter(job=job, run=job.run).exists()


@pytest.fixture
def few_places(settings):
    settings.STAGES_IN_FLIGHT = settings.WORKSPACE_STAGES_IN_FLIGHT = 2


@pytest.fixture
def flood(db, few_places):
    workspace = WorkspaceFactory()
    return [start(workspace) for _ in range(20)]


def test_a_workspace_that_floods_has_its_bound_with_the_workers(flood):
    assert [admitted(job) for job in flood] == [True] * 2 + [False] * 18
    assert {job.state for job in flood} == {Job.State.QUEUED}


def test_the_commit_that_frees_a_place_admits_the_other_workspaces_job(flood):
    other = start(WorkspaceFactory())
    assert not admitted(other)
    jobs.note_failed(flood[0])
    assert admitted(other)
    assert sum(map(admitted, flood)) == 2


def test_workspaces_take_turns_and_their_jobs_keep_their_order(flood):
    second, third = WorkspaceFactory(), WorkspaceFactory()
    others = [start(second), start(second), start(third)]
    waiting = [*flood, *others]
    order = []
    in_flight = Job.objects.filter(state="queued", admitted_at__isnull=False)
    while job := in_flight.order_by("admitted_at", "created_at").first():
        before = {job.pk for job in waiting if admitted(job)}
        jobs.cancel(job=job)
        order += [job for job in waiting if admitted(job) and job.pk not in before]
    assert len(order) == 21
    assert {job.meeting.workspace_id for job in order[:2]} == {second.pk, third.pk}
    assert order.index(others[1]) <= 4
    assert [job for job in order if job in flood] == flood[2:]


def test_while_there_are_places_another_workspace_does_not_wait(db, settings):
    settings.STAGES_IN_FLIGHT, settings.WORKSPACE_STAGES_IN_FLIGHT = 5, 2
    flooding = WorkspaceFactory()
    assert sum(admitted(start(flooding)) for _ in range(9)) == 2
    assert admitted(start(WorkspaceFactory()))


def test_the_reaper_sends_nothing_for_a_job_whose_turn_has_not_come(flood):
    OutboxMessage.objects.update(created_at="2020-01-01T00:00Z")
    Job.objects.update(created_at="2020-01-01T00:00Z", admitted_at=None)
    Job.objects.filter(pk__in=[flood[0].pk, flood[1].pk]).update(admitted_at="2020-01-01T00:00Z")
    assert reaper.reap() == 2
    assert sum(map(admitted, flood)) == 2


def test_the_reaper_admits_where_a_place_came_free_without_a_commit_of_ours(flood):
    flood[0].meeting.delete()
    reaper.reap()
    assert sum(map(admitted, flood)) == 2 and admitted(flood[2])


def test_a_job_that_is_tried_again_waits_for_its_turn(flood):
    jobs.cancel(job=flood[0])
    again = jobs.retry(job=flood[0])
    assert again.admitted_at is None
    assert not admitted(again)


def test_a_job_of_older_code_that_was_sent_unasked_takes_a_place_when_it_runs(flood):
    jobs.note_running(flood[5])
    flood[5].refresh_from_db()
    assert flood[5].admitted_at is not None


@pytest.mark.django_db(transaction=True)
def test_jobs_that_end_at_once_leave_no_place_empty_and_none_taken_twice(flood):
    def end(job):
        try:
            jobs.cancel(job=job)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        for _ in range(3):
            in_flight = list(Job.objects.filter(state="queued", admitted_at__isnull=False))
            list(pool.map(end, in_flight * 3))
            assert Job.objects.filter(state="queued", admitted_at__isnull=False).count() == 2


def claim(job, name, shard=None):
    return claims.claim(job_id=str(job.pk), run=job.run, name=name, shard=shard)


def shards_sent(job):
    return list(
        OutboxMessage.objects.filter(job=job, shard__isnull=False)
        .order_by("pk")
        .values_list("shard__shard", flat=True)
    )


@pytest.fixture
def long_job(db, few_places):
    """A job whose stage is spread over six shards, alone with two places."""
    job = start(WorkspaceFactory())
    endings.finish(claim(job, "convert"), lambda: None)
    endings.spread(claim(job, "diarize"), Spread(6))
    return job


def test_the_shards_of_a_long_recording_do_not_all_go_at_once(long_job):
    assert shards_sent(long_job) == [0, 1]
    endings.finish(claim(long_job, "diarize", 0), lambda: None)
    assert shards_sent(long_job) == [0, 1, 2]


def test_between_the_shards_of_a_long_recording_another_workspaces_job_gets_its_turn(long_job):
    other = start(WorkspaceFactory())
    assert not admitted(other)
    endings.finish(claim(long_job, "diarize", 1), lambda: None)
    assert admitted(other)
    assert shards_sent(long_job) == [0, 1]


def test_what_is_begun_goes_before_what_is_new_in_a_workspace(long_job):
    newer = start(long_job.meeting.workspace)
    endings.finish(claim(long_job, "diarize", 0), lambda: None)
    assert shards_sent(long_job) == [0, 1, 2]
    assert not admitted(newer)


def test_all_shards_are_done_in_the_end_and_the_job_goes_on(long_job):
    for number in range(6):
        endings.finish(claim(long_job, "diarize", number), lambda: None)
    assert shards_sent(long_job) == [0, 1, 2, 3, 4, 5]
    assert claim(long_job, "diarize") is not None


def test_a_shard_that_dies_frees_the_places_of_its_stage(long_job):
    waiting = [start(WorkspaceFactory()), start(WorkspaceFactory())]
    endings.fail(claim(long_job, "diarize", 0), StageError("broken"))
    assert sum(map(admitted, waiting)) == 1
    assert long_job.stages.get(name="diarize").state == "dead"


def test_the_reaper_does_not_send_shards_whose_turn_has_not_come(long_job):
    OutboxMessage.objects.update(created_at="2020-01-01T00:00Z")
    Job.objects.update(admitted_at="2020-01-01T00:00Z")
    assert reaper.reap() == 1
    assert shards_sent(long_job) == [0, 1, 0, 1]


def line(workspace, waiting, in_flight=0, served=0.0, since=0):
    return admission.Line(workspace, waiting, datetime.fromtimestamp(since, UTC), in_flight, served)


LINES = st.lists(
    st.builds(
        line,
        workspace=st.integers(1, 9),
        waiting=st.integers(0, 12),
        in_flight=st.integers(0, 6),
        served=st.floats(0, 1e6),
        since=st.integers(0, 10**6),
    ),
    unique_by=lambda line: line.workspace,
)


@given(LINES, st.integers(0, 40), st.integers(1, 6))
def test_places_are_filled_within_the_bounds_and_never_unevenly(lines, places, bound):
    before = {line.workspace: (line.waiting, line.in_flight) for line in lines}
    order = admission.turns(lines, places=places, bound=bound)
    room = sum(min(w, max(0, bound - f)) for w, f in before.values())
    assert len(order) == min(max(0, places), room)
    for workspace, (waiting, in_flight) in before.items():
        given_to = order.count(workspace)
        assert given_to <= waiting
        assert given_to == 0 or in_flight + given_to <= bound
        for other, (others_waiting, others_in_flight) in before.items():
            if (
                order.count(other) < others_waiting
                and others_in_flight + order.count(other) < bound
            ):
                assert (
                    given_to == 0
                    or in_flight + given_to <= others_in_flight + order.count(other) + 1
                )


def test_of_two_equals_the_one_served_longer_ago_is_next():
    lines = [line(1, 5, in_flight=1, served=20), line(2, 5, in_flight=1, served=10)]
    assert admission.turns(lines, places=4, bound=9) == [2, 1, 2, 1]
