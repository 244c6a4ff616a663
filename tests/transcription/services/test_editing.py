"""A finished transcript edited: every change is kept, nobody overwrites anybody."""

import pytest

from meetings.errors import JobIsRunning
from meetings.models import Job
from tests.factories import JobFactory, SegmentFactory, TranscriptFactory, UserFactory
from transcription.errors import (
    NotCurrent,
    NotFinished,
    NothingToMerge,
    NothingToSplit,
    NotInTranscript,
    PreconditionFailed,
    UnknownSpeaker,
)
from transcription.models import Segment, Speaker, Transcript
from transcription.services import editing, replacing, speakers
from transcription.services.editing import Voice, Wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript():
    return TranscriptFactory.create()


@pytest.fixture
def by():
    return UserFactory.create(name="Anna")


def texts(transcript):
    return list(transcript.segments.order_by("start", "pk").values_list("text", flat=True))


def first(transcript):
    return transcript.segments.order_by("start").first()


def reword(segment, by, text, **more):
    return editing.change(segment=segment, by=by, wanted=Wanted(text=text), **more)


def test_new_words_have_times_and_an_entry_says_who_wrote_them(transcript, by):
    changed = reword(first(transcript), by, "  Предлагаю  отложить выпуск на пятницу. ")
    assert changed.text == "Предлагаю отложить выпуск на пятницу."
    assert [w["text"] for w in changed.words] == changed.text.split()
    assert (changed.words[1]["start"], changed.words[1]["end"]) == (0.2, 0.4)
    entry = transcript.edits.get()
    assert (entry.by, entry.action, entry.number) == (by, "text", 1)
    pk = str(changed.pk)
    assert entry.before["segments"][pk]["text"] == "Предлагаю перенести выпуск на пятницу."
    assert entry.after["segments"][pk]["text"] == changed.text


def test_the_same_words_are_no_edit(transcript, by):
    segment = first(transcript)
    assert reword(segment, by, segment.text).revision == 1
    assert not transcript.edits.exists()


def test_who_has_read_another_state_is_told_the_present_one(transcript, by):
    segment = first(transcript)
    read = segment.etag
    reword(segment, by, "Раз.", etag=read)
    with pytest.raises(PreconditionFailed) as refused:
        reword(segment, by, "Два.", etag=read)
    assert refused.value.extra["current"]["text"] == "Раз."
    assert first(transcript).text == "Раз."


def test_a_split_parts_words_and_times(transcript, by):
    segment = first(transcript)
    one, two = editing.split(segment=segment, by=by, at=len("Предлагаю перенести"))
    assert texts(transcript)[:2] == ["Предлагаю перенести", "выпуск на пятницу."]
    assert (one.end, two.start, two.end) == (0.4, 0.4, 1.0)
    assert one.speaker_id == two.speaker_id


@pytest.mark.parametrize("at", [1_000, len("Предлагаю перенести выпуск на пятницу.")])
def test_no_part_of_a_split_is_without_words(transcript, by, at):
    with pytest.raises(NothingToSplit):
        editing.split(segment=first(transcript), by=by, at=at)


def test_a_merge_takes_the_next_words_in(transcript, by):
    segment = first(transcript)
    merged = editing.merge(segment=segment, by=by)
    assert merged.text == (
        "Предлагаю перенести выпуск на пятницу. Согласна, решили: выпуск в пятницу."
    )
    assert (merged.start, merged.end, len(merged.words)) == (0.0, 4.0, 10)
    assert len(texts(transcript)) == 3


def test_behind_the_last_segment_there_is_nothing_to_merge(transcript, by):
    with pytest.raises(NothingToMerge):
        editing.merge(segment=transcript.segments.last(), by=by)


def test_what_was_merged_away_is_not_edited(transcript, by):
    one, two = transcript.segments.all()[:2]
    editing.merge(segment=one, by=by)
    with pytest.raises(NotInTranscript):
        reword(two, by, "Нет.")


def test_a_confirmed_segment_is_in_no_doubt(transcript, by):
    segment = SegmentFactory(transcript=transcript, start=30, flags=["low_confidence", "loop"])
    segment.words[0]["confidence"] = 0.1
    segment.save()
    kept = editing.change(segment=segment, by=by, wanted=Wanted(is_confirmed=True))
    assert kept.flags == []
    assert {word["confidence"] for word in kept.words} == {1.0}


