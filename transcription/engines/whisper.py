"""openai-whisper, one window at a time. Imports torch: reached by dotted path only."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import whisper
from torch.nn import functional
from whisper.audio import log_mel_spectrogram, pad_or_trim
from whisper.tokenizer import get_tokenizer

from .base import SAMPLE_RATE, Audio, EngineError, Recognition, Word
from .numerals import tokens_with_digits
from .presence import may_hold_speech
from .recognised import is_doubtful, recognition

TEMPERATURES = (0.0, 0.4, 0.8)
"""Tried in turn while a text is doubtful; whisper's own six cost twice as much."""
SEED = 20
NON_SPEECH = -1
"""Whisper's name for all its tokens of noises and brackets."""


def choose_device(wanted: str) -> str:
    """``cpu`` or ``cuda``; ``auto`` takes the GPU where there is one. Call it after the fork."""
    if wanted != "auto":
        return wanted
    return "cuda" if torch.cuda.is_available() else "cpu"


class WhisperRecognizer:
    """A checkpoint of OpenAI's, loaded at first use; float16 on a GPU, float32 elsewhere.

    Numbers are written in words, as they are said, but for those in the prompt; ``digits=True``
    leaves the choice to the model.
    """

    name = "whisper"

    def __init__(
        self, checkpoint: Path, *, model: str, device: str = "auto", digits: bool = False
    ) -> None:
        self.model = model
        self._digits = digits
        self._checkpoint = checkpoint
        self._device = device
        self._loaded: Any = None
        self._digit_tokens: frozenset[int] | None = None

    def languages(self, clips: Sequence[Audio]) -> list[Mapping[str, float]]:
        """Probability of each language, heard in the first 30 s of every clip."""
        model = self._network()
        if not model.is_multilingual:
            return [{"en": 1.0} for _ in clips]
        return [self._language(model, clip) for clip in clips]

    def recognize(
        self, audio: Audio, *, language: str | None = None, prompt: str = ""
    ) -> Recognition:
        """The words of one window; the same window always gives the same words."""
        if not may_hold_speech(audio):
            return Recognition(language or "", ())
        if language is None:
            [heard] = self.languages([audio])
            language = max(heard, key=lambda code: heard[code])
        try:
            result = self._transcribe(audio, language, prompt)
        except torch.cuda.OutOfMemoryError as error:
            raise EngineError(
                "out_of_memory", "The GPU's memory did not suffice.", retryable=True
            ) from error
        return recognition(language, _words(result["segments"]), len(audio) / SAMPLE_RATE)

    def _transcribe(self, audio: Audio, language: str, prompt: str) -> dict[str, Any]:
        """Greedily and without digits first; a doubtful text is decoded anew with all freedom."""
        barred = self._barred(prompt)
        result = self._attempt(audio, language, prompt, barred, (0.0,))
        if any(map(_is_doubtful, result["segments"])):
            return self._attempt(audio, language, prompt, [], TEMPERATURES)
        return result

    def _attempt(
        self,
        audio: Audio,
        language: str,
        prompt: str,
        barred: Sequence[int],
        temperatures: tuple[float, ...],
    ) -> dict[str, Any]:
        model = self._network()
        torch.manual_seed(SEED)
        threads = torch.get_num_threads()
        try:
            result: dict[str, Any] = whisper.transcribe(
                model,
                audio,
                language=language,
                initial_prompt=prompt or None,
                word_timestamps=True,
                condition_on_previous_text=False,
                temperature=temperatures,
                suppress_tokens=[NON_SPEECH, *barred],
                fp16=model.device.type == "cuda",
            )
        except BaseException:
            self._loaded = None  # whisper's hooks stay in a model that is left halfway
            raise
        finally:
            # numba, in which words are timed, sets OpenMP's threads to the number of cores.
            torch.set_num_threads(threads)
        return result

    def _barred(self, prompt: str) -> list[int]:
        """Tokens that are not to be written."""
        if self._digits:
            return []
        model = self._network()
        tokenizer = get_tokenizer(model.is_multilingual, num_languages=model.num_languages)
        if self._digit_tokens is None:
            self._digit_tokens = tokens_with_digits(tokenizer.decode, tokenizer.eot)
        return sorted(self._digit_tokens.difference(tokenizer.encode(" " + prompt.strip())))

    @torch.inference_mode()
    def _language(self, model: Any, audio: Audio) -> Mapping[str, float]:
        """Probabilities of the first token, from an encoder pass as short as the clip.

        Padding to 30 s, as whisper does, costs ten times as much for a short turn and tells the
        meeting's languages apart no better.
        """
        frames = min(max(len(audio), SAMPLE_RATE), 30 * SAMPLE_RATE) // 320 * 320
        mel = log_mel_spectrogram(pad_or_trim(audio, frames), model.dims.n_mels)
        encoder = model.encoder
        x = functional.gelu(encoder.conv1(mel[None].to(model.device)))
        x = functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
        x = x + encoder.positional_embedding[: x.shape[1]]
        for block in encoder.blocks:
            x = block(x)
        tokenizer = get_tokenizer(True, num_languages=model.num_languages)
        start = torch.tensor([[tokenizer.sot]], device=model.device)
        logits = model.decoder(start, encoder.ln_post(x))[0, 0, list(tokenizer.all_language_tokens)]
        return dict(zip(tokenizer.all_language_codes, logits.softmax(0).tolist(), strict=True))

    def _network(self) -> Any:
        if self._loaded is None:
            device = choose_device(self._device)
            self._loaded = whisper.load_model(str(self._checkpoint), device=device)
            heads = whisper._ALIGNMENT_HEADS.get(self.model)
            if heads:
                self._loaded.set_alignment_heads(heads)
        return self._loaded


def _is_doubtful(segment: Mapping[str, Any]) -> bool:
    return is_doubtful(
        segment["compression_ratio"], segment["avg_logprob"], segment["no_speech_prob"]
    )


def _words(segments: Sequence[Mapping[str, Any]]) -> Iterator[Word]:
    for segment in segments:
        for word in segment["words"]:
            yield Word(
                float(word["start"]), float(word["end"]), word["word"], float(word["probability"])
            )
