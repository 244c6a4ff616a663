"""Passages follow the words: made once, anew where people edit, gone with what they are of."""

from datetime import timedelta

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from meetings.services import binning
from tests.factories import JobFactory, SegmentFactory, TranscriptFactory
from tests.transcription.test_search import said
from transcription import registry
from transcription.models import Passage, Transcript
from transcription.services import editing, passages
from transcription.services.editing import Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(user):
    """Three sentences of the first half minute and one of the third."""
    meeting = said(user, "Бюджет принят.", "Погода.", "Кофе кончился.")
    transcript = meeting.transcripts.get()
    SegmentFactory(transcript=transcript, text="Отпуск дан.", start=75.0)
    return transcript


@pytest.fixture
def embedded(monkeypatch):
    """The texts that the real model was asked to embed."""
    asked = []
    model = registry.embedder()
    original = model.passages
    monkeypatch.setattr(model, "passages", lambda texts: asked.extend(texts) or original(texts))
    return asked


@pytest.fixture
def sent(monkeypatch):
    """The messages that went to the queue."""
    messages = []

    def queue(task, pks):
        messages.extend((task, pk) for pk in pks)

    monkeypatch.setattr("accounts.services.outgoing.queue", queue)
    return messages


def places(transcript):
    return list(transcript.passages.order_by("place").values_list("place", flat=True))


def test_each_half_minute_in_which_something_was_said_is_one(transcript, embedded):
    passages.make(transcript_id=transcript.pk)
    assert embedded == ["Бюджет принят. Погода. Кофе кончился.", "Отпуск дан."]
    assert places(transcript) == [0, 2]
    transcript.refresh_from_db()
    assert transcript.passages_due is None
    assert {p.model for p in transcript.passages.all()} == {registry.embedder().model}


def test_what_is_up_to_date_is_not_made_again(transcript, embedded):
    for _ in range(2):
        passages.make(transcript_id=transcript.pk)
    passages.outdate(transcript)
    passages.make(transcript_id=transcript.pk)
    assert len(embedded) == 2


def test_only_what_somebody_changed_is_made_anew(
    transcript, user, embedded, django_capture_on_commit_callbacks, sent
):
    passages.make(transcript_id=transcript.pk)
    before = dict(transcript.passages.values_list("place", "digest"))
    embedded.clear()
    with django_capture_on_commit_callbacks(execute=True):
        editing.change(segment=transcript.segments.first(), by=user, wanted=Wanted(text="Смета."))
    assert (passages.TASK, transcript.pk) in sent
    passages.make(transcript_id=transcript.pk)
    assert embedded == ["Смета. Погода. Кофе кончился."]
    after = dict(transcript.passages.values_list("place", "digest"))
    assert after[2] == before[2] and after[0] != before[0]


def test_what_nobody_says_any_more_goes(transcript, user):
    passages.make(transcript_id=transcript.pk)
    editing.change(segment=transcript.segments.last(), by=user, wanted=Wanted(is_dropped=True))
    passages.make(transcript_id=transcript.pk)
    assert places(transcript) == [0]


def test_a_change_during_the_making_stays_due(transcript, monkeypatch):
    model = registry.embedder()
    original = model.passages

    def edited_meanwhile(texts):
        passages.outdate(transcript)
        return original(texts)

    monkeypatch.setattr(model, "passages", edited_meanwhile)
    passages.make(transcript_id=transcript.pk)
    transcript.refresh_from_db()
    assert transcript.passages_due is not None


def test_a_worker_that_dies_leaves_what_it_had(transcript, monkeypatch, embedded):
    monkeypatch.setattr(passages, "BATCH", 1)
    model, calls = registry.embedder(), []
    working = model.passages

    def dies(texts):
        calls.append(texts)
        if len(calls) == 2:
            raise MemoryError
        return working(texts)

    monkeypatch.setattr(model, "passages", dies)
    with pytest.raises(MemoryError):
        passages.make(transcript_id=transcript.pk)
    assert places(transcript) == [0]
    passages.make(transcript_id=transcript.pk)
    assert places(transcript) == [0, 2] and len(embedded) == 2


def test_a_transcript_that_was_replaced_has_none(transcript):
    newer = TranscriptFactory(
        job=JobFactory(meeting=transcript.meeting, done=True, number=9), segments=1
    )
    for one in (transcript, newer):
        passages.make(transcript_id=one.pk)
    assert places(transcript) == [] and places(newer) == [0]


def test_one_that_grows_has_none_yet(transcript):
    Transcript.objects.update(complete=False)
    passages.make(transcript_id=transcript.pk)
    assert places(transcript) == []


def test_a_lost_message_is_sent_again(transcript, user, sent):
    assert passages.catch_up() == 0  # it may be on its way
    ago = timezone.now() - timedelta(hours=1)
    Transcript.objects.update(passages_due=ago)
    assert passages.catch_up() == 1
    assert sent == [(passages.TASK, transcript.pk)]
    binning.delete(meeting=transcript.meeting, by=user)
    assert passages.catch_up() == 0


def test_another_model_makes_all_of_them_anew(transcript, sent, embedded):
    passages.make(transcript_id=transcript.pk)
    Passage.objects.update(model="an older one")
    embedded.clear()
    assert passages.catch_up() == 1
    passages.make(transcript_id=transcript.pk)
    assert len(embedded) == 2 and passages.catch_up() == 0


def test_a_broker_that_is_away_costs_no_edit(
    transcript, user, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("accounts.services.outgoing.current_app.send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        editing.change(segment=transcript.segments.first(), by=user, wanted=Wanted(text="Смета."))
    assert transcript.segments.first().text == "Смета."


def test_where_meanings_are_not_compared_nothing_is_made(
    transcript, settings, sent, django_capture_on_commit_callbacks
):
    settings.EMBEDDER = "none"
    with django_capture_on_commit_callbacks(execute=True):
        passages.outdate(transcript)
    assert sent == []
    passages.make(transcript_id=transcript.pk)
    assert places(transcript) == [] and passages.catch_up() == 0
