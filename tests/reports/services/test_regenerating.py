"""A draft written anew: what people said stays theirs."""

from types import SimpleNamespace

import pytest

from meetings.errors import StageError
from meetings.models import Job
from reports.errors import EditedByPeople, Frozen
from reports.models import Edit, Minutes, Statement
from reports.services import editing, regenerating, reporting, writing
from reports.services.regenerating import Scope
from reports.writers import base
from tests.factories import JobFactory, MeetingFactory, MinutesFactory, TranscriptFactory

pytestmark = pytest.mark.django_db


class Writer:
    """Writes each segment down in capitals, as a decision, with a last one of its own."""

    name = "loud"

    def write(self, meeting, *, progress=lambda share: None):
        said = [
            base.Statement(
                "decision",
                s.text.upper(),
                (base.Evidence(s.id, s.start, s.end, s.text),),
            )
            for s in meeting.segments
        ]
        return base.Draft((base.Section("decision", "Решения", tuple(said)),), self.name)


@pytest.fixture(autouse=True)
def loud(monkeypatch):
    monkeypatch.setattr(writing, "writer", lambda *args, **kwargs: Writer())


@pytest.fixture
def minutes(user):
    """Three decisions on the first three of four segments."""
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    made = MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=3)
    made.sections.update(kind="decision", title="Решения")
    Statement.objects.update(kind="decision", assignee="")
    return made


def rows(minutes):
    found = Statement.objects.filter(section__minutes=minutes)
    return list(found.order_by("section__position", "position"))


def texts(minutes):
    return [row.text for row in rows(minutes)]


def run(minutes, by, **scope):
    job = regenerating.ask(minutes=minutes, by=by, scope=Scope(str(minutes.pk), **scope))
    claim = SimpleNamespace(
        job_id=str(job.pk),
        meeting_id=str(job.meeting_id),
        options=job.options,
        metrics={},
        report=lambda share: None,
        check=lambda: None,
    )
    reporting.report(claim)()
    Job.objects.filter(pk=job.pk).update(state="succeeded")
    return claim.metrics


def edit(row, by, text="Слова человека."):
    return editing.change(statement=row, by=by, revision=row.revision, wording={"text": text})


def test_one_statement_is_written_anew_and_the_others_stay(minutes, user):
    before = rows(minutes)
    run(minutes, user, statement=str(before[1].lineage))
    after = rows(minutes)
    assert after[1].text == before[1].text.upper()
    assert [after[0].text, after[2].text] == [before[0].text, before[2].text]
    assert (after[1].lineage, after[1].revision) == (before[1].lineage, 2)
    assert Edit.objects.get().action == "regenerated"


def test_one_section_is_written_anew(minutes, user):
    before = texts(minutes)
    _first, second = minutes.sections.all()
    run(minutes, user, section=second.pk)
    assert texts(minutes)[:2] == before[:2]
    assert [s.text for s in second.statements.all()] == [before[2].upper()]


def test_all_is_written_anew_with_what_is_new_behind_what_it_followed(minutes, user):
    before = rows(minutes)
    assert run(minutes, user)["regenerated"] == 4
    after = rows(minutes)
    spoken = [s.text.upper() for s in minutes.transcript.segments.order_by("start")]
    assert sorted(texts(minutes)) == sorted(spoken)
    assert {row.lineage for row in before} < {row.lineage for row in after}
    for section in minutes.sections.all():
        positions = [s.position for s in section.statements.order_by("position")]
        assert positions == list(range(len(positions)))


def test_what_a_person_edited_stays_and_is_asked_for(minutes, user):
    row = edit(rows(minutes)[0], user)
    run(minutes, user)
    assert rows(minutes)[0].text == "Слова человека."
    with pytest.raises(EditedByPeople):
        run(minutes, user, statement=str(row.lineage))
    run(minutes, user, statement=str(row.lineage), overwrite=True)
    again = rows(minutes)[0]
    assert again.text.isupper()
    assert again.edited_at is None
    assert Edit.objects.filter(lineage=row.lineage).last().before["text"] == "Слова человека."


def test_what_a_person_dropped_does_not_come_back(minutes, user):
    row = rows(minutes)[1]
    editing.drop(statement=row, by=user, revision=1)
    run(minutes, user)
    assert row.text.upper() not in texts(minutes)


def test_what_the_writer_no_longer_finds_is_dropped_from_a_whole_but_kept_alone(minutes, user):
    row = rows(minutes)[2]
    row.evidence.all().delete()
    Statement.objects.filter(pk=row.pk).update(text="Больше не звучит")
    run(minutes, user, statement=str(row.lineage))
    assert "Больше не звучит" in texts(minutes)
    run(minutes, user)
    assert "Больше не звучит" not in texts(minutes)


def test_approved_minutes_are_not_written_anew(minutes, user):
    Minutes.objects.update(state="approved")
    with pytest.raises(Frozen):
        run(minutes, user)


def test_a_draft_that_went_to_review_meanwhile_is_left_alone(minutes, user):
    job = regenerating.ask(minutes=minutes, by=user, scope=Scope(str(minutes.pk)))
    claim = SimpleNamespace(
        job_id=str(job.pk),
        meeting_id=str(job.meeting_id),
        options=job.options,
        metrics={},
        report=lambda share: None,
        check=lambda: None,
    )
    commit = reporting.report(claim)
    Minutes.objects.update(state="in_review")
    with pytest.raises(StageError):
        commit()
    assert not any(text.isupper() for text in texts(minutes))


def new_version(minutes, transcript=None):
    job = JobFactory(meeting=minutes.meeting, done=True)
    if transcript:
        TranscriptFactory(job=job, meeting=minutes.meeting)
    claim = SimpleNamespace(
        job_id=str(job.pk),
        meeting_id=str(minutes.meeting_id),
        options={},
        metrics={},
        report=lambda share: None,
        check=lambda: None,
    )
    reporting.report(claim)()
    return Minutes.objects.get(job=job)


@pytest.mark.parametrize("transcript", [None, "another"])
def test_a_new_version_keeps_lineages_edits_and_drops_on_any_transcript(minutes, user, transcript):
    first, second, third = rows(minutes)
    edit(first, user)
    editing.drop(statement=second, by=user, revision=1)
    made = new_version(minutes, transcript)
    assert made.version == 2
    assert (made.transcript_id == minutes.transcript_id) == (transcript is None)
    kept = Statement.objects.get(section__minutes=made, lineage=first.lineage)
    assert (kept.text, kept.edited_by) == ("Слова человека.", user)
    assert kept.evidence.get().segment.transcript_id == made.transcript_id
    assert second.text.upper() not in texts(made)
    again = Statement.objects.get(section__minutes=made, lineage=third.lineage)
    assert again.text == third.text.upper()
    assert made.notes == ["edits_kept:2"]


def test_an_edited_statement_that_nothing_replaces_is_added_to_its_section(minutes, user):
    row = rows(minutes)[0]
    edited = editing.change(
        statement=row, by=user, revision=1, wording={"text": "Сказано устно."}, spans=[]
    )
    made = new_version(minutes)
    kept = Statement.objects.get(section__minutes=made, lineage=edited.lineage)
    assert (kept.text, kept.reason) == ("Сказано устно.", "no_evidence")
    assert kept.section.kind == "decision"
