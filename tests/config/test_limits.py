"""What is too large is refused before it is read."""

import json

import pytest
from asgiref.testing import ApplicationCommunicator

from config.asgi import application
from config.limits import BodyLimit, limit_of

pytestmark = pytest.mark.asyncio


def request(headers):
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/api/v1/meetings/",
        "query_string": b"",
        "headers": pairs,
    }


async def echo(scope, receive, send):
    """Reads the whole body and tells its size."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


async def refused(talk):
    start = await talk.receive_output(3)
    body = json.loads((await talk.receive_output(3))["body"])
    headers = dict(start["headers"])
    assert headers[b"content-type"] == b"application/problem+json"
    assert headers[b"connection"] == b"close"
    return (start["status"], body["status"], body["code"]) == (413, 413, "too_large")


async def test_a_declared_length_that_is_too_large_is_refused_unread(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": "1001"}
    talk = ApplicationCommunicator(application, request(headers))
    assert await refused(talk)  # nothing was sent yet
    await talk.wait()


async def test_an_undeclared_body_is_refused_where_it_grows_too_large(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    headers = {"content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked"}
    talk = ApplicationCommunicator(BodyLimit(echo), request(headers))
    for _ in range(3):
        await talk.send_input({"type": "http.request", "body": b"x" * 400, "more_body": True})
    assert await refused(talk)
    await talk.wait()


async def test_a_body_within_its_limit_passes_whole(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": "1000"}
    talk = ApplicationCommunicator(BodyLimit(echo), request(headers))
    await talk.send_input({"type": "http.request", "body": b"x" * 600, "more_body": True})
    await talk.send_input({"type": "http.request", "body": b"x" * 400, "more_body": False})
    await talk.receive_output(3)
    assert (await talk.receive_output(3))["body"] == b"1000"
    await talk.wait()


async def test_what_is_read_into_memory_has_the_smaller_limit(settings):
    settings.UPLOAD_MAX_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 10
    assert limit_of(b"Multipart/Form-Data; boundary=x") == 1000
    assert limit_of(b"application/json") == limit_of(b"") == 10


def part(headers):
    path = "/api/v1/uploads/3e8f8d3c-5d0a-4d83-9c1c-0c7a6f0b6f4e/parts/1/data/"
    return request(headers) | {"method": "PUT", "path": path}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-length": "1001"}, 413),
        ({"content-length": "1001", "content-type": "multipart/form-data; boundary=x"}, 413),
        ({"transfer-encoding": "chunked"}, 411),
    ],
)
async def test_a_part_that_is_too_large_or_does_not_say_is_refused_unread(
    settings, headers, status
):
    settings.UPLOAD_PART_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 10
    settings.UPLOAD_MAX_BYTES = 5000
    talk = ApplicationCommunicator(BodyLimit(echo), part(headers))
    start = await talk.receive_output(3)
    assert start["status"] == status
    await talk.receive_output(3)
    await talk.wait()


async def test_a_part_may_have_more_than_what_is_read_into_memory(settings):
    settings.UPLOAD_PART_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000, 10
    settings.UPLOAD_MAX_BYTES = 5000
    talk = ApplicationCommunicator(BodyLimit(echo), part({"content-length": "1000"}))
    await talk.send_input({"type": "http.request", "body": b"x" * 1000, "more_body": False})
    await talk.receive_output(3)
    assert (await talk.receive_output(3))["body"] == b"1000"
    await talk.wait()
