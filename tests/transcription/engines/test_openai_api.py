"""The client of transcription servers: what it sends, what it makes of answers and failures."""

from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

from transcription.engines.base import SAMPLE_RATE, Audio, EngineError
from transcription.engines.openai_api import OpenAIRecognizer


def syllables(seconds: float = 4.0) -> Audio:
    """Noise that swells four times a second, which may be speech for all we know."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    swell = np.maximum(0, np.sin(2 * np.pi * 4 * time)) ** 2
    hiss = np.random.default_rng(3).standard_normal(len(time))
    return (0.1 * swell * hiss).astype(np.float32)


def client(answer: Callable[[httpx.Request], httpx.Response], **options: Any) -> OpenAIRecognizer:
    return OpenAIRecognizer(
        "http://asr.test/v1/", model="tall", transport=httpx.MockTransport(answer), **options
    )


def answering(status: int = 200, **fields: Any) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: httpx.Response(status, **fields)


def test_the_request_is_the_apis():
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"text": "", "words": []})

    client(answer, api_key="key").recognize(syllables(), language="ru", prompt="Протокол")
    [request] = seen
    body = request.read()
    assert str(request.url) == "http://asr.test/v1/audio/transcriptions"
    assert request.headers["Authorization"] == "Bearer key"
    for part in (b'name="model"', b"tall", b"verbose_json", b'name="language"', b"RIFF"):
        assert part in body
    assert b'name="timestamp_granularities[]"' in body
    assert "Протокол".encode() in body


def test_silence_is_never_sent():
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("sent")

    assert client(answer).recognize(np.zeros(SAMPLE_RATE, np.float32)).words == ()


def test_word_times_are_taken_as_given():
    words = [
        {"word": "Добрый", "start": 0.5, "end": 0.9},
        {"word": "день", "start": 1.0, "end": 1.4, "probability": 0.25},
    ]
    segments = [{"start": 0, "end": 2, "text": "Добрый день", "avg_logprob": np.log(0.5)}]
    body = {"language": "russian", "text": "Добрый день", "words": words, "segments": segments}
    heard = client(answering(json=body)).recognize(syllables())
    assert heard.language == "ru"
    assert [(w.text, w.start, w.end) for w in heard.words] == [
        ("Добрый", 0.5, 0.9),
        ("день", 1.0, 1.4),
    ]
    assert [w.confidence for w in heard.words] == [pytest.approx(0.5), 0.25]


def test_words_without_times_are_spread_over_their_segment():
    segments = [{"start": 1.0, "end": 3.0, "text": " one three", "avg_logprob": -0.1}]
    heard = client(answering(json={"text": "one three", "segments": segments})).recognize(
        syllables(), language="en"
    )
    assert [(w.text, w.start, w.end) for w in heard.words] == [
        ("one", 1.0, 1.75),
        ("three", 1.75, 3.0),
    ]


def test_a_segment_the_server_takes_for_silence_is_left_out():
    segments = [
        {"start": 0.0, "end": 1.0, "text": "you", "avg_logprob": -1.4, "no_speech_prob": 0.9},
        {"start": 1.0, "end": 2.0, "text": "indeed", "avg_logprob": -0.2, "no_speech_prob": 0.7},
    ]
    heard = client(answering(json={"text": "you indeed", "segments": segments})).recognize(
        syllables(), language="en"
    )
    assert [w.text for w in heard.words] == ["indeed"]


def test_a_model_without_verbose_json_is_asked_for_plain_text():
    formats: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        verbose = b"verbose_json" in request.read()
        formats.append(b"verbose" if verbose else b"plain")
        if verbose:
            return httpx.Response(400, json={"error": {"message": "response_format not allowed"}})
        return httpx.Response(200, json={"text": "four words are here"})

    engine = client(answer)
    assert len(engine.recognize(syllables(), language="en").words) == 4
    assert engine.recognize(syllables(), language="en").words[-1].end == pytest.approx(4.0)
    assert formats == [b"verbose", b"plain", b"plain"]


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (401, "recognizer_refused", False),
        (404, "recognizer_refused", False),
        (413, "recognizer_refused", False),
        (429, "recognizer_busy", True),
        (500, "recognizer_busy", True),
        (503, "recognizer_busy", True),
    ],
)
def test_a_refusal_says_whether_to_try_again(status: int, code: str, retryable: bool):
    with pytest.raises(EngineError) as caught:
        client(answering(status, text="because")).recognize(syllables())
    assert (caught.value.code, caught.value.retryable) == (code, retryable)
    assert "because" in caught.value.detail


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])
def test_a_server_that_is_away_can_be_tried_again(error: httpx.TransportError):
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(EngineError) as caught:
        client(answer).recognize(syllables())
    assert (caught.value.code, caught.value.retryable) == ("recognizer_unreachable", True)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "<html>"},
        {"json": ["text"]},
        {"json": {}},
        {"json": {"words": [{"word": "x"}]}},
        {"json": {"segments": "none"}},
        {"json": {"text": None}},
    ],
)
def test_an_answer_that_makes_no_sense_is_an_error(fields: dict[str, Any]):
    with pytest.raises(EngineError) as caught:
        client(answering(**fields)).recognize(syllables())
    assert caught.value.code == "recognizer_answer"
