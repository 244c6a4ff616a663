"""Who speaks in a meeting, over HTTP."""

import pytest

from accounts.models import AuditEntry
from tests.factories import JobFactory, MeetingFactory, SegmentFactory, TranscriptFactory
from transcription.models import Turn
from transcription.services import speakers

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(user):
    """Of 60 s; S1 says 2 s, S2 12 s, and 2 s are heard of both at once."""
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    made = TranscriptFactory.create(job=job)
    one, two = made.speakers.all()
    SegmentFactory(transcript=made, speaker=two, start=20.0, end=30.0, words=[])
    for speaker, start, end in ((one, 0, 1), (one, 22, 24), (two, 20, 30)):
        Turn.objects.create(transcript=made, speaker=speaker, start=start, end=end)
    return made


@pytest.fixture
def root(transcript):
    return f"/api/v1/meetings/{transcript.meeting_id}/speakers/"


def test_each_voice_is_told_with_its_time_and_samples(api, root, transcript):
    told = api.get(root).json()
    assert told["duration"] == 60 and told["overlap"] == 2 and told["unknown"] == 0
    assert [row["label"] for row in told["speakers"]] == ["S2", "S1"]
    first = told["speakers"][0]
    assert first["first"] == 3 and first["last"] == 30 and first["segments"] == 3
    assert first["share"] == pytest.approx(100 * first["seconds"] / 60)
    assert {"start": 24, "end": 30} in first["samples"]
    assert not first["named"]


def test_silence_is_what_nobody_takes(api, root, transcript):
    told = api.get(root).json()
    spoken = sum(row["seconds"] for row in told["speakers"])
    assert told["silence"] == pytest.approx(60 - spoken, abs=0.3)  # a turn is longer than its words


def test_merged_voices_do_not_overlap_with_themselves(api, root, user, transcript):
    one, two = transcript.speakers.all()
    speakers.merge(speaker=one, into=two, by=user)
    told = api.get(root).json()
    assert (told["overlap"], len(told["speakers"])) == (0, 1)


@pytest.mark.parametrize("ordering, first", [("talk", "S2"), ("first", "S1"), ("name", "S1")])
def test_the_order_is_asked_for(api, root, ordering, first):
    told = api.get(root, {"ordering": ordering}).json()
    assert told["speakers"][0]["label"] == first


def test_an_order_that_there_is_not_is_refused(api, root):
    assert api.get(root, {"ordering": "x"}).status_code == 400


def test_before_there_is_a_transcript_there_is_nothing(api, user):
    meeting = MeetingFactory.create(owner=user)
    assert api.get(f"/api/v1/meetings/{meeting.pk}/speakers/").status_code == 404


def test_the_table_has_a_row_a_voice_and_no_formula(api, root, user, transcript):
    speakers.rename(speaker=transcript.speakers.first(), by=user, name="=1+1")
    answer = api.get(f"{root}export/")
    text = answer.content.decode("utf-8-sig")
    lines = text.split("\r\n")
    assert answer["Content-Type"].startswith("text/csv")
    assert lines[0].startswith("Speaker,") and "'=1+1," in text
    assert [line.split(",")[0] for line in lines[3:6]] == [
        "Silence",
        "Several at once",
        "Recording",
    ]
    assert AuditEntry.objects.filter(what="transcript.exported").count() == 1


def test_a_range_of_time_goes_to_another(api, transcript):
    root = f"/api/v1/meetings/{transcript.meeting_id}/transcript/reassign/"
    body = {"start": 19.0, "end": 31.0, "speaker": "S1"}
    assert api.post(root, body, format="json").json() == {"changed": 1}
    empty = api.post(root, {"start": 40, "end": 50, "speaker": "S1"}, format="json")
    assert (empty.status_code, empty.json()["code"]) == (409, "nothing_in_range")


@pytest.mark.parametrize(
    "body",
    [
        {"speaker": "S1"},
        {"speaker": "S1", "start": 1},
        {"speaker": "S1", "start": 3, "end": 3},
        {"speaker": "S1", "start": -1, "end": 3},
        {"speaker": "S1", "start": 1, "end": 3, "first": 1, "last": 1},
        {"start": 1, "end": 3},
    ],
)
def test_a_range_is_told_whole(api, transcript, body):
    root = f"/api/v1/meetings/{transcript.meeting_id}/transcript/reassign/"
    assert api.post(root, body, format="json").status_code == 400
