"""A later change is a new version."""

import pytest

from reports.models import Minutes, Statement
from reports.services import comparing, editing, versions
from tests.factories import JobFactory, MinutesFactory, TranscriptFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    return MinutesFactory.create(statements=4, state="approved")


def rows(minutes):
    return list(Statement.objects.filter(section__minutes=minutes).order_by("section", "position"))


def same(row):
    evidence = [(e.segment_id, e.start, e.end, e.quote) for e in row.evidence.all()]
    return row.lineage, row.text, row.kind, row.assignee, row.position, evidence


def test_the_copy_is_a_draft_with_the_same_statements_and_the_original_stays(minutes, user):
    made = versions.copy(minutes=minutes, by=user)
    assert (made.version, made.state, made.job) == (2, "draft", None)
    assert [same(row) for row in rows(made)] == [same(row) for row in rows(minutes)]
    editing.change(statement=rows(made)[0], by=user, revision=1, wording={"text": "Иначе."})
    assert rows(minutes)[0].text != "Иначе."


def test_the_copy_rests_on_a_newer_transcript_and_marks_what_reads_otherwise_there(minutes, user):
    job = JobFactory(meeting=minutes.meeting, done=True)
    other = TranscriptFactory.create(job=job)
    changed = other.segments.get(text__startswith="Бюджет")
    changed.text, changed.words = "Бюджет составит триста тысяч рублей.", []
    changed.save()
    made = versions.copy(minutes=minutes, by=user)
    assert made.transcript == other
    assert {e.segment.transcript for row in rows(made) for e in row.evidence.all()} == {other}
    [stale] = [row for row in rows(made) if row.stale]
    assert (stale.text, stale.verdict) == ("Бюджет составит двести тысяч рублей.", "unverified")


def test_the_difference_is_against_the_version_before_or_any_other(minutes, user):
    second = versions.copy(minutes=minutes, by=user)
    editing.change(
        statement=rows(second)[0], by=user, revision=1, wording={"text": "Выпуск в пятницу."}
    )
    third = versions.copy(minutes=second, by=user)
    third = Minutes.objects.with_content().get(pk=third.pk)
    assert comparing.compare(third)["totals"]["same"] == 4
    found = comparing.compare(third, "1")
    assert (found["before"]["version"], found["totals"]["changed"]) == (1, 1)
    assert comparing.compare(third, "9") is None
    first = Minutes.objects.with_content().get(pk=minutes.pk)
    assert comparing.compare(first)["totals"]["added"] == 4
