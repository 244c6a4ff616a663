"""One POST to a stranger's server: whatever it does, it ends in time and costs little memory."""

import socket
import time

import pytest

from meetings.outbound import posting, transport
from meetings.outbound.answers import Answer
from tests.meetings import receiver
from tests.meetings.receiver import receiving


def post(url, *, seconds=20.0, public_only=False):
    return posting.post(url, b"{}", {"X-A": "b"}, seconds=seconds, public_only=public_only)


def test_what_is_sent_arrives_and_the_answer_comes_back():
    with receiving(receiver.answer(201, "да".encode())) as program:
        answer = post(program.url)
    assert (answer.status, answer.head, answer.trouble) == (201, "да", "")
    [asked] = program.asked
    assert (asked.path, asked.body, asked.headers["X-A"]) == ("/hook", b"{}", "b")
    assert asked.headers["User-Agent"] == "Protokol"


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_any_status_but_2xx_is_a_refusal(status):
    with receiving(receiver.answer(status, b"why")) as program:
        answer = post(program.url)
    assert (answer.status, answer.head, answer.trouble) == (status, "why", "refused")


def test_nobody_is_followed_elsewhere():
    with receiving() as inside, receiving() as program:
        for status in (301, 302, 307, 308):
            program.behave = receiver.answer(status, Location=inside.url)
            assert post(program.url).trouble == "redirected"
    assert len(program.asked) == 4
    assert inside.asked == []


@pytest.mark.parametrize("behave", [receiver.endless, receiver.dripping])
def test_of_an_answer_without_end_the_beginning_is_read(behave, monkeypatch):
    monkeypatch.setattr(posting, "HEAD_SECONDS", 0.5)
    with receiving(behave) as program:
        begun = time.monotonic()
        answer = post(program.url)
    assert time.monotonic() - begun < 15
    assert (answer.status, answer.trouble) == (200, "")
    assert 0 < len(answer.head) <= posting.HEAD_MOST
    assert set(answer.head) == {"x"}


def test_who_is_slow_is_waited_for_so_long_and_no_longer():
    with receiving(receiver.slow(10)) as program:
        begun = time.monotonic()
        answer = post(program.url, seconds=0.5)
        assert time.monotonic() - begun < 8
    assert (answer.status, answer.trouble) == (None, "timeout")
    assert 0.4 < answer.seconds < 8


def test_who_is_not_there_is_not_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert post(url).trouble == "unreachable"
    assert post("http://no-such-host.invalid/").trouble == "unreachable"


def test_what_is_no_http_is_no_answer():
    with receiving(receiver.no_http) as program:
        assert post(program.url).trouble == "not_http"


def test_nul_and_broken_text_can_be_kept():
    with receiving(receiver.answer(200, b"a\0b\xff")) as program:
        assert post(program.url).head == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_address_inside_is_not_connected_to(host):
    with receiving() as program:
        answer = post(program.url.replace("127.0.0.1", host), public_only=True)
    assert answer.trouble == "address_forbidden"
    assert program.asked == []


def told(*addresses):
    """What a name server would say of any name, each time it is asked."""
    answers = iter(addresses)

    def getaddrinfo(host, port, *more, **told):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    return getaddrinfo


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch):
    """The public address that was judged is the one that is connected to."""
    connected = []

    async def handle(self, request):
        connected.append((request.url.host, request.headers["Host"]))
        raise transport.httpx2.ConnectError("far away")

    monkeypatch.setattr(transport.httpx2.AsyncHTTPTransport, "handle_async_request", handle)
    monkeypatch.setattr(socket, "getaddrinfo", told("93.184.216.34", "127.0.0.1"))
    assert post("https://rebind.example.com/x", public_only=True).error == "unreachable"
    assert connected == [("93.184.216.34", "rebind.example.com")]


def test_one_address_inside_among_others_is_enough_to_be_refused(monkeypatch):
    def both(host, port, *more, **told):
        rows = ("93.184.216.34", "10.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (row, port)) for row in rows]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert post("https://example.com/", public_only=True).error == "address_forbidden"


def test_an_answer_says_what_is_wrong_about_it():
    assert Answer(status=204).is_taken
    assert Answer(status=304).trouble == "redirected"
    assert Answer(error="timeout").trouble == "timeout"
