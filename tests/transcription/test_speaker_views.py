"""The page of a meeting's speakers, and what its forms do."""

import pytest
from django.contrib.messages import get_messages

from accounts.models import Membership
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SegmentFactory,
    SpeakerFactory,
    StatementFactory,
    TranscriptFactory,
)
from transcription.models import Turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(user):
    workspace = MembershipFactory(user=user).workspace
    meeting = MeetingFactory(workspace=workspace, recording__rendition_key="x")
    return TranscriptFactory.create(job=JobFactory(meeting=meeting, done=True))


def address(transcript, part=""):
    return f"/meetings/{transcript.meeting_id}/speakers/{part}"


def sent(browser, transcript, part, **fields):
    """The status, and what the page that follows tells."""
    answer = browser.post(address(transcript, part), fields)
    assert answer.status_code == 302 and answer.url.startswith(address(transcript))
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_each_voice_is_shown_with_its_samples(browser, transcript):
    one, two = transcript.speakers.all()
    SegmentFactory(transcript=transcript, speaker=two, start=30.0, end=36.5, words=[])
    shown = browser.get(address(transcript)).content.decode()
    assert f'id="voice-{one.pk}"' in shown and f'id="voice-{two.pk}"' in shown
    assert f'/api/v1/meetings/{transcript.meeting_id}/media/#t=30.00,36.50"' in shown
    assert 'data-from="30.00" data-to="36.50" data-speaker="2"' in shown


def test_nothing_can_be_heard_where_the_recording_is_gone(browser, transcript):
    recording = transcript.meeting.recording
    recording.deleted_at, recording.rendition_key = "2026-01-01T00:00:00Z", ""
    recording.save()
    shown = browser.get(address(transcript)).content.decode()
    assert "data-from" not in shown and "<audio" not in shown


@pytest.mark.parametrize(
    "order, expected", [("talk", [1, 0]), ("first", [0, 1]), ("name", [1, 0]), ("x", [1, 0])]
)
def test_voices_come_in_the_order_that_is_asked_for(browser, transcript, order, expected):
    voices = list(transcript.speakers.all())
    SegmentFactory(transcript=transcript, speaker=voices[1], start=30.0, end=40.0)
    voices[1].name = "Anna"
    voices[1].save()
    shown = browser.get(address(transcript), {"by": order}).content.decode()
    places = [shown.index(f'id="voice-{voice.pk}"') for voice in voices]
    assert [n for _place, n in sorted(zip(places, (0, 1), strict=True))] == expected


def test_a_voice_is_renamed_in_the_minutes_too(browser, user, transcript):
    speaker = transcript.speakers.first()
    minutes = MinutesFactory(transcript=transcript, statements=0)
    section = minutes.sections.create(position=0, kind="decisions", title="x")
    statement = StatementFactory(section=section, text="Speaker 1 подготовит список.")
    told = sent(browser, transcript, f"{speaker.pk}/name/", name=" Мария  Ким ")
    speaker.refresh_from_db()
    statement.refresh_from_db()
    assert speaker.name == "Мария Ким" and "Мария Ким" in told
    assert statement.text == "Мария Ким подготовит список."


def test_two_voices_become_one(browser, transcript):
    one, two = transcript.speakers.all()
    sent(browser, transcript, f"{one.pk}/merge/", into=two.pk)
    assert list(transcript.speakers.all()) == [two]
    assert set(transcript.segments.values_list("speaker", flat=True)) == {two.pk}


def test_a_voice_is_not_merged_with_one_of_another_meeting(browser, user, transcript):
    elsewhere = SpeakerFactory.create()
    one = transcript.speakers.first()
    answer = browser.post(address(transcript, f"{one.pk}/merge/"), {"into": elsewhere.pk})
    assert answer.status_code == 404
    assert transcript.speakers.count() == 2


def test_a_range_of_time_goes_to_another(browser, transcript):
    """Segments of 1 s stand at 0, 3, 6 and 9 s."""
    told = sent(browser, transcript, "reassign/", start="0:02.5", end="6,4", speaker="S1")
    assert "1 segment" in told  # that at 3 s; less than half of that at 6 s lies there
    assert [row.speaker.label for row in transcript.segments.all()] == ["S1", "S1", "S1", "S2"]


def test_a_range_goes_to_somebody_new(browser, transcript):
    sent(browser, transcript, "reassign/", start="0", end="0:04", speaker="", new_speaker="Олег")
    assert transcript.speakers.get(name="Олег").segments.count() == 2


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"start": "1:75x", "end": "2:00", "speaker": "S1"}, "Write times"),
        ({"start": "2:00", "end": "1:00", "speaker": "S1"}, "comes after"),
        ({"start": "0", "end": "9"}, "Say who speaks"),
        ({"start": "0:50", "end": "0:55", "speaker": "S1"}, "Nothing is said"),
        ({"start": "0", "end": "9", "speaker": "S9"}, "no such speaker"),
    ],
)
def test_what_cannot_be_reassigned_is_told(browser, transcript, fields, reason):
    assert reason in sent(browser, transcript, "reassign/", **fields)
    assert transcript.edits.count() == 0


def test_nothing_is_changed_while_a_job_works(browser, transcript):
    JobFactory(meeting=transcript.meeting, state="running")
    shown = browser.get(address(transcript)).content.decode()
    assert "cannot be changed now" in shown and 'name="into"' not in shown
    speaker = transcript.speakers.first()
    sent(browser, transcript, f"{speaker.pk}/name/", name="Анна")
    speaker.refresh_from_db()
    assert speaker.name == ""


def test_viewers_hear_and_change_nothing(browser, user, transcript):
    Membership.objects.filter(workspace=transcript.meeting.workspace).update(role="viewer")
    shown = browser.get(address(transcript))
    assert shown.status_code == 200 and "Rename" not in shown.content.decode()
    speaker = transcript.speakers.first()
    for part in (f"{speaker.pk}/name/", f"{speaker.pk}/merge/", "reassign/"):
        assert browser.post(address(transcript, part), {}).status_code == 404


def test_before_there_is_a_transcript_nobody_is_heard(browser, user):
    meeting = MeetingFactory.create(owner=user)
    shown = browser.get(f"/meetings/{meeting.pk}/speakers/")
    assert "Nobody has been heard yet" in shown.content.decode()
    assert browser.post(f"/meetings/{meeting.pk}/speakers/reassign/", {}).status_code == 404


def test_more_voices_take_no_more_queries(browser, transcript, django_assert_num_queries):
    browser.get(address(transcript))  # what is noted once an hour
    counted = None
    for _ in range(2):
        with django_assert_num_queries(counted or 16) as queries:
            browser.get(address(transcript))
        counted = len(queries)
        for n in range(8):
            voice = SpeakerFactory.create(transcript=transcript)
            SegmentFactory(transcript=transcript, speaker=voice, start=20.0 + n)
            Turn.objects.create(transcript=transcript, speaker=voice, start=20 + n, end=21 + n)
