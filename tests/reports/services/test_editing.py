"""Statements of a draft in people's hands."""

import pytest

from reports.errors import ChangedMeanwhile, Frozen, InReview, NothingToRestore, UnknownSegment
from reports.models import Edit, Minutes, Statement
from reports.services import editing
from reports.services.citations import Span, quoted
from reports.services.editing import Place
from tests.factories import MinutesFactory, SegmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    """Four statements in two sections, each on a segment of its own."""
    return MinutesFactory.create(statements=4)


def rows(minutes):
    return list(Statement.objects.filter(section__minutes=minutes).order_by("section", "position"))


def order(section):
    return list(section.statements.order_by("position").values_list("text", "position"))


def change(statement, by, **changes):
    given = {"revision": statement.revision, "wording": {}} | changes
    return editing.change(statement=statement, by=by, **given)


def test_a_planted_number_makes_a_statement_unverified_and_taking_it_back_supports_it(
    minutes, user
):
    statement = rows(minutes)[2]
    wrong = change(statement, user, wording={"text": "Бюджет составит 300 тысяч рублей."})
    assert (wrong.verdict, wrong.reason) == ("unverified", "number_not_in_evidence")
    right = change(wrong, user, wording={"text": "Бюджет составит 200 тысяч рублей."})
    assert (right.verdict, right.reason, right.revision) == ("supported", "", 3)
    assert (right.edited_by, right.lineage) == (user, statement.lineage)


def test_who_read_an_older_revision_changes_nothing_and_sees_what_is_there(minutes, user):
    statement = rows(minutes)[0]
    change(statement, user, wording={"text": "Выпуск в пятницу."})
    with pytest.raises(ChangedMeanwhile) as error:
        change(statement, user, wording={"text": "Нет."})
    assert error.value.extra["current"]["text"] == "Выпуск в пятницу."
    with pytest.raises(ChangedMeanwhile):
        editing.drop(statement=statement, by=user, revision=1)


def test_evidence_is_quoted_from_the_words_of_the_segment(minutes, user):
    statement = rows(minutes)[0]
    segment = minutes.transcript.segments.get(text__startswith="Бюджет")
    first, second = segment.words[1], segment.words[2]
    span = Span(segment.pk, first["start"], second["end"])
    evidence = change(statement, user, wording={}, spans=[span]).evidence.get()
    assert evidence.quote == "составит двести"
    assert (evidence.start, evidence.end) == (first["start"], second["end"])


def test_evidence_that_was_quoted_already_stays_as_it_was(minutes, user):
    statement = rows(minutes)[0]
    old = statement.evidence.get()
    old.quote = "выпуск"
    old.save()
    kept = Span(old.segment_id, old.start, old.end)
    other = Span(rows(minutes)[1].evidence.get().segment_id)
    quotes = [e.quote for e in change(statement, user, spans=[kept, other, other]).evidence.all()]
    assert quotes == ["выпуск", rows(minutes)[1].text]


def test_words_outside_the_span_are_not_quoted_and_no_words_quote_the_segment():
    segment = SegmentFactory.build(pk=7, transcript=None, text="раз два три", start=10.0)
    assert quoted(segment, 10.25, 10.35).quote == "два"
    assert quoted(segment, 99.0, 100.0).quote == "раз два три"
    assert quoted(segment, None, None).end == segment.end


def test_the_words_of_another_transcript_are_no_evidence(minutes, user):
    foreign = SegmentFactory.create()
    with pytest.raises(UnknownSegment):
        change(rows(minutes)[0], user, spans=[Span(foreign.pk)])


def test_a_statement_moves_within_its_section_and_to_another(minutes, user):
    first, second, third, _fourth = rows(minutes)
    change(second, user, place=Place(first.section_id, 0))
    assert order(first.section) == [(second.text, 0), (first.text, 1)]
    moved = change(first, user, place=Place(third.section_id, 1))
    assert [text for text, _ in order(third.section)][1] == first.text
    assert [position for _, position in order(third.section)] == [0, 1, 2]
    assert order(second.section) == [(second.text, 0)]
    assert moved.edited_by is None
    assert [edit.action for edit in Edit.objects.all()] == ["moved", "moved"]


def test_what_comes_under_a_heading_becomes_what_the_heading_says(minutes, user):
    decision, *_, last = rows(minutes)
    last.section.kind = "action_item"
    last.section.save()
    moved = change(decision, user, place=Place(last.section_id))
    assert moved.kind == "action_item"


def test_only_action_items_keep_who_and_until_when(minutes, user):
    task = rows(minutes)[1]
    changed = change(task, user, wording={"kind": "decision"})
    assert (task.assignee, changed.assignee) == ("Анна", "")


def test_a_new_statement_is_checked_like_the_others(minutes, user):
    section = minutes.sections.first()
    made = editing.add(
        minutes=minutes,
        by=user,
        place=Place(section.pk, 0),
        wording={"text": "Выпуск в пятницу.", "kind": "decision"},
        spans=[Span(rows(minutes)[1].evidence.get().segment_id)],
    )
    assert (made.verdict, made.position, made.edited_by) == ("supported", 0, user)
    bare = editing.add(
        minutes=minutes, by=user, place=Place(section.pk), wording={"text": "Так."}, spans=[]
    )
    assert (bare.verdict, bare.reason, bare.position) == ("unverified", "no_evidence", 3)


def test_a_dropped_statement_comes_back_as_it_was_and_where_it_was(minutes, user):
    first, second, *_ = rows(minutes)
    edited = change(first, user, wording={"text": "Перенести выпуск."})
    editing.drop(statement=edited, by=user, revision=2)
    assert order(second.section) == [(second.text, 0)]
    back = editing.restore(minutes=minutes, by=user, lineage=first.lineage)
    assert (back.text, back.position, back.revision) == ("Перенести выпуск.", 0, 2)
    assert (back.edited_by, back.evidence.count()) == (user, 1)
    with pytest.raises(NothingToRestore):
        editing.restore(minutes=minutes, by=user, lineage=first.lineage)


@pytest.mark.parametrize(("state", "error"), [("in_review", InReview), ("approved", Frozen)])
def test_only_drafts_change(minutes, user, state, error):
    Minutes.objects.update(state=state)
    statement = rows(minutes)[0]
    section = minutes.sections.first().pk
    with pytest.raises(error):
        change(statement, user, wording={"text": "Нет."})
    with pytest.raises(error):
        editing.drop(statement=statement, by=user, revision=1)
    with pytest.raises(error):
        editing.add(minutes=minutes, by=user, place=Place(section), wording={}, spans=[])
    assert Statement.objects.count() == 4


def test_the_history_keeps_who_changed_what_from_what(minutes, user):
    statement = rows(minutes)[0]
    change(statement, user, wording={"text": "Выпуск в пятницу."})
    edit = Edit.objects.get()
    assert (edit.by, edit.action, edit.lineage) == (user, "changed", statement.lineage)
    assert edit.before["text"] == statement.text
    assert edit.before["evidence"][0]["quote"] == statement.text
