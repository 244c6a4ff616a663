"""What every recognizer keeps to, on real sound: the local ones and one behind a server."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.transcription.engines.conftest import stretch
from tests.transcription.engines.transcription_server import serve
from transcription.engines.base import SAMPLE_RATE, Audio, Recognizer
from transcription.engines.faster_whisper import FasterWhisperRecognizer
from transcription.engines.openai_api import OpenAIRecognizer
from transcription.engines.whisper import WhisperRecognizer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["whisper", "faster-whisper", "openai"])
def recognizer(request: pytest.FixtureRequest, models: Path) -> Iterator[Recognizer]:
    if request.param == "whisper":
        yield WhisperRecognizer(models / "whisper/base.pt", model="base", device="cpu")
        return
    local = FasterWhisperRecognizer(models / "faster-whisper/base", model="base", device="cpu")
    if request.param == "faster-whisper":
        yield local
    else:
        with serve(local) as url:
            yield OpenAIRecognizer(url, model="base")


def bare(recognition) -> list[str]:
    return [word.text.strip(".,!?").lower() for word in recognition.words]


def noise(level: float) -> Audio:
    samples = np.random.default_rng(7).standard_normal(28 * SAMPLE_RATE)
    return (level * samples).astype(np.float32)


def test_a_russian_sentence_is_heard_and_timed(recognizer: Recognizer):
    audio = stretch("meeting_ru.ogg", 24.6, 33.5)
    heard = recognizer.recognize(audio, language="ru")
    assert heard.language == "ru"
    assert {"протокол", "вносим", "три", "пункта", "бюджет", "курьеры"} <= set(bare(heard))
    times = [time for word in heard.words for time in (word.start, word.end)]
    assert min(times) >= 0 and max(times) <= len(audio) / SAMPLE_RATE
    assert [word.start for word in heard.words] == sorted(word.start for word in heard.words)
    assert all(0 <= word.confidence <= 1 for word in heard.words)
    assert all(word.text and not any(map(str.isspace, word.text)) for word in heard.words)


def test_words_stand_where_they_are_said(recognizer: Recognizer):
    silence = np.zeros(3 * SAMPLE_RATE, np.float32)
    audio = np.concatenate([silence, stretch("meeting_en.mp4", 0.7, 6.0), silence])
    heard = recognizer.recognize(audio, language="en")
    assert heard.words[0].text.lower().startswith("good")
    assert abs(heard.words[0].start - 3.1) < 0.6
    assert heard.words[-1].end < 9.0


def test_the_language_is_found_where_none_is_given(recognizer: Recognizer):
    assert recognizer.recognize(stretch("meeting_ru.ogg", 24.6, 33.5)).language == "ru"
    assert recognizer.recognize(stretch("meeting_en.mp4", 0.7, 8.0)).language == "en"


def test_languages_are_told_apart_or_left_open(recognizer: Recognizer):
    clips = [stretch("meeting_ru.ogg", 24.6, 29.0), stretch("meeting_en.mp4", 0.7, 5.0)]
    russian, english = recognizer.languages(clips)
    if recognizer.name == "openai":
        assert (russian, english) == ({}, {})
    else:
        assert max(russian, key=lambda code: russian[code]) == "ru"
        assert max(english, key=lambda code: english[code]) == "en"
        assert russian["ru"] > 10 * russian["en"] and english["en"] > 10 * english["ru"]


@pytest.mark.parametrize(
    "audio",
    [np.zeros(28 * SAMPLE_RATE, np.float32), noise(0.1), noise(0.001), noise(0.5)[:SAMPLE_RATE]],
    ids=["digital silence", "white noise", "faint noise", "a second of noise"],
)
def test_nothing_is_heard_in_silence_or_noise(recognizer: Recognizer, audio: Audio):
    assert recognizer.recognize(audio, language="ru").words == ()
    assert recognizer.recognize(audio).words == ()


def test_an_empty_window_has_no_words(recognizer: Recognizer):
    assert recognizer.recognize(np.zeros(0, np.float32), language="ru").words == ()


def test_the_same_window_gives_the_same_words(recognizer: Recognizer):
    audio = stretch("meeting_ru.ogg", 24.6, 29.0)
    first = recognizer.recognize(audio, language="ru")
    assert recognizer.recognize(audio, language="ru") == first


def test_numbers_are_written_as_they_are_said(recognizer: Recognizer):
    heard = recognizer.recognize(stretch("meeting_ru.ogg", 76.3, 80.9), language="ru")
    assert {"сто", "сорок"} <= set(bare(heard))
    assert not any(map(str.isdigit, " ".join(bare(heard))))
