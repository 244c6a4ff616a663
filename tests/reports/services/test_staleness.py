"""The transcript changes under the minutes."""

import pytest

from reports.models import Minutes, Statement
from reports.services import editing
from tests.factories import MinutesFactory
from transcription.services import changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    return MinutesFactory.create(statements=4)


def about_budget():
    return Statement.objects.get(text__startswith="Бюджет")


def reword(minutes, text):
    segment = minutes.transcript.segments.get(text__startswith="Бюджет")
    segment.text, segment.words = text, []
    segment.save()
    changes.segments_were_changed(transcript=minutes.transcript, segments=[segment])


def test_what_rests_on_changed_words_is_checked_again_and_nothing_else(minutes):
    reword(minutes, "Бюджет составит триста тысяч рублей.")
    found = about_budget()
    assert (found.stale, found.verdict, found.reason) == (
        True,
        "unverified",
        "quote_not_in_segment",
    )
    assert Statement.objects.filter(stale=True).count() == 1


def test_a_small_change_elsewhere_in_the_segment_marks_but_keeps_the_verdict(minutes):
    reword(minutes, "Так. Бюджет составит двести тысяч рублей.")
    assert (about_budget().stale, about_budget().verdict) == (True, "supported")


def test_another_speaker_marks_what_rests_on_their_words(minutes):
    speaker = minutes.transcript.speakers.first()
    speaker.name = "Анна"
    speaker.save()
    changes.speakers_were_changed(transcript=minutes.transcript, speakers=[speaker])
    stale = Statement.objects.filter(stale=True)
    assert stale.count() == 2
    assert {s.evidence.get().segment.speaker for s in stale} == {speaker}


def test_who_saves_a_stale_statement_says_that_it_is_right(minutes, user):
    reword(minutes, "Так. Бюджет составит двести тысяч рублей.")
    row = about_budget()
    wording = {"text": row.text}
    saved = editing.change(statement=row, by=user, revision=row.revision, wording=wording)
    assert not saved.stale


def test_what_is_approved_stays_as_it_was_signed(minutes):
    Minutes.objects.update(state=Minutes.State.APPROVED)
    reword(minutes, "Бюджет составит триста тысяч рублей.")
    assert (about_budget().stale, about_budget().verdict) == (False, "supported")
