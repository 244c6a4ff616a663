"""Any server with ``/v1/audio/transcriptions``: whisper servers, vLLM, OpenAI.

Format: https://platform.openai.com/docs/api-reference/audio/createTranscription.
"""

import io
import math
import wave
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx
import numpy as np

from .base import SAMPLE_RATE, Audio, EngineError, Recognition, Word
from .presence import may_hold_speech
from .recognised import is_silence, recognition, spread

LANGUAGE_CODES = {
    "arabic": "ar",
    "belarusian": "be",
    "bulgarian": "bg",
    "chinese": "zh",
    "czech": "cs",
    "dutch": "nl",
    "english": "en",
    "finnish": "fi",
    "french": "fr",
    "georgian": "ka",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "italian": "it",
    "japanese": "ja",
    "kazakh": "kk",
    "korean": "ko",
    "polish": "pl",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "serbian": "sr",
    "spanish": "es",
    "turkish": "tr",
    "ukrainian": "uk",
    "vietnamese": "vi",
}
"""The API names languages in English; the other engines and we use ISO 639-1."""


class OpenAIRecognizer:
    """Sends each window to ``url`` (which ends in ``/v1``); takes word times where they are given.

    Raises EngineError: ``recognizer_unreachable`` and ``recognizer_busy`` can be tried again,
    ``recognizer_refused`` and ``recognizer_answer`` cannot.
    """

    name = "openai"

    def __init__(
        self,
        url: str,
        *,
        model: str,
        api_key: str = "",
        timeout: float = 120.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.model = model
        self._plain = False
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=httpx.Timeout(timeout, connect=10.0),
            transport=transport,
        )

    def languages(self, clips: Sequence[Audio]) -> list[Mapping[str, float]]:
        """Nothing: the API tells a language only by recognising, window by window."""
        return [{} for _ in clips]

    def recognize(
        self, audio: Audio, *, language: str | None = None, prompt: str = ""
    ) -> Recognition:
        """The words of one window; the language the server heard where none was given."""
        if not may_hold_speech(audio):
            return Recognition(language or "", ())
        duration = len(audio) / SAMPLE_RATE
        answer = self._ask(_wav(audio), language, prompt)
        try:
            words = list(_words(answer, duration))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _unreadable(error) from error
        return recognition(language or _code(answer.get("language")), words, duration)

    def _ask(self, wav: bytes, language: str | None, prompt: str) -> dict[str, Any]:
        response = self._post(wav, language, prompt)
        if not self._plain and _wants_plain(response):
            self._plain = True
            response = self._post(wav, language, prompt)
        _require_success(response)
        try:
            answer = response.json()
        except ValueError as error:
            raise _unreadable(error) from error
        if not isinstance(answer, dict):
            raise _unreadable(TypeError(type(answer).__name__))
        return answer

    def _post(self, wav: bytes, language: str | None, prompt: str) -> httpx.Response:
        form: dict[str, Any] = {"model": self.model, "temperature": "0"}
        if self._plain:
            form["response_format"] = "json"
        else:
            form["response_format"] = "verbose_json"
            form["timestamp_granularities[]"] = ["word", "segment"]
        form |= {"language": language} if language else {}
        form |= {"prompt": prompt} if prompt else {}
        file = {"file": ("window.wav", wav, "audio/wav")}
        try:
            return self._client.post("audio/transcriptions", data=form, files=file)
        except httpx.TransportError as error:
            raise EngineError(
                "recognizer_unreachable",
                f"The speech recognition server does not answer: {error or type(error).__name__}",
                retryable=True,
            ) from error


def _wants_plain(response: httpx.Response) -> bool:
    """Whether the model knows no verbose_json, as OpenAI's newest do not."""
    complaint = response.text if response.status_code in (400, 422) else ""
    return "response_format" in complaint or "timestamp" in complaint


def _require_success(response: httpx.Response) -> None:
    status = response.status_code
    if response.is_success:
        return
    said = f"The speech recognition server answered {status}: {response.text[:200]}"
    if status in (408, 409, 425, 429) or status >= 500:
        raise EngineError("recognizer_busy", said, retryable=True)
    raise EngineError("recognizer_refused", said)


def _unreadable(error: Exception) -> EngineError:
    return EngineError(
        "recognizer_answer", f"The speech recognition server's answer cannot be read: {error}"
    )


def _words(answer: Mapping[str, Any], duration: float) -> Iterator[Word]:
    """Timed words if there are any; else each segment's text, or all text, spread over its time."""
    segments = [s for s in answer.get("segments") or () if not _is_silence(s)]
    timed = answer.get("words") or [w for s in segments for w in s.get("words") or ()]
    if timed:
        for word in timed:
            start, end = float(word["start"]), float(word["end"])
            probability = word.get("probability")
            sure = _confidence_at(start, segments) if probability is None else float(probability)
            yield Word(start, end, word["word"], sure)
    elif answer.get("segments"):
        for segment in segments:
            start, end = float(segment["start"]), float(segment["end"])
            yield from spread(segment["text"], start, end, _confidence(segment))
    else:
        yield from spread(answer["text"], 0.0, duration, 1.0)


def _is_silence(segment: Mapping[str, Any]) -> bool:
    return is_silence(
        float(segment.get("avg_logprob") or 0.0), float(segment.get("no_speech_prob") or 0.0)
    )


def _confidence(segment: Mapping[str, Any]) -> float:
    """Mean probability of a token; 1 where the server does not say."""
    return math.exp(min(0.0, float(segment.get("avg_logprob") or 0.0)))


def _confidence_at(time: float, segments: Sequence[Mapping[str, Any]]) -> float:
    for segment in segments:
        if float(segment["start"]) <= time < float(segment["end"]):
            return _confidence(segment)
    return 1.0


def _code(name: str | None) -> str:
    """ISO 639-1 of a language's English name; codes and unknown names as they are."""
    name = (name or "").strip().lower()
    return LANGUAGE_CODES.get(name, name)


def _wav(audio: Audio) -> bytes:
    """16-bit PCM in a WAV container."""
    samples = (np.clip(audio, -1.0, 1.0) * 32767).astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        out.writeframes(samples.tobytes())
    return buffer.getvalue()