def test_dropped_words_are_not_in_the_transcript_until_brought_back(transcript, by):
    segment = first(transcript)
    editing.change(segment=segment, by=by, wanted=Wanted(is_dropped=True))
    assert len(texts(transcript)) == 3
    editing.change(segment=segment, by=by, wanted=Wanted(is_dropped=False))
    assert len(texts(transcript)) == 4
    assert [e.action for e in transcript.edits.all()] == ["dropped", "brought_back"]


def test_a_segment_gets_another_speaker_or_a_new_one(transcript, by):
    segment = first(transcript)
    changed = editing.change(segment=segment, by=by, wanted=Wanted(voice=Voice("S2")))
    assert changed.speaker.label == "S2"
    new = editing.change(segment=segment, by=by, wanted=Wanted(voice=Voice(name=" Олег ")))
    assert (new.speaker.label, new.speaker.name) == ("S3", "Олег")
    with pytest.raises(UnknownSpeaker):
        editing.change(segment=segment, by=by, wanted=Wanted(voice=Voice("S9")))


def test_a_stretch_gets_another_speaker_from_either_end(transcript, by):
    rows = list(transcript.segments.all())
    changed = editing.reassign(first=rows[2], last=rows[0], by=by, voice=Voice("S2"))
    assert changed == 2
    labels = transcript.segments.values_list("speaker__label", flat=True)
    assert list(labels) == ["S2", "S2", "S2", "S2"]


def test_merged_voices_are_one_everywhere(transcript, by):
    gone, heir = transcript.speakers.all()
    speakers.merge(speaker=gone, into=heir, by=by)
    assert set(transcript.segments.values_list("speaker", flat=True)) == {heir.pk}
    assert list(transcript.speakers.all()) == [heir]
    assert Speaker.everyone.get(pk=gone.pk).merged_into == heir


def test_found_words_are_replaced_in_one_edit(transcript, by):
    wanted = replacing.Wanted(find="ВЫПУСК", replace="релиз")
    seen = replacing.hits(transcript, wanted)
    assert [hit.places for hit in seen] == [1, 1]
    done, edit = replacing.replace(transcript=transcript, by=by, wanted=wanted)
    assert [hit.segment.pk for hit in done] == [hit.segment.pk for hit in seen]
    assert texts(transcript)[0] == "Предлагаю перенести релиз на пятницу."
    assert len(edit.after["segments"]) == 2


def test_only_the_chosen_segments_are_replaced_and_none_is_emptied(transcript, by):
    SegmentFactory(transcript=transcript, text="выпуск", start=40)
    wanted = replacing.Wanted(find="выпуск", replace="")
    seen = replacing.hits(transcript, wanted)
    assert len(seen) == 2
    replacing.replace(transcript=transcript, by=by, wanted=wanted, only=[seen[1].segment.pk])
    assert next(t for t in texts(transcript) if "выпуск" not in t).startswith("Согласна")


@pytest.mark.parametrize(
    ("more", "count"),
    [({}, 3), ({"match_case": True}, 2), ({"whole_words": True}, 2), ({"find": "выпуск.на"}, 0)],
)
def test_words_are_found_as_one_asks(transcript, more, count):
    SegmentFactory(transcript=transcript, text="Выпускной бал", start=40)
    wanted = replacing.Wanted(**{"find": "выпуск", "replace": "релиз", **more})
    assert len(replacing.hits(transcript, wanted)) == count


def test_what_is_written_or_read_by_a_job_is_not_edited(transcript, by):
    Transcript.objects.update(complete=False)
    with pytest.raises(NotFinished):
        reword(first(transcript), by, "Нет.")
    Transcript.objects.update(complete=True)
    JobFactory(meeting=transcript.meeting, state=Job.State.RUNNING)
    with pytest.raises(JobIsRunning):
        reword(first(transcript), by, "Нет.")


def test_an_earlier_transcript_is_left_alone(transcript, by):
    TranscriptFactory(job=JobFactory(meeting=transcript.meeting, done=True))
    with pytest.raises(NotCurrent):
        reword(first(transcript), by, "Нет.")


def test_an_edit_is_written_in_the_same_number_of_queries_however_long_the_talk(
    transcript, by, django_assert_max_num_queries
):
    for n in range(60):
        SegmentFactory(transcript=transcript, start=100.0 + n)
    with django_assert_max_num_queries(20):
        reword(first(transcript), by, "Иначе.")
    assert Segment.objects.count() == 64
