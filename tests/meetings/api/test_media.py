"""The recording and its waveform over HTTP."""

from urllib.parse import parse_qs, urlparse

import pytest
from asgiref.sync import async_to_sync
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from meetings import storage
from meetings.responses import CHUNK
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db

SOUND = bytes(range(256)) * (3 * CHUNK // 256) + b"the end"


@pytest.fixture
def meeting(user):
    made = MeetingFactory.create(owner=user, recording__filename='План "А".html')
    recording = made.recording
    recording.key = f"meetings/{made.pk}/original-1.html"
    recording.rendition_key = storage.output_key(made.pk, "convert", "t", "player.m4a")
    recording.peaks_key = storage.output_key(made.pk, "convert", "t", "peaks.json")
    recording.save()
    default_storage.save(recording.key, ContentFile(b"<script>alert(1)</script>"))
    default_storage.save(recording.rendition_key, ContentFile(SOUND))
    storage.put_json(recording.peaks_key, {"version": 1, "duration": 1.0, "peaks": [0.5]})
    yield made
    storage.delete_meeting(made.pk)


def body_of(response):
    """What a response streams; asynchronously, as the server reads it."""

    async def read():
        return [chunk async for chunk in response.streaming_content]

    assert response.is_async
    return async_to_sync(read)()


def test_the_whole_rendition_is_streamed_in_chunks(api, meeting):
    response = api.get(f"/api/v1/meetings/{meeting.pk}/media/")
    assert response.status_code == 200
    assert response["Content-Type"] == "audio/mp4"
    assert response["Content-Length"] == str(len(SOUND))
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    chunks = body_of(response)
    assert b"".join(chunks) == SOUND
    assert max(len(chunk) for chunk in chunks) <= CHUNK


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-0", 0, 1), ("bytes=-7", len(SOUND) - 7, len(SOUND)), ("bytes=5-", 5, len(SOUND))],
)
def test_a_range_is_answered_with_206_and_those_bytes(api, meeting, asked, start, stop):
    response = api.get(f"/api/v1/meetings/{meeting.pk}/media/", headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{stop - 1}/{len(SOUND)}"
    assert response["Content-Length"] == str(stop - start)
    assert b"".join(body_of(response)) == SOUND[start:stop]


def test_a_range_behind_the_end_is_416_and_tells_the_size(api, meeting):
    response = api.get(
        f"/api/v1/meetings/{meeting.pk}/media/", headers={"Range": f"bytes={len(SOUND)}-"}
    )
    assert (response.status_code, response.json()["code"]) == (416, "range_not_satisfiable")
    assert response["Content-Range"] == f"bytes */{len(SOUND)}"


def test_a_range_of_an_older_rendition_is_answered_with_the_whole(api, meeting):
    headers = {"Range": "bytes=0-1", "If-Range": '"older"'}
    response = api.get(f"/api/v1/meetings/{meeting.pk}/media/", headers=headers)
    assert (response.status_code, response["Content-Length"]) == (200, str(len(SOUND)))


def test_what_the_browser_has_is_not_sent_again(api, meeting):
    url = f"/api/v1/meetings/{meeting.pk}/media/"
    etag = api.head(url)["ETag"]
    assert api.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_head_has_the_headers_and_no_body(api, meeting):
    response = api.head(f"/api/v1/meetings/{meeting.pk}/media/")
    assert (response.status_code, response["Content-Length"]) == (200, str(len(SOUND)))
    assert not response.streaming and response.content == b""


def test_the_original_is_a_download_and_never_a_page(api, meeting):
    response = api.get(f"/api/v1/meetings/{meeting.pk}/media/?original=1")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9F")
    assert b"".join(body_of(response)) == b"<script>alert(1)</script>"


@pytest.mark.parametrize("path", ["media/", "peaks/"])
def test_before_convert_there_is_nothing_to_play(api, user, path):
    meeting = MeetingFactory.create(owner=user)
    response = api.get(f"/api/v1/meetings/{meeting.pk}/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not_ready")


def test_a_lost_object_is_not_found(api, meeting):
    default_storage.delete(meeting.recording.rendition_key)
    assert api.get(f"/api/v1/meetings/{meeting.pk}/media/").status_code == 404


def test_peaks_are_given_once(api, meeting):
    url = f"/api/v1/meetings/{meeting.pk}/peaks/"
    response = api.get(url)
    assert response.json() == {"version": 1, "duration": 1.0, "peaks": [0.5]}
    assert "max-age" in response["Cache-Control"]
    assert api.get(url, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_on_s3_the_browser_is_sent_to_a_signed_address(api, meeting, settings):
    settings.AWS_STORAGE_BUCKET_NAME = "recordings"
    settings.AWS_S3_ENDPOINT_URL = "http://objects.internal:9000"
    settings.AWS_S3_PUBLIC_URL = "https://objects.example.org"
    settings.AWS_S3_ACCESS_KEY_ID = settings.AWS_S3_SECRET_ACCESS_KEY = "key"
    response = api.get(f"/api/v1/meetings/{meeting.pk}/media/?original=1")
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    address = urlparse(response["Location"])
    assert address.netloc == "objects.example.org"
    assert address.path == f"/recordings/{meeting.recording.key}"
    query = parse_qs(address.query)
    assert query["response-content-type"] == ["application/octet-stream"]
    assert query["response-content-disposition"][0].startswith("attachment")
    assert "X-Amz-Signature" in query
