"""What a workspace used: months, gauges and meetings, each from the ledgers and without guesses."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Quota
from accounts.months import this_month
from meetings.models import Deletion, Meeting, StageUsage
from meetings.services import deletion, moving, uploads
from reports.models import LlmCall
from reports.services import usage
from tests.factories import JobFactory, MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return user.workspaces.get()


def worked(meeting, seconds=60.0, *, stage="transcribe", at=None):
    row = StageUsage.objects.create(
        attempt=StageUsage.objects.count() + 1,
        workspace=meeting.workspace,
        meeting=meeting,
        stage=stage,
        outcome="succeeded",
        recording_seconds=seconds if stage == "transcribe" else 0,
        seconds=10,
    )
    if at:
        StageUsage.objects.filter(pk=row.pk).update(ended_at=at)


def called(meeting, tokens_in=100, tokens_out=20, *, at=None, cost=None):
    row = LlmCall.objects.create(
        workspace=meeting.workspace,
        meeting=meeting,
        provider="ollama",
        outcome="ok",
        seconds=1,
        tokens_in=tokens_in,
        tokens_out=tokens_out,
        cost=cost,
    )
    if at:
        LlmCall.objects.filter(pk=row.pk).update(created_at=at)


def test_months_add_up_what_ended_in_them(user, home):
    meeting = MeetingFactory.create(owner=user)
    month = this_month()
    before = month.start - timedelta(seconds=1)
    worked(meeting, 60)
    worked(meeting, stage="convert")
    worked(meeting, 100, at=before)
    called(meeting, cost=Decimal("0.5"))
    called(meeting)
    called(meeting, at=before)
    worked(MeetingFactory.create())
    (now, this), (last, one) = usage.months(home)[:2]
    assert (now, last) == (month, month.later(-1))
    assert (this.recordings, this.recording_seconds, this.seconds) == (1, 60, 20)
    assert this.stages == {"transcribe": 10, "convert": 10}
    assert (this.calls, this.tokens, this.cost) == (2, 240, Decimal("0.5"))
    assert (one.recording_seconds, one.calls) == (100, 1)
    assert all(used == usage.Used() for _month, used in usage.months(home)[2:])


def test_gauges_hold_used_against_limits(user, home):
    Quota.objects.create(workspace=home, hours=1, storage=1, llm_tokens=100, jobs=None)
    meeting = MeetingFactory.create(owner=user, recording__bytes=1024**2)
    worked(meeting, 1800)
    called(meeting)
    JobFactory(meeting=MeetingFactory.create(owner=user, recording__duration=900))
    found = {gauge.quota: gauge for gauge in usage.gauges(home)}
    assert (found["hours"].used, found["hours"].under_way) == (2700, 900)
    assert found["hours"].share == 0.75
    assert found["storage"].used == 1024**2 + 1000
    assert found["llm_tokens"].is_full and found["llm_tokens"].share == 1
    assert (found["jobs"].used, found["jobs"].limit, found["jobs"].is_full) == (0, None, False)


def test_unfinished_uploads_are_told_as_part_of_the_storage(user, home):
    MeetingFactory.create(owner=user)
    uploads.begin(by=user, workspace=home, filename="talk.ogg", size=300)
    (gauge,) = (gauge for gauge in usage.gauges(home) if gauge.quota == "storage")
    assert (gauge.used, gauge.under_way) == (1300, 300)
    row = usage.with_usage(type(home).objects.filter(pk=home.pk).select_related("quota")).get()
    assert usage.gauge_of(row, "storage").used == 1300


def test_a_meeting_is_told_with_its_own_use_and_that_of_no_other(user, home):
    meeting, idle = MeetingFactory.create(owner=user), MeetingFactory.create(owner=user)
    worked(meeting, 60)
    worked(meeting, stage="convert")
    called(meeting)
    called(meeting, cost=Decimal("0.25"))
    (found,) = usage.of_meetings(home, user, this_month())
    assert found == meeting and found != idle
    assert (found.recording_seconds, found.work_seconds) == (60, 20)
    assert (found.tokens, found.cost, found.bytes) == (240, Decimal("0.25"), 1000)


def test_what_deleted_and_moved_meetings_used_is_told_without_their_names(user, home, stranger):
    stays, moves, goes = (MeetingFactory.create(owner=user) for _ in range(3))
    for meeting in (stays, moves, goes):
        worked(meeting, 60)
        called(meeting)
    theirs = MembershipFactory(user=stranger, role="owner").workspace
    moving.move(meeting=moves, workspace=theirs)
    deletion.purge(meeting_id=goes.pk, cause=Deletion.Cause.PERSON)
    assert list(usage.of_meetings(home, user, this_month())) == [stays]
    rest = usage.elsewhere(home, user, this_month())
    assert (rest.recording_seconds, rest.calls, rest.tokens) == (120, 2, 240)
    assert usage.months(home)[0][1].recording_seconds == 180
    assert usage.months(theirs)[0][1] == usage.Used()


def test_the_operators_list_says_the_same(user, home):
    Quota.objects.create(workspace=home, hours=1)
    meeting = MeetingFactory.create(owner=user)
    worked(meeting, 60)
    called(meeting)
    JobFactory(meeting=meeting, state="running", admitted_at="2026-01-01T00:00Z")
    row = usage.with_usage(type(home).objects.filter(pk=home.pk).select_related("quota")).get()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = {
            name: usage.gauge_of(row, name) for name in ("hours", "storage", "llm_tokens", "jobs")
        }
    assert not queries.captured_queries
    assert {name: (gauge.used, gauge.limit) for name, gauge in found.items()} == {
        "hours": (60, 3600),
        "storage": (1000, None),
        "llm_tokens": (120, None),
        "jobs": (1, None),
    }


def test_a_meeting_of_ten_costs_no_more_queries_than_one(user, home):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            usage.gauges(home)
            usage.months(home)
            usage.elsewhere(home, user, this_month())
            list(usage.of_meetings(home, user, this_month()))
        return len(queries)

    def more(count):
        for meeting in MeetingFactory.create_batch(count, owner=user):
            worked(meeting)
            called(meeting)

    more(1)
    few = counted()
    more(9)
    assert counted() == few
    assert Meeting.objects.count() == 10
