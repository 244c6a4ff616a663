"""faster-whisper (CTranslate2): the same model, int8 on processors and float16 on GPUs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment

from .base import SAMPLE_RATE, Audio, Recognition, Word
from .numerals import tokens_with_digits
from .presence import may_hold_speech
from .recognised import is_doubtful, recognition

TEMPERATURES = [0.0, 0.4, 0.8]
BEAM = 1
NON_SPEECH = -1
"""faster-whisper's name for all tokens of noises and brackets."""
LISTENED = 30 * SAMPLE_RATE
"""Samples of a clip in which its language is heard."""


class FasterWhisperRecognizer:
    """A folder in CTranslate2's format, loaded at first use; ``digits`` as in the other Whisper."""

    name = "faster-whisper"

    def __init__(
        self, folder: Path, *, model: str, device: str = "auto", digits: bool = False
    ) -> None:
        self.model = model
        self._digits = digits
        self._folder = folder
        self._device = device
        self._loaded: WhisperModel | None = None
        self._digit_tokens: frozenset[int] | None = None

    def languages(self, clips: Sequence[Audio]) -> list[Mapping[str, float]]:
        """Probability of each language, heard in the first 30 s of every clip."""
        model = self._network()
        if not model.model.is_multilingual:
            return [{"en": 1.0} for _ in clips]
        return [self._language(model, clip) for clip in clips]

    def recognize(
        self, audio: Audio, *, language: str | None = None, prompt: str = ""
    ) -> Recognition:
        """The words of one window."""
        if not may_hold_speech(audio):
            return Recognition(language or "", ())
        language = language or self._heard(audio)
        segments = self._attempt(audio, language, prompt, self._barred(prompt), [0.0])
        if any(is_doubtful(s.compression_ratio, s.avg_logprob, s.no_speech_prob) for s in segments):
            segments = self._attempt(audio, language, prompt, [], TEMPERATURES)
        words = [
            Word(word.start, word.end, word.word, word.probability)
            for segment in segments
            for word in segment.words or ()
        ]
        return recognition(language, words, len(audio) / SAMPLE_RATE)

    def _heard(self, audio: Audio) -> str:
        [probabilities] = self.languages([audio])
        return max(probabilities, key=lambda code: probabilities[code])

    def _attempt(
        self,
        audio: Audio,
        language: str,
        prompt: str,
        barred: Sequence[int],
        temperatures: list[float],
    ) -> list[Segment]:
        segments, _ = self._network().transcribe(
            audio,
            language=language,
            initial_prompt=prompt or None,
            beam_size=BEAM,
            word_timestamps=True,
            condition_on_previous_text=False,
            temperature=temperatures,
            suppress_tokens=[NON_SPEECH, *barred],
        )
        return list(segments)

    def _barred(self, prompt: str) -> list[int]:
        """Tokens that are not to be written."""
        if self._digits:
            return []
        tokenizer = self._network().hf_tokenizer
        if self._digit_tokens is None:
            text_tokens = tokenizer.token_to_id("<|endoftext|>")
            self._digit_tokens = tokens_with_digits(tokenizer.decode, text_tokens)
        wanted = tokenizer.encode(" " + prompt.strip(), add_special_tokens=False).ids
        return sorted(self._digit_tokens.difference(wanted))

    def _language(self, model: WhisperModel, clip: Audio) -> Mapping[str, float]:
        """From an encoder pass as short as the clip, as in ``WhisperRecognizer``."""
        clip = np.pad(clip[:LISTENED], (0, max(0, SAMPLE_RATE - len(clip))))
        features = model.feature_extractor(clip)[..., : model.feature_extractor.nb_max_frames]
        [ranked] = model.model.detect_language(model.encode(features))
        return {token.strip("<|>"): probability for token, probability in ranked}

    def _network(self) -> WhisperModel:
        if self._loaded is None:
            cuda = self._device == "cuda" or (
                self._device == "auto" and ctranslate2.get_cuda_device_count() > 0
            )
            self._loaded = WhisperModel(
                str(self._folder),
                device="cuda" if cuda else "cpu",
                compute_type="float16" if cuda else "int8",
                local_files_only=True,
            )
        return self._loaded
