"""Who spoke how long."""

import pytest

from tests.factories import (
    JobFactory,
    MeetingFactory,
    SegmentFactory,
    SpeakerFactory,
    TranscriptFactory,
)
from transcription.talk import talk_of

pytestmark = pytest.mark.django_db


def transcript_with(lengths, **options):
    """A transcript whose speakers talk for ``lengths`` seconds each."""
    transcript = TranscriptFactory(segments=0, **options)
    start = 0.0
    for length in lengths:
        speaker = SpeakerFactory(transcript=transcript)
        if length:
            SegmentFactory(transcript=transcript, speaker=speaker, start=start, end=start + length)
        start += length
    return transcript


def test_shares_add_up_and_stand_one_behind_the_other():
    transcript = transcript_with([30, 10])
    first, second = talk_of([transcript.meeting_id])[transcript.meeting_id]
    assert (first.seconds, first.share, first.offset) == (30, 75, 0)
    assert (second.seconds, second.share, second.offset) == (10, 25, 75)


def test_a_speaker_without_a_segment_has_no_share():
    transcript = transcript_with([5, 0])
    shares = [talk.share for talk in talk_of([transcript.meeting_id])[transcript.meeting_id]]
    assert shares == [100, 0]


def test_only_the_current_transcript_counts():
    meeting = MeetingFactory()
    old = transcript_with([9], job=JobFactory(meeting=meeting, done=True))
    transcript_with([1, 1], job=JobFactory(meeting=meeting, done=True))
    transcript_with([5, 5, 5], job=JobFactory(meeting=meeting, state="running"), complete=False)
    assert [talk.seconds for talk in talk_of([old.meeting_id])[meeting.pk]] == [1, 1]


def test_many_meetings_take_one_query(django_assert_num_queries):
    meetings = [transcript_with([2, 3]).meeting_id for _ in range(5)]
    with django_assert_num_queries(1):
        assert set(talk_of(meetings)) == set(meetings)
