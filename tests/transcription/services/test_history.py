"""Undo without limit, redo, any earlier state; whatever people did, the words come back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import SegmentFactory, TranscriptFactory, UserFactory
from transcription.errors import ChangedSince, NothingToRedo, NothingToUndo
from transcription.models import Segment, Speaker
from transcription.services import desk, editing, history, replacing, speakers
from transcription.services.editing import Voice, Wanted


def state(transcript):
    """All that people see: segments in order with everything that can be edited, and voices."""
    rows = Segment.everything.filter(transcript=transcript, is_withdrawn=False)
    voices = Speaker.objects.filter(transcript=transcript).order_by("position")
    return (
        [[row.pk, *(getattr(row, f) for f in desk.SEGMENT_FIELDS)] for row in rows.order_by("pk")],
        [(voice.label, voice.name) for voice in voices],
    )


def act(transcript, by, kind, n):
    """One edit of ``kind``; which segment or speaker is up to ``n``."""
    rows = list(Segment.everything.filter(transcript=transcript, is_withdrawn=False).order_by("pk"))
    row = rows[n % len(rows)]
    voices = list(transcript.speakers.order_by("position"))
    voice = voices[n % len(voices)]
    acts = {
        "text": lambda: editing.change(segment=row, by=by, wanted=Wanted(text=f"Слово {n} ещё.")),
        "new": lambda: editing.change(segment=row, by=by, wanted=Wanted(voice=Voice(name=f"П{n}"))),
        "voice": lambda: editing.change(
            segment=row, by=by, wanted=Wanted(voice=Voice(voice.label))
        ),
        "confirm": lambda: editing.change(segment=row, by=by, wanted=Wanted(is_confirmed=True)),
        "drop": lambda: editing.change(
            segment=row, by=by, wanted=Wanted(is_dropped=not row.is_dropped)
        ),
        "split": lambda: editing.split(segment=row, by=by, at=1 + n % max(1, len(row.text) - 1)),
        "merge": lambda: editing.merge(segment=row, by=by),
        "range": lambda: editing.reassign(first=row, last=rows[0], by=by, voice=Voice(voice.label)),
        "rename": lambda: speakers.rename(speaker=voice, by=by, name=f"Имя {n}"),
        "join": lambda: speakers.merge(speaker=voice, into=voices[0], by=by),
        "replace": lambda: replacing.replace(
            transcript=transcript, by=by, wanted=replacing.Wanted("на", f"под {n}")
        ),
        "undo": lambda: history.undo(transcript=transcript, by=by),
        "redo": lambda: history.redo(transcript=transcript, by=by),
        "restore": lambda: history.restore(transcript=transcript, by=by, number=n % 4),
    }
    try:
        acts[kind]()
    except Exception as error:
        if not hasattr(error, "code"):
            raise


KINDS = (
    "text new voice confirm drop split merge range rename join replace undo redo restore".split()
)


class AnySequence(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 60)), max_size=12))
    def test_any_sequence_of_edits_undone_gives_the_original(self, sequence):
        transcript, by = TranscriptFactory.create(), UserFactory.create()
        SegmentFactory(transcript=transcript, start=20, flags=["low_confidence"])
        original = state(transcript)
        for kind, n in sequence:
            act(transcript, by, kind, n)
        worked = state(transcript)
        last = transcript.edits.count()
        while history.to_undo(transcript, by):
            history.undo(transcript=transcript, by=by)
        assert state(transcript) == original
        history.restore(transcript=transcript, by=by, number=last)
        assert state(transcript) == worked
        history.restore(transcript=transcript, by=by, number=0)
        assert state(transcript) == original


@pytest.fixture
def transcript(db):
    return TranscriptFactory.create()


@pytest.fixture
def people(db):
    return UserFactory.create(name="Anna"), UserFactory.create(name="Boris")


def reword(transcript, n, by, text):
    segment = transcript.segments.order_by("start")[n]
    return editing.change(segment=segment, by=by, wanted=Wanted(text=text))


def text(transcript, n):
    return transcript.segments.order_by("start")[n].text


def test_undone_is_done_again_until_something_else_is_done(transcript, people):
    anna, _boris = people
    reword(transcript, 0, anna, "Раз.")
    reword(transcript, 0, anna, "Два.")
    history.undo(transcript=transcript, by=anna)
    assert text(transcript, 0) == "Раз."
    history.redo(transcript=transcript, by=anna)
    assert text(transcript, 0) == "Два."
    history.undo(transcript=transcript, by=anna)
    reword(transcript, 1, anna, "Три.")
    with pytest.raises(NothingToRedo):
        history.redo(transcript=transcript, by=anna)


def test_a_restored_state_is_undone_where_a_voice_was_gone_before(transcript, people):
    anna, _boris = people
    segment, heir = transcript.segments.first(), transcript.speakers.last()
    new = editing.change(segment=segment, by=anna, wanted=Wanted(voice=Voice(name="Олег"))).speaker
    speakers.merge(speaker=new, into=heir, by=anna)
    worked = state(transcript)
    history.restore(transcript=transcript, by=anna, number=0)
    history.undo(transcript=transcript, by=anna)
    assert state(transcript) == worked


def test_everybody_undoes_their_own(transcript, people):
    anna, boris = people
    before = text(transcript, 0)
    reword(transcript, 0, anna, "Анна.")
    reword(transcript, 1, boris, "Борис.")
    history.undo(transcript=transcript, by=anna)
    assert (text(transcript, 0), text(transcript, 1)) == (before, "Борис.")
    with pytest.raises(NothingToUndo):
        history.undo(transcript=transcript, by=anna)


def test_what_somebody_worked_on_since_is_not_undone_under_them(transcript, people):
    anna, boris = people
    editing.split(segment=transcript.segments.first(), by=anna, at=10)
    reword(transcript, 1, boris, "Борис правил.")
    with pytest.raises(ChangedSince):
        history.undo(transcript=transcript, by=anna)
    assert text(transcript, 1) == "Борис правил."


def test_words_merged_into_others_since_are_not_undone_unseen(transcript, people):
    anna, boris = people
    reword(transcript, 1, anna, "Анна.")
    editing.merge(segment=transcript.segments.first(), by=boris)
    with pytest.raises(ChangedSince):
        history.undo(transcript=transcript, by=anna)


def test_a_voice_that_others_gave_words_stays_when_its_making_is_undone(transcript, people):
    anna, boris = people
    one, two = transcript.segments.all()[:2]
    new = editing.change(segment=one, by=anna, wanted=Wanted(voice=Voice(name="Олег"))).speaker
    editing.change(segment=two, by=boris, wanted=Wanted(voice=Voice(new.label)))
    history.undo(transcript=transcript, by=anna)
    assert list(new.segments.all()) == [two]
    assert new in transcript.speakers.all()


def test_a_state_is_restored_over_everybodys_edits_and_that_can_be_undone(transcript, people):
    anna, boris = people
    original = state(transcript)
    reword(transcript, 0, anna, "Анна.")
    kept = state(transcript)
    reword(transcript, 0, boris, "Борис.")
    speakers.rename(speaker=transcript.speakers.first(), by=boris, name="Борис")
    worked = state(transcript)
    edit = history.restore(transcript=transcript, by=anna, number=1)
    assert (state(transcript), edit.of.number) == (kept, 1)
    history.undo(transcript=transcript, by=anna)
    assert state(transcript) == worked
    history.restore(transcript=transcript, by=anna, number=0)
    assert state(transcript) == original
    assert transcript.edits.count() == 6
