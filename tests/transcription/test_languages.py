"""Languages of turns: each speaker's habit and each turn's own evidence."""

from collections.abc import Mapping, Sequence

import numpy as np

from transcription.engines.base import SAMPLE_RATE, Audio, Recognition, Turn
from transcription.languages import languages_of_turns

RUSSIAN = {"ru": 0.97, "en": 0.01, "uk": 0.02}
ENGLISH = {"ru": 0.01, "en": 0.97, "uk": 0.02}
MUMBLED = {"ru": 0.2, "en": 0.3, "cy": 0.5}


class Listener:
    """Hears what the first sample of a clip says: its index in ``answers``."""

    name = model = "listener"

    def __init__(self, answers: Sequence[Mapping[str, float]]) -> None:
        self.answers = answers
        self.clips: list[Audio] = []

    def languages(self, clips: Sequence[Audio]) -> list[Mapping[str, float]]:
        self.clips += clips
        return [self.answers[round(float(clip[0]))] for clip in clips]

    def recognize(
        self, audio: Audio, *, language: str | None = None, prompt: str = ""
    ) -> Recognition:
        raise AssertionError("languages are told without recognising")


def hear(turns, answers, **options):
    audio = np.zeros(int(max(turn.end for turn in turns) * SAMPLE_RATE) + 1, np.float32)
    for index, turn in enumerate(turns):
        audio[int(turn.start * SAMPLE_RATE) : int(turn.end * SAMPLE_RATE)] = index
    listener = Listener(answers)
    return languages_of_turns(turns, audio, listener, **options), listener


def row(speakers, length=5.0):
    return [Turn(6.0 * i, 6.0 * i + length, who) for i, who in enumerate(speakers)]


def test_a_given_language_is_taken_without_listening():
    languages, listener = hear(row("ab"), [RUSSIAN, ENGLISH], language="de")
    assert languages == ["de", "de"]
    assert listener.clips == []


def test_a_meeting_switches_language_by_speaker():
    languages, _ = hear(row("abab"), [RUSSIAN, ENGLISH, RUSSIAN, ENGLISH])
    assert languages == ["ru", "en", "ru", "en"]


def test_one_speaker_may_switch_by_turn():
    languages, _ = hear(row("aaaa"), [RUSSIAN, ENGLISH, RUSSIAN, RUSSIAN])
    assert languages == ["ru", "en", "ru", "ru"]


def test_a_mumbled_turn_follows_its_speaker():
    languages, _ = hear(row("abaabb"), [RUSSIAN, ENGLISH, MUMBLED, RUSSIAN, MUMBLED, ENGLISH])
    assert languages == ["ru", "en", "ru", "ru", "en", "en"]


def test_a_language_nobody_clearly_speaks_is_not_of_the_meeting():
    welsh = {"cy": 0.7, "en": 0.3}
    languages, _ = hear(row("aab"), [ENGLISH, ENGLISH, welsh])
    assert languages == ["en", "en", "en"]


def test_too_short_a_turn_is_not_listened_to():
    turns = [Turn(0, 5, "a"), Turn(6, 6.4, "a"), Turn(7, 12, "b")]
    languages, listener = hear(turns, [RUSSIAN, ENGLISH, ENGLISH])
    assert languages == ["ru", "ru", "en"]
    assert len(listener.clips) == 2


def test_a_recognizer_that_cannot_tell_leaves_languages_open():
    assert hear(row("ab"), [{}, {}])[0] == [None, None]


def test_no_turns_no_languages():
    assert languages_of_turns([], np.zeros(10, np.float32), Listener([])) == []
