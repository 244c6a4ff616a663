"""Passages follow the words: made once, anew where people edit, gone with what they are of."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from meetings.models import Deletion, Meeting
from meetings.services import binning, deletion
from tests.factories import JobFactory, SegmentFactory, TranscriptFactory
from tests.transcription.test_search import said
from transcription import registry
from transcription.models import Passage, Segment, Transcript, Window
from transcription.services import aligning, editing, passages
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


@pytest.fixture
def meanwhile(monkeypatch):
    """What is given happens once, while the next vectors are being made."""

    def arrange(happening):
        model = registry.embedder()
        original = model.passages

        def interrupted(texts):
            monkeypatch.setattr(model, "passages", original)
            happening()
            return original(texts)

        monkeypatch.setattr(model, "passages", interrupted)

    return arrange


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


def recognised(meeting, number):
    """A transcript of the meeting's job ``number``, before it is aligned."""
    job = JobFactory(meeting=meeting, done=True, number=number)
    transcript = TranscriptFactory(job=job, complete=False, segments=0, windows_planned=1)
    word = {"start": 1.0, "end": 2.0, "text": "Аренда.", "confidence": 0.9}
    Window.objects.create(
        transcript=transcript, index=0, start=0, end=30, language="ru", words=[word]
    )
    return transcript


def align(transcript):
    with transaction.atomic():
        aligning.align(SimpleNamespace(job_id=transcript.job_id, metrics={}))()


def reword(text):
    """Put other words in place of the first segment's, in a transaction, as every change does."""
    with transaction.atomic():
        segment = Segment.objects.order_by("start").first()
        Segment.objects.filter(pk=segment.pk).update(text=text)
        passages.outdate(segment.transcript)


def stored(transcript):
    """Whether every passage is of the words that its half minute has now."""
    now = {place: passages._digest(text) for place, text in passages._texts(transcript).items()}
    return dict(transcript.passages.values_list("place", "digest")) == now


def test_passages_of_what_is_replaced_while_they_are_made_do_not_come_back(transcript, meanwhile):
    newer = recognised(transcript.meeting, number=9)
    meanwhile(lambda: align(newer))
    passages.make(transcript_id=transcript.pk)
    assert places(transcript) == []
    passages.make(transcript_id=newer.pk)
    assert stored(newer) and places(transcript) == []
    assert not Transcript.objects.exclude(passages_due=None).exists()


def test_what_is_aligned_takes_the_passages_of_what_it_replaces(transcript):
    passages.make(transcript_id=transcript.pk)
    newer = recognised(transcript.meeting, number=9)
    align(newer)
    assert places(transcript) == []
    newer.refresh_from_db()
    assert newer.passages_due is not None


def test_an_earlier_job_that_ends_late_leaves_the_present_ones_passages(transcript):
    earlier = recognised(transcript.meeting, number=0)
    passages.make(transcript_id=transcript.pk)
    align(earlier)
    passages.make(transcript_id=earlier.pk)
    assert stored(transcript) and places(earlier) == []


def test_the_slower_of_two_workers_stores_nothing_of_older_words(transcript, meanwhile):
    def changed_and_made():
        reword("Смета.")
        passages.make(transcript_id=transcript.pk)

    meanwhile(changed_and_made)
    passages.make(transcript_id=transcript.pk)
    assert stored(transcript)
    transcript.refresh_from_db()
    assert transcript.passages_due is None


def test_a_message_that_is_delivered_twice_at_once_does_no_harm(transcript, meanwhile):
    meanwhile(lambda: passages.make(transcript_id=transcript.pk))
    passages.make(transcript_id=transcript.pk)
    assert stored(transcript)
    transcript.refresh_from_db()
    assert transcript.passages_due is None


def test_what_was_stored_before_a_change_is_not_made_again(
    transcript, embedded, meanwhile, monkeypatch
):
    monkeypatch.setattr(passages, "BATCH", 1)
    passages.make(transcript_id=transcript.pk)
    Segment.objects.filter(start=75).update(text="Отпуск не дан.")
    reword("Смета.")
    embedded.clear()
    meanwhile(lambda: reword("Бюджет принят."))
    passages.make(transcript_id=transcript.pk)
    assert len(embedded) == 1 and not stored(transcript)
    passages.make(transcript_id=transcript.pk)
    assert embedded[1:] == ["Отпуск не дан."] and stored(transcript)


def test_a_meeting_that_is_deleted_meanwhile_is_no_error(transcript, user, meanwhile):
    cause = Deletion.Cause.PERSON
    meanwhile(lambda: deletion.purge(meeting_id=transcript.meeting_id, cause=cause, by=user))
    passages.make(transcript_id=transcript.pk)
    assert not Passage.objects.exists() and not Meeting.objects.exists()


def someone_waits():
    """Whether somebody waits for a lock of this transaction, now or within seconds."""
    for _ in range(250):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else all looks are like the first
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return True
        time.sleep(0.02)
    return False


@contextmanager
def beside():
    """Runs functions in a thread, each with a connection of its own; waits for all of them."""

    def closing(function, *args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        futures = []
        yield lambda *args, **kwargs: futures.append(pool.submit(closing, *args, **kwargs))
        [future.result(timeout=20) for future in futures]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("replaced", [False, True])
def test_a_change_that_is_being_committed_is_waited_for(transcript, meanwhile, replaced):
    newer = recognised(transcript.meeting, number=9)
    written = threading.Event()

    def change():
        with transaction.atomic():
            align(newer) if replaced else reword("Смета.")
            written.set()
            assert someone_waits()

    with beside() as run:

        def begin_the_change():
            run(change)
            assert written.wait(timeout=10)

        meanwhile(begin_the_change)
        passages.make(transcript_id=transcript.pk)
        assert places(transcript) == []


@contextmanager
def once_at(statement, happening):
    """``happening`` is called after the first ``statement`` of this connection."""
    waiting = [happening]

    def wrapper(execute, sql, *rest):
        result = execute(sql, *rest)
        if sql.startswith(statement) and waiting:
            waiting.pop()()
        return result

    with connection.execute_wrapper(wrapper):
        yield
    assert not waiting


@pytest.mark.django_db(transaction=True)
def test_what_is_being_stored_goes_with_what_is_replaced(transcript):
    newer = recognised(transcript.meeting, number=9)
    with beside() as run:

        def replace():
            run(align, newer)
            assert someone_waits()

        with once_at('INSERT INTO "transcription_passage"', replace):
            passages.make(transcript_id=transcript.pk)
    assert places(transcript) == []
    assert Transcript.objects.get(passages_due=None) == transcript


@pytest.mark.django_db(transaction=True)
def test_a_meeting_goes_while_its_passages_are_stored(transcript, user):
    gone, cause = transcript.meeting_id, Deletion.Cause.PERSON
    with beside() as run:

        def make():
            run(passages.make, transcript_id=transcript.pk)
            assert someone_waits()

        with once_at('DELETE FROM "transcription_passage"', make):
            deletion.purge(meeting_id=gone, cause=cause, by=user)
    assert not Meeting.objects.exists() and not Passage.objects.exists()
