"""Transcripts over HTTP."""

from urllib.parse import unquote

import pytest

from accounts.acts import Act
from accounts.models import AuditEntry
from tests.factories import JobFactory, MeetingFactory, TranscriptFactory
from transcription.exports import FORMATS
from transcription.serializers.transcripts import TranscriptSerializer

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(user):
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Планёрка №1"), done=True)
    return TranscriptFactory.create(job=job)


def test_the_transcript_is_the_one_of_the_schema(api, transcript):
    body = api.get(f"/api/v1/meetings/{transcript.meeting_id}/transcript/").json()
    fields = TranscriptSerializer().fields
    assert set(body) == set(fields)
    assert set(body["segments"][0]) == set(fields["segments"].child.fields)
    words = fields["segments"].child.fields["words"].child.fields
    assert set(body["segments"][0]["words"][0]) == set(words)
    assert set(body["speakers"][0]) == set(fields["speakers"].child.fields)
    assert body["complete"] is True
    assert [s["speaker"] for s in body["segments"]] == ["S1", "S2", "S1", "S2"]
    assert body["speakers"][0]["name"] == "Speaker 1"


@pytest.mark.parametrize("segments", [4, 60])
def test_the_transcript_costs_constant_queries(api, user, segments, django_assert_num_queries):
    transcript = TranscriptFactory.create(
        job=JobFactory(meeting=MeetingFactory(owner=user), done=True), segments=segments
    )
    url = f"/api/v1/meetings/{transcript.meeting_id}/transcript/"
    # session, person, meeting, jobs, stages, transcript, speakers, segments
    with django_assert_num_queries(10):
        assert len(api.get(url).json()["segments"]) == segments


def test_before_there_is_one_the_transcript_is_empty_and_incomplete(api, user):
    meeting = MeetingFactory(owner=user)
    response = api.get(f"/api/v1/meetings/{meeting.pk}/transcript/")
    assert response.status_code == 200
    body = response.json()
    assert set(body) == set(TranscriptSerializer().fields)
    assert (body["complete"], body["segments"], body["speakers"]) == (False, [], [])
    assert body["duration"] == 60


def test_a_growing_transcript_gives_way_to_the_finished_one(api, transcript):
    job = JobFactory(meeting=transcript.meeting, state="running")
    TranscriptFactory.create(job=job, complete=False, segments=1)
    url = f"/api/v1/meetings/{transcript.meeting_id}/transcript/"
    assert len(api.get(url).json()["segments"]) == 4


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_a_download_under_the_meetings_name(api, transcript, name):
    url = f"/api/v1/meetings/{transcript.meeting_id}/transcript/export/?format={name}"
    response = api.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == f"{FORMATS[name].content_type}; charset=utf-8"
    disposition = unquote(response["Content-Disposition"])
    assert disposition == f"attachment; filename*=utf-8''Планёрка №1.{name}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content.decode().strip()


def test_names_and_times_can_be_left_out(api, transcript):
    url = f"/api/v1/meetings/{transcript.meeting_id}/transcript/export/?format=txt"
    assert "[00:00:00] Speaker 1: Предлагаю" in api.get(url).content.decode()
    for without in ("times=0", "times=none", "times=false"):
        bare = api.get(f"{url}&speakers=0&{without}").content.decode()
        assert "Speaker" not in bare and "[" not in bare
    assert "[00:00:00] Speaker 1: Предлагаю" in api.get(f"{url}&times=1").content.decode()


def test_options_reach_the_file(api, transcript):
    words = [
        {"start": 0.0, "end": 1.0, "text": "Так", "confidence": 0.2},
        {"start": 1.0, "end": 2.0, "text": "точно.", "confidence": 0.9},
    ]
    transcript.segments.filter(start=0).update(text="Так точно.", words=words)
    url = f"/api/v1/meetings/{transcript.meeting_id}/transcript/export/"
    assert "Так[?] точно." in api.get(f"{url}?format=txt&marks=1").content.decode()
    told = api.get(f"{url}?format=json&words=0").json()
    assert "words" not in told["segments"][0]


@pytest.mark.parametrize("name", FORMATS)
def test_a_preview_is_the_first_lines_to_be_shown(api, user, name, django_assert_max_num_queries):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    transcript = TranscriptFactory.create(job=job, segments=90)
    url = f"/api/v1/meetings/{transcript.meeting_id}/transcript/export/?format={name}"
    with django_assert_max_num_queries(14):
        shown = api.get(f"{url}&preview=true")
    assert shown["Content-Type"] == "text/plain; charset=utf-8"
    assert "Content-Disposition" not in shown
    lines = shown.content.decode().splitlines()
    assert 1 < len(lines) <= 40
    assert api.get(url).content.decode().splitlines()[: len(lines)] == lines
    exported = AuditEntry.objects.filter(what=Act.TRANSCRIPT_EXPORTED)
    assert exported.count() == 1  # the file, not the look at it


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?format=exe",
        "?format=txt&speakers=perhaps",
        "?format=txt&times=sometimes",
        "?format=txt&paragraphs=2",
        "?format=txt&marks=some",
        "?format=srt&line=19",
        "?format=srt&line=101",
        "?format=srt&line=wide",
        "?format=json&words=few",
        "?format=txt&preview=perhaps",
    ],
)
def test_an_export_that_makes_no_sense_says_which_option(api, transcript, query):
    response = api.get(f"/api/v1/meetings/{transcript.meeting_id}/transcript/export/{query}")
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_where_nothing_was_said_the_export_says_so(api, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    TranscriptFactory(job=job, segments=0)
    url = f"/api/v1/meetings/{job.meeting_id}/transcript/export/?format=txt"
    said = api.get(url, headers={"Accept-Language": "ru"}).content.decode()
    assert said.splitlines()[-1]
