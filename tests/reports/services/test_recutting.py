"""Evidence goes along with the words when segments are split and merged."""

import pytest

from reports.models import Evidence, Minutes, Statement
from reports.services import editing as statements
from reports.services import versions
from tests.factories import MinutesFactory
from transcription.services import editing, history

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    return MinutesFactory.create(statements=4)


def first(minutes):
    return minutes.transcript.segments.order_by("start").first()


def lost():
    """Statements whose quotes stand nowhere."""
    return Statement.objects.filter(reason__in=["quote_not_in_segment", "segment_missing"])


def spans():
    return list(Evidence.objects.order_by("start").values_list("segment", "start", "quote"))


def test_a_split_parts_the_quote_and_its_undoing_joins_it(minutes, user):
    before = spans()
    segment = first(minutes)
    _one, two = editing.split(segment=segment, by=user, at=20)
    mine = Evidence.objects.filter(quote__in=["Предлагаю перенести", "выпуск на пятницу."])
    assert set(mine.values_list("segment", flat=True)) == {segment.pk, two.pk}
    assert not lost().exists()
    history.undo(transcript=minutes.transcript, by=user)
    assert spans() == before


def test_a_merge_takes_the_quotes_to_the_segment_that_stays(minutes, user):
    editing.merge(segment=first(minutes), by=user)
    assert Evidence.objects.filter(segment=first(minutes)).count() == 2
    assert not lost().exists()


def test_what_is_approved_keeps_the_evidence_that_was_signed(minutes, user):
    Minutes.objects.update(state=Minutes.State.APPROVED)
    before = spans()
    editing.merge(segment=first(minutes), by=user)
    editing.split(segment=first(minutes), by=user, at=20)
    assert spans() == before


def test_what_rests_on_dropped_words_is_no_longer_supported(minutes, user):
    wanted = editing.Wanted(is_dropped=True)
    editing.change(segment=first(minutes), by=user, wanted=wanted)
    [row] = Statement.objects.filter(stale=True)
    assert (row.verdict, row.reason) == ("unverified", "segment_missing")


def test_a_new_version_of_what_was_approved_rests_on_the_words_of_now(minutes, user):
    Minutes.objects.update(state=Minutes.State.APPROVED)
    segment = first(minutes)
    editing.change(segment=segment, by=user, wanted=editing.Wanted(text="Предлагаю подождать."))
    editing.merge(segment=minutes.transcript.segments.all()[1], by=user)
    copied = versions.copy(minutes=minutes, by=user)
    cited = Evidence.objects.filter(statement__section__minutes=copied).order_by("start")
    assert [e.segment.is_withdrawn for e in cited] == [False] * 4
    assert cited[0].quote == "Предлагаю подождать."
    stale = Statement.objects.filter(section__minutes=copied, stale=True)
    assert [s.text for s in stale] == ["Предлагаю перенести выпуск на пятницу."]


def test_a_statement_brought_back_finds_its_words_in_the_merged_segment(minutes, user):
    row = Statement.objects.get(text__startswith="Согласна")
    statements.drop(statement=row, by=user, revision=row.revision)
    editing.merge(segment=first(minutes), by=user)
    back = statements.restore(minutes=minutes, by=user, lineage=row.lineage)
    [evidence] = back.evidence.all()
    assert (evidence.segment, evidence.quote) == (first(minutes), row.text)
